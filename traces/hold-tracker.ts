import { seqOf } from './message-book.ts';
import { isPromise } from './promise.ts';
import type { Header, MessageId, Server, ServerTraceEvent, Variable } from './trace-format.ts';

const PERSISTENT: readonly Variable[] = ['currentTerm', 'votedFor', 'log'];

/** What is known of one server's queue of writes. */
interface Queue {
  /** Pending writes; undefined where an event hid whether it wrote. */
  pending: number | undefined;
  currentTerm: number | undefined;
  votedFor: Server | null | undefined;
  logLength: number | undefined;
  /** The messages that may wait for these writes, by their seq. */
  readonly held: Set<number>;
}

/**
 * Which messages wait for their sender's disk: promises that were sent while writes were pending. The merge uses it to
 * place a receive after the release; whether the recorded releases are right is for the engines to say.
 */
export class HoldTracker {
  readonly #queues: ReadonlyMap<Server, Queue>;
  readonly #atomic: boolean;

  constructor(header: Header) {
    this.#atomic = header.features.includes('atomicPersistence');
    const observesWrites = PERSISTENT.every((variable) => header.observed.includes(variable));
    this.#queues = new Map(
      header.servers.map((server) => {
        const initial = header.initial?.[server];
        const fresh = header.initial === undefined || initial === undefined;
        const queue: Queue = {
          pending: observesWrites ? 0 : undefined,
          currentTerm: fresh ? 0 : initial.currentTerm,
          votedFor: fresh ? null : initial.votedFor,
          logLength: fresh ? 0 : initial.log.length,
          held: new Set(),
        };
        return [server, queue];
      }),
    );
  }

  /** Whether a message waits, or may wait, for a Persist of its sender. */
  isHeld(from: Server, id: MessageId): boolean {
    return this.#queues.get(from)?.held.has(seqOf(id, from)) === true;
  }

  /** Takes the next event of a server. */
  record(event: ServerTraceEvent): void {
    if (this.#atomic) return;
    const queue = this.#queues.get(event.server);
    if (queue === undefined) return;
    const wrote = applyWrite(queue, event);
    if (event.action === 'Persist') {
      if (queue.pending !== undefined) queue.pending = Math.max(0, queue.pending - event.args.writes);
      for (const id of event.releases ?? []) queue.held.delete(seqOf(id, event.server));
    } else if (event.action === 'Restart') {
      // What was held is lost: nobody need wait for it.
      if (queue.pending !== undefined) queue.pending = 0;
      queue.held.clear();
    } else if (wrote === undefined) {
      queue.pending = undefined;
    } else if (wrote && queue.pending !== undefined) {
      queue.pending += 1;
    }
    if (!('sends' in event) || queue.pending === 0) return;
    if (isPromise(event.sends[0])) queue.held.add(seqOf(event.sends[0].id, event.server));
  }

  /** The message was received: it is not looked at again. */
  forget(from: Server, id: MessageId): void {
    this.#queues.get(from)?.held.delete(seqOf(id, from));
  }
}

/** Whether the event changed the term, the vote or the log; undefined if it hides that. */
function applyWrite(queue: Queue, { state, log, unobserved }: ServerTraceEvent): boolean | undefined {
  let wrote = false;
  if (state?.currentTerm !== undefined && state.currentTerm !== queue.currentTerm) {
    wrote = true;
    queue.currentTerm = state.currentTerm;
  }
  if (state?.votedFor !== undefined && state.votedFor !== queue.votedFor) {
    wrote = true;
    queue.votedFor = state.votedFor;
  }
  if (log !== undefined && !(log.keep === queue.logLength && log.append.length === 0)) {
    wrote = true;
    queue.logLength = log.keep + log.append.length;
  }
  return !wrote && unobserved?.some((variable) => PERSISTENT.includes(variable)) === true ? undefined : wrote;
}
