import type { Entry, Message } from '../../traces/trace-format.ts';
import { tlaBoolean, tlaRecord, tlaSequence, tlaString } from './tla-value.ts';

/** A named value of the generated module: `e12 == [term |-> 3, command |-> "c4"]`. */
export interface Definition {
  readonly name: string;
  readonly text: string;
}

/** What a trace says of an entry's content; compared as an opaque string. */
export type OpaqueContent = { readonly command: string } | { readonly hash: string };

/** Logs that share fewer entries than this are written out: a name would be longer. */
const MIN_SHARED_ENTRIES = 8;

/**
 * Gives names to the values that recur in a trace, so that each is written, parsed and evaluated once: entries, the
 * contents of messages, long logs.
 */
export class TraceNames {
  readonly entries: Definition[] = [];
  readonly messages: Definition[] = [];
  readonly logs: Definition[] = [];
  /** What each token stands for. */
  readonly contents = new Map<string, OpaqueContent>();
  readonly #tokens = new Map<string, string>();
  readonly #entryNames = new Map<string, string>();
  readonly #messageNames = new Map<string, string>();
  readonly #logEntries: (readonly string[])[] = [];

  /** A short token for an opaque content: equal tokens for equal contents, others for others. */
  command(content: OpaqueContent): string {
    // A hash is never equal to a command, even where the texts are.
    const key = 'command' in content ? `c${content.command}` : `h${content.hash}`;
    const token = nameFor(this.#tokens, key, 'c');
    if (!this.contents.has(token)) {
      this.contents.set(token, 'command' in content ? { command: content.command } : { hash: content.hash });
    }
    return tlaString(token);
  }

  entry(entry: Entry): string {
    const term = ['term', String(entry.term)] as const;
    const text =
      'noop' in entry
        ? tlaRecord([term, ['noop', 'TRUE']])
        : tlaRecord([term, ['command', this.command(entry)]]);
    return define(this.#entryNames, this.entries, text, 'e');
  }

  /** The content of a message: its id is not part of it. */
  message(message: Message): string {
    return define(this.#messageNames, this.messages, this.#messageText(message), 'm');
  }

  /** A log, which may be long: as far as possible a prefix of one that was written before. */
  log(entries: readonly Entry[]): string {
    const names = entries.map((entry) => this.entry(entry));
    if (names.length < MIN_SHARED_ENTRIES) return tlaSequence(names);
    let best = { log: 0, shared: 0 };
    for (const [log, others] of this.#logEntries.entries()) {
      const shared = sharedLength(names, others);
      if (shared > best.shared) best = { log, shared };
    }
    // What is longer than half of it is worth a name of its own.
    if (best.shared < names.length / 2) {
      best = { log: this.#logEntries.length, shared: names.length };
      this.#logEntries.push(names);
      this.logs.push({ name: `l${best.log}`, text: tlaSequence(names) });
    }
    const prefix = `SubSeq(l${best.log}, 1, ${best.shared})`;
    return best.shared === names.length ? prefix : `(${prefix} \\o ${tlaSequence(names.slice(best.shared))})`;
  }

  #messageText(message: Message): string {
    const envelope = [
      ['type', tlaString(message.type)],
      ['from', tlaString(message.from)],
      ['to', tlaString(message.to)],
      ['term', String(message.term)],
    ] as const;
    return tlaRecord([...envelope, ...this.#contentFields(message)]);
  }

  #contentFields(message: Message): readonly (readonly [string, string])[] {
    switch (message.type) {
      case 'RequestVoteRequest':
        return [
          ['lastLogIndex', String(message.lastLogIndex)],
          ['lastLogTerm', String(message.lastLogTerm)],
        ];
      case 'RequestVoteResponse':
        return [['voteGranted', tlaBoolean(message.voteGranted)]];
      case 'AppendEntriesRequest':
        return [
          ['prevLogIndex', String(message.prevLogIndex)],
          ['prevLogTerm', String(message.prevLogTerm)],
          ['entries', tlaSequence(message.entries.map((entry) => this.entry(entry)))],
          ['leaderCommit', String(message.leaderCommit)],
        ];
      case 'AppendEntriesResponse':
        return [
          ['success', tlaBoolean(message.success)],
          ['matchIndex', String(message.matchIndex)],
        ];
    }
  }
}

function nameFor(names: Map<string, string>, key: string, prefix: string): string {
  let name = names.get(key);
  if (name === undefined) {
    name = `${prefix}${names.size}`;
    names.set(key, name);
  }
  return name;
}

function define(names: Map<string, string>, definitions: Definition[], text: string, prefix: string): string {
  const name = nameFor(names, text, prefix);
  if (definitions.length < names.size) definitions.push({ name, text });
  return name;
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
