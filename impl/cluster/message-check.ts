import type { Entry, Message } from '../../traces/trace-format.ts';

/**
 * Whether what came from a socket is a message of Raft. Servers of a cluster trust each other, but not the bytes: a
 * server must not fall over what a stray program sends to its port.
 */
export function isMessage(value: unknown): value is Message {
  if (!hasStrings(value, 'id', 'from', 'to') || !hasNaturals(value, 'term')) return false;
  switch (property(value, 'type')) {
    case 'RequestVoteRequest':
      return hasNaturals(value, 'lastLogIndex', 'lastLogTerm');
    case 'RequestVoteResponse':
      return typeof property(value, 'voteGranted') === 'boolean';
    case 'AppendEntriesRequest': {
      const entries = property(value, 'entries');
      return (
        hasNaturals(value, 'prevLogIndex', 'prevLogTerm', 'leaderCommit') &&
        Array.isArray(entries) &&
        entries.every(isEntry)
      );
    }
    case 'AppendEntriesResponse':
      return typeof property(value, 'success') === 'boolean' && hasNaturals(value, 'matchIndex');
    default:
      return false;
  }
}

function isEntry(value: unknown): value is Entry {
  if (!hasNaturals(value, 'term')) return false;
  return property(value, 'noop') === true || hasStrings(value, 'command') || hasStrings(value, 'hash');
}

/** A property of a value that came from outside. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Whether all of these properties are strings. */
export function hasStrings(value: unknown, ...names: readonly string[]): boolean {
  return names.every((name) => typeof property(value, name) === 'string');
}

/** Whether all of these properties are natural numbers. */
export function hasNaturals(value: unknown, ...names: readonly string[]): boolean {
  return names.every((name) => {
    const number = property(value, name);
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0;
  });
}
