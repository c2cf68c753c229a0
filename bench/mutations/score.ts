import type { Action, Header, TraceEvent } from '../../traces/trace-format.ts';
import { reasonToAccept } from './allowed.ts';
import type { Judged } from './ask-tlc.ts';
import { type Judgement, judge } from './judge.ts';
import { fieldMutations, nameOf } from './mutate-field.ts';
import { orderMutations } from './mutate-order.ts';

/** A mutated trace that was accepted. */
export interface Survivor {
  readonly action: Action;
  /** The field, or the change of order. */
  readonly kind: string;
  readonly change: string;
  readonly seed: number;
  /** Of the first event that differs, from 0. */
  readonly position: number;
  /** Why the spec may allow it; undefined: a miss. */
  readonly reason: string | undefined;
}

/** What became of the mutations of one action's events. */
export interface Tally {
  mutations: number;
  malformed: number;
  rejected: number;
  /** Of those rejected: at the very event that was changed. */
  atTheEvent: number;
  accepted: number;
}

export interface Score {
  readonly byAction: Map<Action, Tally>;
  readonly byCode: Map<string, number>;
  readonly survivors: Survivor[];
  /** All that replay has spoken on. */
  readonly judged: Judged[];
}

export interface Run {
  readonly seed: number;
  readonly header: Header;
  readonly events: readonly TraceEvent[];
}

export function emptyScore(): Score {
  return { byAction: new Map(), byCode: new Map(), survivors: [], judged: [] };
}

/**
 * Mutates a run at every `stride`-th event, each field and each order in turn, and adds up what reader and replay say.
 *
 * @param isWanted whether to try one of the many mutations of a kind again: it is told how often it was tried
 */
export async function scoreRun(
  { seed, header, events }: Run,
  score: Score,
  isWanted: (kind: string) => boolean,
): Promise<void> {
  for (const [position, event] of events.entries()) {
    const add = async (kind: string, change: string, mutated: readonly unknown[], at: number) => {
      if (!isWanted(`${event.action} ${kind} ${change}`)) return;
      const judgement = await judge(header, mutated);
      tally(score, event.action, judgement, at);
      if (judgement.outcome === 'malformed') return;
      const text = `${event.action} ${kind} ${change} (seed ${seed}, event ${at})`;
      const rejectedAt = judgement.outcome === 'rejected' ? judgement.position : undefined;
      score.judged.push({ header, recorded: judgement.recorded, rejectedAt, text });
      if (judgement.outcome === 'rejected') return;
      const reason = reasonToAccept(`${kind} ${change}`, event.action);
      score.survivors.push({ action: event.action, kind, change, seed, position: at, reason });
    };
    for (const { path, change, event: changed } of fieldMutations(event, header.servers)) {
      await add(nameOf(path), change, events.toSpliced(position, 1, ...asEvents(changed)), position);
    }
    for (const { change, events: mutated, at } of orderMutations(events, position))
      await add(change, change, mutated, at);
  }
}

/** What a mutated event is, only the reader can tell; the others are as they were. */
function asEvents(changed: unknown): readonly TraceEvent[] {
  const event: TraceEvent = JSON.parse(JSON.stringify(changed));
  return [event];
}

function tally({ byAction, byCode }: Score, action: Action, judgement: Judgement, at: number): void {
  const row = byAction.get(action) ?? { mutations: 0, malformed: 0, rejected: 0, atTheEvent: 0, accepted: 0 };
  byAction.set(action, row);
  row.mutations += 1;
  row[judgement.outcome] += 1;
  if (judgement.outcome === 'accepted') return;
  byCode.set(judgement.code, (byCode.get(judgement.code) ?? 0) + 1);
  if (judgement.outcome === 'rejected' && judgement.position === at) row.atTheEvent += 1;
}
