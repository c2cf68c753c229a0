import { existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackageManifest } from '../checker/package-root.ts';
import { hasFlag } from './cost/arguments.ts';
import { type Cost, costOfChildren } from './cost/children-cost.ts';
import { runRaftcheck } from './cost/run-raftcheck.ts';
import { recordLongRun } from './replay/record-long-run.ts';

export const description =
  'native trace checking: events a second, cost an event by length, CPU against TLC, start-up to verdict';

const SERVERS = 3;
const LENGTHS = [1_000, 10_000, 100_000, 1_000_000];
const RATED_EVENTS = 100_000;
const MIN_RATE = 50_000;
/** What an event of the longest trace may cost, in those of the one a tenth as long. */
const MAX_GROWTH = 1.2;
const COMPARED_EVENTS = 5_000;
const MIN_TIMES_TLC = 15;
const SHORT_EVENTS = 1_000;
const MAX_SHORT_CPU_SECONDS = 0.5;
const ROUNDS = 3;

/**
 * Measures `raftcheck check --engine native` on simulated traces, each in a process of its own, start-up included
 * where it is not said otherwise.
 *
 * @param args `--short`: no trace of a million events; `--without-tlc`
 * @throws where a figure misses its target
 */
export async function run(args: readonly string[]): Promise<void> {
  const misses: string[] = [];
  const miss = (isMissed: boolean, what: string) => {
    if (isMissed) misses.push(what);
  };
  const lengths = hasFlag(args, '--short') ? LENGTHS.slice(0, -1) : LENGTHS;
  console.log(
    `Node ${process.version}; traces of ${SERVERS} servers, all variables observed; best of ${ROUNDS}`,
  );

  const costs = new Map<number, Cost>();
  for (const events of lengths) costs.set(events, await bestOf(events, 'native'));
  const cpuOf = (events: number) => costs.get(events)?.cpuSeconds ?? Number.NaN;
  const startUp = cpuOf(SHORT_EVENTS);
  for (const [events, cost] of costs) report(events, cost, startUp);

  const rate = RATED_EVENTS / cpuOf(RATED_EVENTS);
  console.log(
    `${rounded(rate)} events a second of CPU on ${rounded(RATED_EVENTS)} (target ${rounded(MIN_RATE)})`,
  );
  miss(rate < MIN_RATE, `${rounded(rate)} events a second`);

  const longest = lengths.at(-1) ?? RATED_EVENTS;
  const slope = (from: number, to: number) => (cpuOf(to) - cpuOf(from)) / (to - from);
  const before = slope(longest / 100, longest / 10);
  const growth = slope(longest / 10, longest) / before;
  console.log(
    `an event more costs ${micro(before)} up to ${rounded(longest / 10)} and ${micro(before * growth)} up to ${rounded(longest)}: ` +
      `${growth.toFixed(2)} times (target ${MAX_GROWTH})`,
  );
  miss(growth > MAX_GROWTH, `the cost of an event grows ${growth.toFixed(2)} times`);

  console.log(`${startUp.toFixed(2)} s of CPU from start to verdict of ${rounded(SHORT_EVENTS)} events`);
  miss(startUp > MAX_SHORT_CPU_SECONDS, `${startUp.toFixed(2)} s of CPU for ${SHORT_EVENTS} events`);

  if (!hasFlag(args, '--without-tlc')) {
    const native = await bestOf(COMPARED_EVENTS, 'native');
    const tlc = await measure(COMPARED_EVENTS, 'tlc');
    const times = tlc.cpuSeconds / native.cpuSeconds;
    console.log(
      `${rounded(COMPARED_EVENTS)} events: native ${native.cpuSeconds.toFixed(2)} s of CPU, TLC ${tlc.cpuSeconds.toFixed(1)} s: ` +
        `${times.toFixed(0)} times less (target ${MIN_TIMES_TLC})`,
    );
    miss(times < MIN_TIMES_TLC, `${times.toFixed(1)} times less CPU than TLC`);
  }
  if (misses.length > 0) throw new Error(misses.join('; '));
}

async function bestOf(events: number, engine: 'native' | 'tlc'): Promise<Cost> {
  let best = await measure(events, engine);
  for (let round = 1; round < ROUNDS; round += 1) {
    const cost = await measure(events, engine);
    if (cost.cpuSeconds < best.cpuSeconds) best = cost;
  }
  return best;
}

async function measure(events: number, engine: 'native' | 'tlc'): Promise<Cost> {
  const file = traceOf(events);
  const args = ['check', file, '--engine', engine, '--format', 'json'];
  const { result, cost } = await costOfChildren(() => runRaftcheck(args));
  if (result.exitCode !== 0) throw new Error(`${engine} on ${file}: ${result.stdout} ${result.stderr}`);
  return cost;
}

function traceOf(events: number): string {
  const { version } = readPackageManifest();
  const folder = join(tmpdir(), 'raftcheck-bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `native-${version}-${SERVERS}-${events}.ndjson`);
  if (!existsSync(file)) recordLongRun(file, { events, servers: SERVERS, version });
  return file;
}

function report(events: number, { cpuSeconds, wallSeconds, peakMb }: Cost, startUp: number): void {
  const megabytes = statSync(traceOf(events)).size / 2 ** 20;
  const own =
    events === SHORT_EVENTS ? '' : `, ${micro((cpuSeconds - startUp) / (events - SHORT_EVENTS))} an event`;
  console.log(
    `  ${rounded(events).padStart(9)} events (${megabytes.toFixed(1)} MiB): ${cpuSeconds.toFixed(2)} s of CPU, ` +
      `${wallSeconds.toFixed(2)} s, peak ${peakMb.toFixed(0)} MB${own}`,
  );
}

function rounded(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function micro(seconds: number): string {
  return `${(seconds * 1e6).toFixed(1)} µs`;
}
