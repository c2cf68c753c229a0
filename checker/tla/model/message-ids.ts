import type { MessageId, Server } from '../../../traces/trace-format.ts';

interface Copies {
  readonly id: MessageId;
  copies: number;
}

/**
 * Gives the messages of a behaviour ids, which the spec does not know: equal contents are one message to it. Where
 * several ids have a content, the oldest is taken: no rule can tell.
 */
export class MessageIds {
  readonly #inFlight = new Map<string, Copies[]>();
  readonly #held = new Map<Server, { readonly id: MessageId; readonly content: string }[]>();

  /** A message leaves. */
  send(id: MessageId, content: string): void {
    const known = this.#inFlight.get(content);
    if (known === undefined) this.#inFlight.set(content, [{ id, copies: 1 }]);
    else known.push({ id, copies: 1 });
  }

  /** A message waits for its sender's disk. */
  hold(server: Server, id: MessageId, content: string): void {
    const held = this.#held.get(server) ?? [];
    this.#held.set(server, [...held, { id, content }]);
  }

  /** As many of a server's waiting messages as are given for each content leave. */
  release(server: Server, contents: ReadonlyMap<string, number>): MessageId[] {
    const wanted = new Map(contents);
    const stay: { readonly id: MessageId; readonly content: string }[] = [];
    const released: MessageId[] = [];
    for (const each of this.#held.get(server) ?? []) {
      const count = wanted.get(each.content) ?? 0;
      if (count === 0) {
        stay.push(each);
        continue;
      }
      wanted.set(each.content, count - 1);
      released.push(each.id);
      this.send(each.id, each.content);
    }
    this.#held.set(server, stay);
    return released;
  }

  /** A crash: what waited is gone. */
  forget(server: Server): void {
    this.#held.delete(server);
  }

  /** A copy is received or lost. */
  take(content: string): MessageId | undefined {
    return this.#change(content, -1);
  }

  /** The network copies a message. */
  copy(content: string): MessageId | undefined {
    return this.#change(content, 1);
  }

  #change(content: string, by: number): MessageId | undefined {
    const found = this.#inFlight.get(content)?.find((each) => each.copies > 0);
    if (found !== undefined) found.copies += by;
    return found?.id;
  }
}
