import type { Rejection } from '../../checker/verdict.ts';
import type { Random } from '../../impl/random.ts';
import { orderMutations } from '../mutations/mutate-order.ts';
import type { Run } from '../mutations/score.ts';
import { rejectionOf } from './judge-diagnosis.ts';

/** What became of an event that was dropped, repeated, or swapped with the next one. */
export type OrderOutcome =
  /** No rejection: the order says nothing there, or the reader refuses it. */
  | 'not rejected'
  /** The event that is out of place is rejected, or the missing one is named. */
  | 'named'
  /** Something else is named, or the consequence of a missing event alone. */
  | 'other';

export interface OrderJudgement {
  readonly change: string;
  readonly outcome: OrderOutcome;
  readonly text: string;
}

/** Changes the order at a random place, the counting of events mended so that only the spec can object. */
export async function judgeOrder(run: Run, random: Random): Promise<OrderJudgement | undefined> {
  const at = random.below(run.events.length);
  const event = run.events[at];
  const mutations = orderMutations(run.events, at).filter(({ change }) => change.endsWith('mended'));
  const mutation = mutations[random.below(mutations.length)];
  if (event === undefined || mutation === undefined) return undefined;
  const rejection = await rejectionOf(run.header, mutation.events);
  const [change = ''] = mutation.change.split(',');
  const place = `(seed ${run.seed}, event ${at})`;
  if (rejection === 'malformed' || rejection === undefined)
    return { change, outcome: 'not rejected', text: `${event.action} ${place}` };
  const isNamed =
    change === 'dropped'
      ? rejection.missing?.action === event.action
      : isAt(rejection, change === 'repeated' ? [mutation.at] : [mutation.at, mutation.at + 1]);
  const what = rejection.missing?.step ?? rejection.conjunct?.text;
  return {
    change,
    outcome: isNamed ? 'named' : 'other',
    text: `${event.action}: rejected ${rejection.position - at} later, ${rejection.action}, ${what} ${place}`,
  };
}

function isAt({ position }: Rejection, places: readonly number[]): boolean {
  return places.includes(position);
}
