import type { Role, Server, Term } from '../../traces/trace-format.ts';
import type { CrashPoint } from './crash-point.ts';
import { property } from './message-check.ts';

/** How fast the servers of a cluster live, in milliseconds. */
export interface Timing {
  readonly heartbeatMs: number;
  /** An election timeout is drawn from here up to twice this (section 9.3). */
  readonly electionTimeoutMs: number;
}

/** What a server process must know before it starts. */
export interface ServerOptions {
  readonly server: Server;
  readonly servers: readonly Server[];
  /** Stands in the header of each trace: files of different runs never merge. */
  readonly run: string;
  readonly tracePath: string;
  readonly storagePath: string;
  /** Where each peer is reached, on 127.0.0.1. */
  readonly peerPorts: Readonly<Record<Server, number>>;
  readonly timing: Timing;
  /** For the election timeouts. */
  readonly seed: number;
  /** Of this package, for the trace's header. */
  readonly version: string;
}

/** From the supervisor to a server process. */
export type SupervisorMessage =
  | { readonly kind: 'start'; readonly options: ServerOptions }
  | { readonly kind: 'crashAt'; readonly point: CrashPoint }
  | { readonly kind: 'stop' };

/** From a server process to the supervisor. */
export type ServerMessage =
  | { readonly kind: 'ready'; readonly peerPort: number; readonly clientPort: number }
  | { readonly kind: 'role'; readonly role: Role; readonly term: Term }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** Both ends are this package, in one version: the kind is enough to tell the messages apart. */
export function isSupervisorMessage(value: unknown): value is SupervisorMessage {
  return hasKind(value, ['start', 'crashAt', 'stop']);
}

export function isServerMessage(value: unknown): value is ServerMessage {
  return hasKind(value, ['ready', 'role', 'stopped', 'failed']);
}

function hasKind(value: unknown, kinds: readonly string[]): boolean {
  const kind = property(value, 'kind');
  return typeof kind === 'string' && kinds.includes(kind);
}
