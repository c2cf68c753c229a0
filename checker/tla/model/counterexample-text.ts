import { basename } from 'node:path';
import { CodedError } from '../../diagnostics/coded-error.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Behaviour } from './behaviour.ts';
import { toItf } from './itf.ts';
import { traceOf } from './raft-trace.ts';

/** How a counterexample is written: in the Informal Trace Format, or as a trace that `raftcheck check` reads. */
export type CounterexampleForm = 'itf' | 'trace';

/** A counterexample as the text of a file, or why it cannot be one. */
export type CounterexampleText = { readonly text: string } | { readonly refused: Diagnostic };

/** The text of a behaviour of this spec. The verdict stands whether or not a trace can show it. */
export function counterexampleText(
  behaviour: Behaviour,
  as: CounterexampleForm,
  specFile: string,
): CounterexampleText {
  try {
    return { text: as === 'itf' ? itfText(behaviour, specFile) : traceOf(behaviour, specFile) };
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'RC4284') throw error;
    return { refused: error.toDiagnostic() };
  }
}

function itfText({ variables, steps, loopsTo }: Behaviour, specFile: string): string {
  const trace = toItf(
    variables,
    steps.map((step) => step.state),
    steps.map((step) => step.action),
    {
      source: basename(specFile),
      description: 'a counterexample found by raftcheck',
      ...(loopsTo === undefined ? {} : { loopsTo }),
    },
  );
  return `${JSON.stringify(trace, null, 1)}\n`;
}
