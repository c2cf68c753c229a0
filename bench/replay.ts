import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readPackageManifest } from '../checker/package-root.ts';
import { serverNames } from '../impl/simulator/simulate.ts';
import { recordLongRun } from './replay/record-long-run.ts';

/** The targets of this benchmark. */
const MIN_EVENTS = 1_000_000;
const MIN_RATIO = 0.4;
const MAX_RESIDENT_MB = 200;

export const description =
  'replay of a long trace against a bare node:readline + JSON.parse loop: CPU time and memory';

/** What a measured process prints. */
interface Measurement {
  readonly events: number;
  readonly cpuSeconds: number;
  readonly residentMb: number;
}

/**
 * Measures how fast `raftcheck check --engine replay` reads, validates and replays a trace, beside a loop that only
 * splits and parses it, each in a process of its own and on the same file.
 *
 * @param args `--events N` (1,000,000), `--rounds N` (3: the median counts), `--servers N` (3)
 * @throws where the rate or the memory misses its target
 */
export async function run(args: readonly string[]): Promise<void> {
  const events = numberAfter(args, '--events') ?? MIN_EVENTS;
  const rounds = numberAfter(args, '--rounds') ?? 3;
  const servers = serverNames(numberAfter(args, '--servers') ?? 3);
  const { version } = readPackageManifest();
  const folder = join(tmpdir(), 'raftcheck-bench');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `replay-${version}-${servers.length}-${events}.ndjson`);
  if (!existsSync(file)) recordLongRun(file, { events, servers: servers.length, version });
  console.log(`${file}: ${(statSync(file).size / 2 ** 20).toFixed(0)} MiB, Node ${process.version}`);

  const bare: Measurement[] = [];
  const full: Measurement[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await measure('bare-loop.ts', file));
    full.push(await measure('full-check.ts', file));
  }
  const bareMedian = median(bare);
  const fullMedian = median(full);
  const ratio = bareMedian.cpuSeconds / fullMedian.cpuSeconds;
  report('readline + JSON.parse', bareMedian);
  report('replay, all of it', fullMedian);
  console.log(`ratio ${(100 * ratio).toFixed(0)} % (target: at least ${100 * MIN_RATIO} %)`);
  if (ratio < MIN_RATIO)
    throw new Error(`replay runs at ${(100 * ratio).toFixed(0)} % of the bare loop's rate`);
  const residentMb = Math.max(...full.map((each) => each.residentMb));
  if (residentMb > MAX_RESIDENT_MB) throw new Error(`replay takes ${residentMb.toFixed(0)} MB of memory`);
}

function numberAfter(args: readonly string[], flag: string): number | undefined {
  const at = args.indexOf(flag);
  const value = at === -1 ? undefined : Number(args[at + 1]);
  if (value !== undefined && !(Number.isInteger(value) && value > 0))
    throw new Error(`${flag} takes a number`);
  return value;
}

async function measure(script: string, file: string): Promise<Measurement> {
  const path = join(import.meta.dirname, 'replay', script);
  const { stdout } = await promisify(execFile)(process.execPath, [path, file]);
  const measurement: Measurement = JSON.parse(stdout);
  return measurement;
}

function median(measurements: readonly Measurement[]): Measurement {
  const sorted = [...measurements].sort((a, b) => a.cpuSeconds - b.cpuSeconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

function report(name: string, { events, cpuSeconds, residentMb }: Measurement): void {
  const rate = Math.round(events / cpuSeconds).toLocaleString('en-US');
  const lines = events.toLocaleString('en-US');
  console.log(
    `${name.padEnd(22)} ${lines} events in ${cpuSeconds.toFixed(2)} s of CPU: ${rate} a second, peak ${residentMb.toFixed(0)} MB resident`,
  );
}
