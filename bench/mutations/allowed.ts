import type { Action } from '../../traces/trace-format.ts';

/** Why a mutated trace may be a behaviour of the spec all the same, by `field change` and action. */
const ALLOWED: readonly {
  readonly matches: (kind: string, action: Action) => boolean;
  readonly reason: string;
}[] = [
  {
    matches: (_kind, action) => action === 'DropMessage' || action === 'DuplicateMessage',
    reason: 'loss and duplication need no event: the network may do more than was recorded',
  },
  {
    matches: (kind, action) => action === 'AppendEntries' && /^sends\.\*\.(leaderCommit|entries)/.test(kind),
    reason:
      'a leader may send any part of its log and tell less than its commitIndex; nobody received this request',
  },
  {
    matches: (kind) => kind.startsWith('state.nextIndex'),
    reason: 'nextIndex is a free choice above matchIndex, and no later event shows the old value again',
  },
  {
    matches: (kind, action) => action === 'Restart' && /^(args\.writes|state\.commitIndex)/.test(kind),
    reason:
      'another number of surviving writes leaves the same state; commitIndex may be any that the log covers',
  },
  {
    matches: (kind, action) =>
      action === 'AdvanceCommitIndex' && /^(state|args)\.commitIndex (lowered|made 0)/.test(kind),
    reason: 'a leader may commit less than it could; what it left is committed with a later entry',
  },
  {
    matches: (kind) => kind.startsWith('releases reversed'),
    reason: 'the order of releases says nothing',
  },
  {
    matches: (kind) => kind.startsWith('sends.*.to') || kind.startsWith('sends.*.prevLog'),
    reason:
      'the request to another peer, or from another previous entry, is one that the leader may send; nobody received it',
  },
  {
    matches: (kind, action) => action.startsWith('Handle') && kind.startsWith('message.id'),
    reason: 'another message with the same contents was received: a copy of this one or of that one',
  },
  {
    matches: (kind) => kind.startsWith('swapped'),
    reason: 'the two events do not depend on each other',
  },
  {
    matches: (kind) => kind.startsWith('dropped') || kind.startsWith('repeated'),
    reason: 'a retry, or the last of its kind: no later event depends on it',
  },
];

/** The reason why this may be accepted; undefined: there is none, so it is a miss. */
export function reasonToAccept(kind: string, action: Action): string | undefined {
  return ALLOWED.find(({ matches }) => matches(kind, action))?.reason;
}
