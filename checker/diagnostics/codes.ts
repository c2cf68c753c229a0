import { TRACE_CODES, TRACE_LIMIT_CODES } from '../../traces/trace-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { CLUSTER_CODES } from './cluster-codes.ts';
import type { CodeDescription } from './code-table.ts';
import { INCONCLUSIVE_CODES } from './inconclusive-codes.ts';
import { MODEL_CODES } from './model-codes.ts';
import { NOTE_CODES } from './note-codes.ts';
import { REPLAY_CODES } from './replay-codes.ts';
import { SPEC_CODES } from './spec-codes.ts';
import { TLA_CODES, TLA_VALUE_CODES } from './tla-codes.ts';
import { TLA_SYNTAX_CODES } from './tla-syntax-codes.ts';
import { TLC_CODES } from './tlc-codes.ts';
import { TOOL_CODES } from './tool-codes.ts';
import { USAGE_CODES } from './usage-codes.ts';

/**
 * Every diagnostic code there is. docs/diagnostics.md is generated from this table (`npm run docs`).
 * A code that was released keeps its meaning for ever; one that is no longer used stays listed as retired.
 */
export const DIAGNOSTIC_CODES = {
  ...TRACE_CODES,
  ...TRACE_LIMIT_CODES,
  ...SPEC_CODES,
  ...TLA_CODES,
  ...TLA_VALUE_CODES,
  ...REPLAY_CODES,
  ...TLC_CODES,
  ...INCONCLUSIVE_CODES,
  ...TOOL_CODES,
  ...TLA_SYNTAX_CODES,
  ...CLUSTER_CODES,
  ...USAGE_CODES,
  ...NOTE_CODES,
  ...MODEL_CODES,
} as const;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;

/** A family of codes: those that share their first digit. */
export interface CodeFamily {
  readonly digit: string;
  readonly title: string;
  readonly exitCode: ExitCode;
}

export const CODE_FAMILIES: readonly CodeFamily[] = [
  { digit: '1', title: 'Malformed input', exitCode: EXIT_CODES.malformed },
  { digit: '2', title: 'Rejected by replay', exitCode: EXIT_CODES.rejected },
  {
    digit: '3',
    title: 'Not a behaviour of the spec, or a property is violated',
    exitCode: EXIT_CODES.rejected,
  },
  { digit: '4', title: 'Inconclusive', exitCode: EXIT_CODES.inconclusive },
  { digit: '5', title: 'A tool failed', exitCode: EXIT_CODES.toolFailed },
  { digit: '6', title: 'Usage', exitCode: EXIT_CODES.usage },
  { digit: '7', title: 'Notes', exitCode: EXIT_CODES.ok },
];

/** Whether a text looks like one of raftcheck's codes. */
export function isDiagnosticCode(code: unknown): code is `RC${number}` {
  return typeof code === 'string' && /^RC\d{4}$/.test(code);
}

/** The exit code that a diagnostic code leads to; a family that does not exist counts as raftcheck's own fault. */
export function exitCodeOf(code: string): ExitCode {
  return CODE_FAMILIES.find((family) => family.digit === code[2])?.exitCode ?? EXIT_CODES.toolFailed;
}

/** All codes with their descriptions, in the order of their numbers. */
export function listCodes(): readonly (readonly [string, CodeDescription])[] {
  return Object.entries(DIAGNOSTIC_CODES).sort(([a], [b]) => (a < b ? -1 : 1));
}
