import type { Server } from '../../traces/trace-format.ts';
import { type ClientResponseLine, readRequest } from './client-protocol.ts';
import { formatCommand, KvStore } from './kv-store.ts';
import type { Answer } from './line-server.ts';

/** What the service asks of the server it belongs to. */
export interface Replication {
  readonly isLeader: () => boolean;
  /** The leader that the server last heard of. */
  readonly leader: () => Server | null;
  /** Appends a command to the leader's log. */
  readonly clientRequest: (command: string) => void;
}

/** So many requests may wait for their entry to be committed; more are sent away. */
const MAX_WAITING = 1000;

/**
 * A server's face to clients: takes commands while it leads, answers when they are committed and applied, and sends
 * clients to the leader otherwise.
 */
export class ClientService {
  readonly #replication: Replication;
  readonly #waiting = new Map<string, { readonly serial: number; readonly answer: Answer }>();
  readonly #store = new KvStore();

  constructor(replication: Replication) {
    this.#replication = replication;
  }

  receive(value: unknown, answer: Answer): void {
    const request = readRequest(value);
    if (request === undefined) return;
    const { client, serial } = request;
    if (!this.#replication.isLeader() || this.#waiting.size >= MAX_WAITING) {
      answer(this.#redirect(serial));
      return;
    }
    this.#waiting.set(client, { serial, answer });
    this.#replication.clientRequest(formatCommand(request));
  }

  /** Executes a committed command and answers the client that waits for it, if it waits here. */
  apply(command: string): void {
    const result = this.#store.apply(command);
    if (result === undefined) return;
    const { client, serial, value } = result;
    const waiting = this.#waiting.get(client);
    if (waiting?.serial !== serial) return;
    this.#waiting.delete(client);
    const response: ClientResponseLine = { serial, status: 'done', value };
    waiting.answer(response);
  }

  /** The server leads no more: whether what clients wait for will be committed is for the next leader to say. */
  stepDown(): void {
    for (const { serial, answer } of this.#waiting.values()) answer(this.#redirect(serial));
    this.#waiting.clear();
  }

  #redirect(serial: number): ClientResponseLine {
    const leader = this.#replication.isLeader() ? null : this.#replication.leader();
    return { serial, status: 'redirect', leader };
  }
}
