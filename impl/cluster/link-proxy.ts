import { once } from 'node:events';
import { createConnection, createServer, type Server as NetServer, type Socket } from 'node:net';

/**
 * One direction of the network between two servers: whoever connects to `port` reaches the target, unless the link
 * is cut. A cut closes what is open, with whatever was on its way, and refuses what comes.
 *
 * The target may move: a server that restarts listens elsewhere.
 */
export class LinkProxy {
  readonly #server: NetServer;
  readonly #sockets = new Set<Socket>();
  #target: number | undefined;
  #cut = false;
  #delayMs = 0;

  private constructor(server: NetServer) {
    this.#server = server;
    server.on('connection', (incoming) => this.#forward(incoming));
  }

  static async listen(): Promise<LinkProxy> {
    const server = createServer({ noDelay: true });
    const proxy = new LinkProxy(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
    return address.port;
  }

  /** Where connections go from now on; `undefined` while the target is down. */
  setTarget(port: number | undefined): void {
    this.#target = port;
    this.#closeSockets();
  }

  /** Loses everything until it is healed. */
  cut(): void {
    this.#cut = true;
    this.#closeSockets();
  }

  heal(): void {
    this.#cut = false;
  }

  /** How long each piece of data is held up; the order stays. */
  setDelay(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  close(): void {
    this.#server.close();
    this.#closeSockets();
  }

  #forward(incoming: Socket): void {
    incoming.on('error', () => {});
    if (this.#cut || this.#target === undefined) {
      incoming.destroy();
      return;
    }
    const outgoing = createConnection({ host: '127.0.0.1', port: this.#target, noDelay: true });
    outgoing.on('error', () => {});
    this.#track(incoming, outgoing);
    this.#track(outgoing, incoming);
    // One queue, whatever timer fires first: a delay that changes must not reorder the bytes of a connection.
    const held: Buffer[] = [];
    incoming.on('data', (bytes: Buffer) => {
      held.push(bytes);
      setTimeout(() => {
        const next = held.shift();
        if (next !== undefined && outgoing.writable) outgoing.write(next);
      }, this.#delayMs);
    });
  }

  #track(socket: Socket, other: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      other.destroy();
    });
  }

  #closeSockets(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
