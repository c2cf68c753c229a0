import { createConnection, type Socket } from 'node:net';
import type { Message, Server } from '../../traces/trace-format.ts';

const FIRST_RETRY_MS = 20;
const LAST_RETRY_MS = 400;

/** A slow peer may keep so many bytes waiting; beyond that messages to it are lost. */
const MAX_QUEUED_BYTES = 4 * 1024 * 1024;

/**
 * A server's outgoing connections, one to each peer. The network of Raft may lose messages, so nothing waits for a
 * connection: what cannot be sent now is dropped, and Raft's own retries do the rest.
 */
export class PeerLinks {
  readonly #links: ReadonlyMap<Server, PeerLink>;

  /** @param ports where each peer is reached, on 127.0.0.1 */
  constructor(ports: Readonly<Record<Server, number>>) {
    this.#links = new Map(Object.entries(ports).map(([peer, port]) => [peer, new PeerLink(port)]));
  }

  /** Sends a message to the server it is for, or loses it. */
  send(message: Message): void {
    this.#links.get(message.to)?.send(`${JSON.stringify(message)}\n`);
  }

  close(): void {
    for (const link of this.#links.values()) link.close();
  }
}

class PeerLink {
  readonly #port: number;
  #socket: Socket | undefined;
  #retryMs = FIRST_RETRY_MS;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(port: number) {
    this.#port = port;
    this.#connect();
  }

  send(line: string): void {
    const socket = this.#socket;
    if (socket?.readyState !== 'open' || socket.writableLength > MAX_QUEUED_BYTES) return;
    socket.write(line);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  #connect(): void {
    const socket = createConnection({ host: '127.0.0.1', port: this.#port, noDelay: true });
    this.#socket = socket;
    socket.on('connect', () => {
      this.#retryMs = FIRST_RETRY_MS;
    });
    // The peer may be down or the link cut; 'close' follows and tries again.
    socket.on('error', () => {});
    // Peers never write here; without reading, the end of the connection would not be seen.
    socket.resume();
    socket.on('close', () => {
      if (this.#closed) return;
      this.#timer = setTimeout(() => this.#connect(), this.#retryMs);
      this.#retryMs = Math.min(LAST_RETRY_MS, this.#retryMs * 2);
    });
  }
}
