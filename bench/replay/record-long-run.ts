import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { FAULTS } from '../../impl/simulator/faults.ts';
import { headerOf, type SimulationPlan, simulate } from '../../impl/simulator/simulate.ts';

const LINES_A_WRITE = 2000;

/** How long a run, and of what. */
export interface LongRun {
  readonly events: number;
  readonly servers: number;
  readonly version: string;
}

/**
 * Simulates a long run and writes its trace. Without crashes: the Restart that ends one repeats the whole log in one
 * line, so that the figure would be about the length of a few lines.
 */
export function recordLongRun(file: string, { events, servers, version }: LongRun): void {
  const plan: SimulationPlan = {
    course: {
      type: 'drawn',
      servers,
      seed: 3,
      events,
      faults: new Set(
        FAULTS.filter((fault) => fault !== 'crash' && fault !== 'torn-write' && fault !== 'disk-error'),
      ),
    },
    checkInvariants: false,
  };
  const temporary = `${file}.${process.pid}.part`;
  const descriptor = openSync(temporary, 'w');
  let lines = [JSON.stringify(headerOf(plan, version))];
  const flush = () => {
    writeSync(descriptor, `${lines.join('\n')}\n`);
    lines = [];
  };
  const { events: simulated } = simulate({
    ...plan,
    trace: (event) => {
      lines.push(JSON.stringify(event));
      if (lines.length >= LINES_A_WRITE) flush();
    },
  });
  lines.push(JSON.stringify({ end: true, events: simulated }));
  flush();
  closeSync(descriptor);
  renameSync(temporary, file);
}
