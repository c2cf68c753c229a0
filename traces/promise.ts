import type { Message } from './trace-format.ts';

/**
 * Whether a message promises what its sender must first make durable: the `promised` of Update in Persistence.tla. A
 * RequestVote promises the candidate's own vote; refusals and AppendEntries promise nothing.
 */
export function isPromise(message: Message): boolean {
  switch (message.type) {
    case 'RequestVoteRequest':
      return true;
    case 'RequestVoteResponse':
      return message.voteGranted;
    case 'AppendEntriesRequest':
      return false;
    case 'AppendEntriesResponse':
      return message.success;
  }
}
