import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { onJsonLines } from './json-lines.ts';

/** Answers on the connection that a request came from; false if that connection is gone. */
export type Answer = (value: unknown) => boolean;

/** Listens on 127.0.0.1, on a port that the kernel chooses, for JSON values, one a line. */
export class LineServer {
  readonly #server: NetServer;
  readonly #sockets = new Set<Socket>();

  private constructor(server: NetServer) {
    this.#server = server;
  }

  static async listen(receive: (value: unknown, answer: Answer) => void): Promise<LineServer> {
    const net = createServer({ noDelay: true });
    const lines = new LineServer(net);
    net.on('connection', (socket) => {
      lines.#sockets.add(socket);
      socket.on('close', () => lines.#sockets.delete(socket));
      // Whoever is at the other end may be killed at any time.
      socket.on('error', () => {});
      const answer: Answer = (value) => socket.writable && socket.write(`${JSON.stringify(value)}\n`);
      onJsonLines(socket, (value) => receive(value, answer));
    });
    net.listen(0, '127.0.0.1');
    await once(net, 'listening');
    return lines;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
    return address.port;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
