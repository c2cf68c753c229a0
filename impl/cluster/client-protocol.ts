import type { Server } from '../../traces/trace-format.ts';
import { type ClientCommand, formatCommand, parseCommand } from './kv-store.ts';
import { hasNaturals, hasStrings, property } from './message-check.ts';

/** A client's request on the wire: the command as it will stand in the log. */
export interface ClientRequestLine {
  readonly command: string;
}

/** What a server answers; `serial` says to which of the client's requests. */
export type ClientResponseLine =
  | { readonly serial: number; readonly status: 'done'; readonly value: string }
  /** Not executed here: ask the leader, if one is known. */
  | { readonly serial: number; readonly status: 'redirect'; readonly leader: Server | null };

export function requestLine(command: ClientCommand): ClientRequestLine {
  return { command: formatCommand(command) };
}

/** The command of a request from the wire; `undefined` if it is none. */
export function readRequest(value: unknown): ClientCommand | undefined {
  const command = property(value, 'command');
  return typeof command === 'string' ? parseCommand(command) : undefined;
}

export function isClientResponse(value: unknown): value is ClientResponseLine {
  if (!hasNaturals(value, 'serial')) return false;
  const status = property(value, 'status');
  if (status === 'done') return hasStrings(value, 'value');
  return status === 'redirect' && (property(value, 'leader') === null || hasStrings(value, 'leader'));
}
