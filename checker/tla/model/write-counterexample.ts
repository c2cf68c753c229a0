import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
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
 * @throws CodedError RC4284 if it cannot be a trace
 */
export async function writeCounterexample(behaviour: Behaviour, target: CounterexampleTarget): Promise<void> {
  await writeFile(
    target.file,
    target.as === 'itf' ? itfText(behaviour, target) : traceOf(behaviour, target.specFile),
  );
}

function itfText({ variables, steps }: Behaviour, { specFile }: CounterexampleTarget): string {
  const trace = toItf(
    variables,
    steps.map((step) => step.state),
    steps.map((step) => step.action),
    { source: basename(specFile), description: 'a counterexample found by raftcheck' },
  );
  return `${JSON.stringify(trace, null, 1)}\n`;
}
