import type { Message } from './trace-format.ts';

/**
 * What no message of a run of Raft says, whoever sent it: terms begin with 1, and an entry has a term where there is an
 * entry. A recorded server is held to this where it sends; of one that recorded nothing there is only the message.
 *
 * @returns undefined where there is no such fault
 */
export function faultOfMessage(message: Message): string | undefined {
  if (message.term === 0) return 'its term is 0, and terms begin with 1';
  switch (message.type) {
    case 'RequestVoteRequest':
      return faultOfEntry('lastLog', message.lastLogIndex, message.lastLogTerm);
    case 'AppendEntriesRequest':
      return faultOfEntry('prevLog', message.prevLogIndex, message.prevLogTerm);
    default:
      return undefined;
  }
}

function faultOfEntry(name: 'lastLog' | 'prevLog', index: number, term: number): string | undefined {
  if ((index === 0) === (term === 0)) return undefined;
  return `its ${name}Term is ${term}, and its ${name}Index is ${index}`;
}
