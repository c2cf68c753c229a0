import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTS, type Fault } from '../impl/simulator/faults.ts';
import { headerOf, type SimulationPlan, serversOf, simulate } from '../impl/simulator/simulate.ts';
import type { TraceEvent } from '../traces/trace-format.ts';

export const description =
  'events a second of the simulator: its invariants on, off, and beside a loop that only serialises its events';

const DEFAULT_EVENTS = 200_000;
const TARGET_PER_SECOND = 100_000;
const ROUNDS = 3;
const SEEDS = [1, 2, 3, 4];
const LINES_A_WRITE = 2_000;

/** Without crashes: a Restart repeats the whole log in one line, and the figure would be about those few lines. */
const FAULTS_OF_RUN: ReadonlySet<Fault> = new Set(
  FAULTS.filter((fault) => fault !== 'crash' && fault !== 'torn-write' && fault !== 'disk-error'),
);

interface Measured {
  readonly name: string;
  readonly run: () => void;
}

/**
 * Measures the simulator in CPU time, which other programs on the machine disturb less than the clock, with and
 * without what it does besides simulating. The baseline writes the same events, already made, to a file: what no
 * recorder can be faster than.
 *
 * @param args how many events; 200,000 if absent
 * @throws where it simulates, checks and writes fewer than 100,000 events a second
 */
export async function run(args: readonly string[]): Promise<void> {
  const events = Number(args[0] ?? DEFAULT_EVENTS);
  if (!Number.isSafeInteger(events) || events < SEEDS.length)
    throw new Error(`no number of events: ${args[0]}`);
  const folder = mkdtempSync(join(tmpdir(), 'raftcheck-bench-simulate-'));
  const file = join(folder, 'run.ndjson');
  try {
    const plans = SEEDS.map((seed) => planOf(seed, Math.floor(events / SEEDS.length)));
    const made = eventsOf(plans);
    const cases: readonly Measured[] = [
      { name: 'baseline: only JSON.stringify and write', run: () => writeAll(file, made) },
      { name: 'simulated, nothing checked or kept', run: () => simulateAll(plans, false) },
      { name: 'simulated, invariants on', run: () => simulateAll(plans, true) },
      { name: 'simulated and written, invariants off', run: () => simulateInto(file, plans, false) },
      { name: 'simulated and written, invariants on', run: () => simulateInto(file, plans, true) },
    ];
    console.log(
      `${made.length} events of ${SEEDS.length} runs of ${serversOf(plans[0] ?? planOf(1, 1)).length} servers, ` +
        `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; best of ${ROUNDS}, CPU time`,
    );
    const rates = cases.map((each) => made.length / cpuSecondsOf(each.run));
    const baseline = rates[0] ?? 0;
    for (const [position, { name }] of cases.entries()) {
      const rate = rates[position] ?? 0;
      const percent = `${((100 * rate) / baseline).toFixed(0)} %`;
      console.log(
        `  ${name.padEnd(42)} ${Math.round(rate).toLocaleString('en').padStart(9)} /s ${percent.padStart(6)}`,
      );
    }
    console.log(`  file: ${(statSync(file).size / made.length).toFixed(0)} bytes an event`);
    const slowest = rates.at(-1) ?? 0;
    if (slowest < TARGET_PER_SECOND) {
      throw new Error(`${Math.round(slowest)} events a second; the target is ${TARGET_PER_SECOND}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function planOf(seed: number, events: number): SimulationPlan {
  return {
    course: { type: 'drawn', servers: 3, seed, events, faults: FAULTS_OF_RUN },
    checkInvariants: false,
  };
}

function eventsOf(plans: readonly SimulationPlan[]): readonly TraceEvent[] {
  const events: TraceEvent[] = [];
  for (const plan of plans) simulate({ ...plan, trace: (event) => events.push(event) });
  return events;
}

function simulateAll(plans: readonly SimulationPlan[], checkInvariants: boolean): void {
  for (const plan of plans) expectNoViolation({ ...plan, checkInvariants });
}

function simulateInto(file: string, plans: readonly SimulationPlan[], checkInvariants: boolean): void {
  const lines = new LineWriter(file);
  for (const plan of plans) {
    lines.write(headerOf(plan, 'bench'));
    expectNoViolation({ ...plan, checkInvariants, trace: (event) => lines.write(event) });
  }
  lines.end();
}

function writeAll(file: string, events: readonly TraceEvent[]): void {
  const lines = new LineWriter(file);
  for (const event of events) lines.write(event);
  lines.end();
}

function expectNoViolation(plan: SimulationPlan): void {
  const { violation } = simulate(plan);
  if (violation !== undefined) throw violation;
}

function cpuSecondsOf(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1e6);
  }
  return best;
}

class LineWriter {
  readonly #descriptor: number;
  #lines: string[] = [];

  constructor(file: string) {
    this.#descriptor = openSync(file, 'w');
  }

  write(line: unknown): void {
    this.#lines.push(JSON.stringify(line));
    if (this.#lines.length >= LINES_A_WRITE) this.#flush();
  }

  end(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    writeSync(this.#descriptor, `${this.#lines.join('\n')}\n`);
    this.#lines = [];
  }
}
