import type { Entry, Message } from './trace-format.ts';

/** Whether two messages have the same contents, their ids aside. Exact. */
export function sameContents(a: Message, b: Message): boolean {
  if (a.from !== b.from || a.to !== b.to || a.term !== b.term) return false;
  switch (a.type) {
    case 'RequestVoteRequest':
      return b.type === a.type && a.lastLogIndex === b.lastLogIndex && a.lastLogTerm === b.lastLogTerm;
    case 'RequestVoteResponse':
      return b.type === a.type && a.voteGranted === b.voteGranted;
    case 'AppendEntriesRequest':
      return (
        b.type === a.type &&
        a.prevLogIndex === b.prevLogIndex &&
        a.prevLogTerm === b.prevLogTerm &&
        a.leaderCommit === b.leaderCommit &&
        sameEntries(a.entries, b.entries)
      );
    case 'AppendEntriesResponse':
      return b.type === a.type && a.success === b.success && a.matchIndex === b.matchIndex;
  }
}

function sameEntries(a: readonly Entry[], b: readonly Entry[]): boolean {
  return a.length === b.length && a.every((entry, k) => sameEntry(entry, b[k]));
}

function sameEntry(a: Entry, b: Entry | undefined): boolean {
  if (b === undefined || a.term !== b.term) return false;
  if ('command' in a) return 'command' in b && a.command === b.command;
  if ('hash' in a) return 'hash' in b && a.hash === b.hash;
  return 'noop' in b;
}

/** The fields in which two messages of one id differ, for people. */
export function differingFields(a: Message, b: Message): string {
  const fields = Object.keys({ ...a, ...b }).filter(
    (field) => jsonOfField(a, field) !== jsonOfField(b, field),
  );
  return fields
    .map((field) => `${field} was sent as ${jsonOfField(a, field)}, received as ${jsonOfField(b, field)}`)
    .join('; ');
}

function jsonOfField(message: Message, field: string): string {
  const value: unknown = Object.entries(message).find(([name]) => name === field)?.[1];
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}

/**
 * A 52-bit hash of a message's contents. Of received messages no more than this is kept; two different contents of
 * one id agree in it by accident once in 4 * 10^15 times. It is not proof against somebody who builds a trace to
 * collide: such a trace could only claim that the network repeated a message which it altered.
 */
export function hashContents(message: Message): number {
  const hash = new Hash();
  hash.addText(message.type);
  hash.addText(message.from);
  hash.addText(message.to);
  hash.addNumber(message.term);
  switch (message.type) {
    case 'RequestVoteRequest':
      hash.addNumber(message.lastLogIndex);
      hash.addNumber(message.lastLogTerm);
      break;
    case 'RequestVoteResponse':
      hash.addNumber(message.voteGranted ? 1 : 0);
      break;
    case 'AppendEntriesRequest':
      hash.addNumber(message.prevLogIndex);
      hash.addNumber(message.prevLogTerm);
      hash.addNumber(message.leaderCommit);
      for (const entry of message.entries) {
        hash.addNumber(entry.term);
        hash.addText('command' in entry ? `c${entry.command}` : 'hash' in entry ? `h${entry.hash}` : 'n');
      }
      break;
    case 'AppendEntriesResponse':
      hash.addNumber(message.success ? 1 : 0);
      hash.addNumber(message.matchIndex);
      break;
  }
  return hash.value();
}

/** Two lanes of 32-bit multiply-and-xor (FNV-1a with two primes). */
class Hash {
  #low = 0x811c9dc5;
  #high = 0x9747b28c;

  addNumber(number: number): void {
    this.#low = Math.imul(this.#low ^ number, 0x01000193);
    this.#high = Math.imul(this.#high ^ (number + (this.#low >>> 15)), 0x85ebca6b);
  }

  addText(text: string): void {
    this.addNumber(text.length);
    for (let i = 0; i < text.length; i++) this.addNumber(text.charCodeAt(i));
  }

  value(): number {
    return (this.#high & 0xfffff) * 0x100000000 + (this.#low >>> 0);
  }
}
