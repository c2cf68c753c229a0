import { isPromise } from '../../traces/promise.ts';
import type { RecordedEvent } from '../../traces/recording.ts';
import type { Message, MessageId, NetworkTraceEvent } from '../../traces/trace-format.ts';
import type { Cluster } from './cluster.ts';
import type { ServerState } from './state.ts';
import type { Violation } from './violation.ts';

const ZERO = '0'.charCodeAt(0);

/** The seq in an id `server:seq.k`. */
function seqOf(id: MessageId, from: ServerState): number {
  let seq = 0;
  for (let at = from.name.length + 1; at < id.length; at += 1) {
    const digit = id.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) break;
    seq = seq * 10 + digit;
  }
  return seq;
}

/**
 * Whether a promise still waits at its sender, or was lost there in a crash. A promise rides on the newest write, so
 * those that wait are those since the event that handed over the oldest pending write.
 */
function neverLeft(sender: ServerState, message: Message): boolean {
  if (sender.lost.size > 0 && sender.lost.has(message.id)) return true;
  const oldest = sender.pending[0];
  return oldest !== undefined && isPromise(message) && seqOf(message.id, sender) >= oldest.seq;
}

/**
 * `IsMessage` in Election.tla. That a message of this id and these contents was created, the reader has seen to; here
 * it must be this server's, and have left its sender.
 */
export function isMessage(
  cluster: Cluster,
  server: ServerState,
  message: Message,
  origin: RecordedEvent['origin'],
): Violation | undefined {
  if (message.to !== server.name || message.from === server.name) {
    return {
      code: 'RC2003',
      conjunct: 'isMessageTo',
      message: `${server.name} receives a message from ${message.from} to ${message.to}`,
      variable: 'message.to',
      expected: server.name,
      recorded: message.to,
    };
  }
  if (origin === 'environment' || !neverLeft(cluster.server(message.from), message)) return undefined;
  return {
    code: 'RC2004',
    conjunct: 'isMessageInFlight',
    message: `${message.id} promises what ${message.from} had not made durable, and no Persist has released it`,
    variable: 'message.id',
    recorded: message.id,
    allowed: `to receive it after a Persist of ${message.from} that releases it`,
  };
}

/** `DropMessage` in Network.tla. */
export function dropMessage(cluster: Cluster, event: NetworkTraceEvent): Violation | undefined {
  return isInFlight(cluster, event, 'DropMessage.guard.inFlight');
}

/** `DuplicateMessage` in Network.tla. */
export function duplicateMessage(cluster: Cluster, event: NetworkTraceEvent): Violation | undefined {
  return isInFlight(cluster, event, 'DuplicateMessage.guard.inFlight');
}

/** Contents are not at hand for events of the network, so the promises that wait are looked through. */
function isInFlight(
  cluster: Cluster,
  { args: { id } }: NetworkTraceEvent,
  conjunct: 'DropMessage.guard.inFlight' | 'DuplicateMessage.guard.inFlight',
): Violation | undefined {
  const { lost, pending } = cluster.server(id.slice(0, id.lastIndexOf(':')));
  const place = { conjunct, variable: 'args.id', recorded: id };
  if (lost.has(id)) {
    return { ...place, code: 'RC2004', message: `${id} was lost in a crash of its sender, so it never left` };
  }
  const waits = pending.some(({ promised }) => promised?.some((message) => message.id === id) ?? false);
  if (!waits) return undefined;
  return { ...place, code: 'RC2029', message: `${id} still waits at its sender, so it is not in flight` };
}
