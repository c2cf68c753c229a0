import type { Message, Role } from '../../traces/trace-format.ts';
import type { REPLAY_CODES } from '../diagnostics/replay-codes.ts';
import type { ConjunctLabel } from './conjuncts.ts';
import type { ServerState } from './state.ts';

/** A rule that the event under check breaks; its place in the trace is the engine's to add. */
export interface Violation {
  readonly code: keyof typeof REPLAY_CODES;
  readonly conjunct: ConjunctLabel;
  readonly message: string;
  readonly variable?: string;
  readonly expected?: unknown;
  readonly recorded?: unknown;
  /** What would have been allowed, in words. */
  readonly allowed?: string;
}

/** The action belongs to another role than the server has. */
export function roleForbids(
  server: ServerState,
  action: string,
  conjunct: ConjunctLabel,
  allowed: Role,
): Violation {
  return {
    code: 'RC2001',
    conjunct,
    message: `${server.name} is a ${server.role} in term ${server.currentTerm}, so it cannot take ${action}`,
    variable: 'role',
    expected: allowed,
    recorded: server.role,
  };
}

/** A field of a created message is not what state and action determine. */
export function createsOther(
  conjunct: ConjunctLabel,
  message: Message,
  field: string,
  expected: unknown,
  recorded: unknown,
): Violation {
  return {
    code: 'RC2020',
    conjunct,
    message: `the ${message.type} to ${message.to} has another ${field} than the spec's`,
    variable: `sends[0].${field}`,
    expected,
    recorded,
  };
}
