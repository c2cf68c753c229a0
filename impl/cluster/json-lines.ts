import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';

/** A longer line is not one of ours: the connection is given up rather than the memory. */
export const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;

/**
 * Calls back with each line of a socket, parsed as JSON. A line that is no JSON, or too long, ends the connection:
 * what follows cannot be trusted to start at a message's border.
 */
export function onJsonLines(socket: Socket, receive: (value: unknown) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  socket.on('data', (bytes: Buffer) => {
    const lines = (rest + decoder.write(bytes)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const value = parseLine(line);
      if (value === undefined) {
        socket.destroy();
        return;
      }
      receive(value);
    }
    if (rest.length > MAX_LINE_CHARACTERS) socket.destroy();
  });
}

/** `undefined` is no JSON value, so it can stand for a line that holds none. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
