import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CodedError } from '../../diagnostics/coded-error.ts';
import type { Behaviour } from './behaviour.ts';
import { toItf } from './itf.ts';
import { traceOf } from './raft-trace.ts';

/** Where a counterexample goes, and how it is written. */
export interface CounterexampleTarget {
  readonly file: string;
  readonly as: 'itf' | 'trace';
  /** The spec that it is a behaviour of. */
  readonly specFile: string;
}

/**
 * Writes a behaviour in the Informal Trace Format, or as a trace that `raftcheck check` reads.
 *
 * @throws CodedError RC4284 if it cannot be a trace, RC6102 if the file cannot be written
 */
export async function writeCounterexample(behaviour: Behaviour, target: CounterexampleTarget): Promise<void> {
  const text = target.as === 'itf' ? itfText(behaviour, target) : traceOf(behaviour, target.specFile);
  try {
    await writeFile(target.file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodedError('RC6102', `cannot write ${target.file}: ${reason}`, { file: target.file });
  }
}

function itfText({ variables, steps, loopsTo }: Behaviour, { specFile }: CounterexampleTarget): string {
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
