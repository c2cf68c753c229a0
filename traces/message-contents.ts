import type { Entry, Message } from './trace-format.ts';

/**
 * A 52-bit hash of a message's contents. Of received messages no more than this is kept; two different contents of
 * one id agree in it by accident once in 4 * 10^15 times. It is not proof against somebody who builds a trace to
 * collide: such a trace could only claim that the network repeated a message which it altered.
 */
export function hashContents(message: Message): number {
  const hash = new Hash();
  hash.addText(message.from);
  hash.addText(message.to);
  hash.addNumber(message.term);
  switch (message.type) {
    case 'RequestVoteRequest':
      hash.addNumber(1);
      hash.addNumber(message.lastLogIndex);
      hash.addNumber(message.lastLogTerm);
      break;
    case 'RequestVoteResponse':
      hash.addNumber(message.voteGranted ? 3 : 2);
      break;
    case 'AppendEntriesRequest':
      hash.addNumber(4);
      hash.addNumber(message.prevLogIndex);
      hash.addNumber(message.prevLogTerm);
      hash.addNumber(message.leaderCommit);
      for (const entry of message.entries) {
        hash.addNumber(entry.term);
        addContent(hash, entry);
      }
      break;
    case 'AppendEntriesResponse':
      hash.addNumber(message.success ? 6 : 5);
      hash.addNumber(message.matchIndex);
      break;
  }
  return hash.value();
}

function addContent(hash: Hash, entry: Entry): void {
  if ('command' in entry) {
    hash.addNumber(1);
    hash.addText(entry.command);
  } else if ('hash' in entry) {
    hash.addNumber(2);
    hash.addText(entry.hash);
  } else {
    hash.addNumber(3);
  }
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
