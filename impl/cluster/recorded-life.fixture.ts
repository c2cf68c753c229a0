import { readFileSync } from 'node:fs';
import { isPromise } from '../../traces/promise.ts';
import type {
  Entry,
  Message,
  RestartEvent,
  Server,
  ServerTraceEvent,
  Term,
} from '../../traces/trace-format.ts';
import { property } from './message-check.ts';

interface Write {
  readonly currentTerm: Term;
  readonly votedFor: Server | null;
  readonly log: readonly Entry[];
  readonly promised: Message[];
}

/** A restart, and how it stands to what the server had recorded before. */
export interface RecordedRestart {
  readonly event: RestartEvent;
  /** The action before it. */
  readonly after: string;
  /** How many writes were pending by the trace. */
  readonly pending: number;
}

/** What one server's trace says, by the rules of spec/raft/Persistence.tla alone. */
export interface RecordedLife {
  readonly restarts: readonly RecordedRestart[];
  /** The ids of the messages that left. */
  readonly left: ReadonlySet<string>;
  /** The ids of those that it received. */
  readonly received: readonly string[];
  /** What the trace contradicts itself in, in words. */
  readonly faults: readonly string[];
  readonly hasEnd: boolean;
}

/** Reads a trace and follows disk and pending writes through it, independently of the core. */
export function readLife(path: string): RecordedLife {
  const [, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const restarts: RecordedRestart[] = [];
  const left = new Set<string>();
  const received: string[] = [];
  const faults: string[] = [];
  let pending: Write[] = [];
  let disk: Write = { currentTerm: 0, votedFor: null, log: [], promised: [] };
  let newest = disk;
  let after = 'Init';
  let seq = 0;
  let hasEnd = false;
  for (const line of lines) {
    const value: unknown = JSON.parse(line);
    if (!isEvent(value)) {
      hasEnd = property(value, 'end') === true;
      if (property(value, 'events') !== seq) faults.push(`the end counts wrong`);
      continue;
    }
    const event = value;
    seq += 1;
    if (event.seq !== seq) faults.push(`seq ${event.seq} where ${seq} is due`);
    if (event.action === 'Restart') {
      restarts.push({ event, after, pending: pending.length });
      const survivor = event.args.writes === 0 ? disk : pending[event.args.writes - 1];
      const { currentTerm, votedFor } = event.state ?? {};
      const kept = { currentTerm, votedFor, log: event.log?.append };
      const expected = survivor && {
        currentTerm: survivor.currentTerm,
        votedFor: survivor.votedFor,
        log: survivor.log,
      };
      if (JSON.stringify(kept) !== JSON.stringify(expected)) {
        faults.push(
          `seq ${seq}: ${JSON.stringify(kept)} survived where it should be ${JSON.stringify(expected)}`,
        );
      }
      disk = survivor ?? disk;
      newest = disk;
      pending = [];
    } else if (event.action === 'Persist') {
      const done = pending.splice(0, event.args.writes);
      disk = done.at(-1) ?? disk;
      const released = done.flatMap(({ promised }) => promised.map(({ id }) => id));
      if (JSON.stringify(released) !== JSON.stringify(event.releases ?? []))
        faults.push(`seq ${seq}: releases`);
      for (const id of released) left.add(id);
    } else {
      if (
        event.state?.currentTerm !== undefined ||
        event.state?.votedFor !== undefined ||
        event.log !== undefined
      ) {
        const { currentTerm = newest.currentTerm, votedFor = newest.votedFor } = event.state ?? {};
        const log = event.log ? [...newest.log.slice(0, event.log.keep), ...event.log.append] : newest.log;
        newest = { currentTerm, votedFor, log, promised: [] };
        pending.push(newest);
      }
      if ('message' in event) received.push(event.message.id);
      for (const message of 'sends' in event ? event.sends : []) {
        const waitsFor = isPromise(message) ? pending.at(-1) : undefined;
        if (waitsFor === undefined) left.add(message.id);
        else waitsFor.promised.push(message);
      }
    }
    after = event.action;
  }
  return { restarts, left, received, faults, hasEnd };
}

function isEvent(value: unknown): value is ServerTraceEvent {
  return property(value, 'action') !== undefined;
}
