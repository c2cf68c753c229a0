import { cpus } from 'node:os';
import { join } from 'node:path';
import { listModels, type Model } from '../checker/model/model-manifest.ts';
import { ensureTlcJar } from '../checker/tlc/tlc-install.ts';
import type { TlcJar } from '../checker/tlc/tlc-jar.ts';
import { runTlc } from '../checker/tlc/tlc-process.ts';
import { hasFlag, numberAfter, textAfter } from './cost/arguments.ts';
import { type Cost, costOfChildren } from './cost/children-cost.ts';
import { runRaftcheck } from './cost/run-raftcheck.ts';

export const description = 'the native engine against TLC on models of 200,000 states: speed and memory';

const MODELS = ['election-medium', 'pipeline-medium', 'crash-in-flight'];
const MIN_STATES = 200_000;
const MIN_SPEED = 1.5;
const MAX_SHARE_OF_MEMORY = 1 / 3;

/** Heaps of TLC that are tried, in MB. */
const HEAPS_MB = [32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];
/** A heap suffices if TLC needs at most so many times as long with it as with all the memory that it wants. */
const MAX_SLOWDOWN = 2;

/**
 * Has both engines explore the same models, one after the other, each in a process of its own.
 *
 * @param args `--model NAME`, one of the manifest, instead of three; `--workers N` (1) of either engine; `--memory`:
 *   look for the smallest heap with which TLC succeeds, which takes TLC four more runs a model; `--native`: native alone
 * @throws where counts differ from the manifest's, or speed or memory miss their target
 */
export async function run(args: readonly string[]): Promise<void> {
  const workers = numberAfter(args, '--workers') ?? 1;
  const chosen = textAfter(args, '--model');
  const names = chosen === undefined ? MODELS : [chosen];
  const jar = hasFlag(args, '--native') ? undefined : await ensureTlcJar({});
  console.log(
    `${workers} worker(s), Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`,
  );
  const misses: string[] = [];
  for (const name of names) {
    const model = listModels().find((each) => each.name === name);
    if (model === undefined) throw new Error(`there is no model ${name}`);
    misses.push(...(await compare(model, workers, jar, hasFlag(args, '--memory'))));
  }
  if (misses.length > 0) throw new Error(misses.join('; '));
}

async function compare(
  model: Model,
  workers: number,
  jar: TlcJar | undefined,
  withMemory: boolean,
): Promise<readonly string[]> {
  const { expected } = model;
  if (expected.verdict !== 'holds') throw new Error(`${model.name} has no counts`);
  const misses: string[] = [];
  if (expected.distinct < MIN_STATES) misses.push(`${model.name} has less than ${MIN_STATES} states`);
  console.log(`\n${model.name}: ${expected.distinct.toLocaleString('en')} distinct states`);
  const native = await runNative(model, workers);
  report('native', native, expected.distinct);
  if (jar === undefined) return misses;
  const tlc = await runTlcOn(model, workers, jar, []);
  if (tlc === undefined) throw new Error(`TLC fails on ${model.name}`);
  report('TLC', tlc, expected.distinct);
  const speed = tlc.wallSeconds / native.wallSeconds;
  const cpu = tlc.cpuSeconds / native.cpuSeconds;
  console.log(
    `  native is ${speed.toFixed(2)} times as fast (target ${MIN_SPEED}), with ${cpu.toFixed(2)} times less CPU`,
  );
  if (speed < MIN_SPEED) misses.push(`${model.name}: ${speed.toFixed(2)} times TLC's speed`);
  if (!withMemory) return misses;
  const small = await smallestTlc(model, workers, jar, tlc.wallSeconds);
  report(`TLC -Xmx${small.heapMb}m`, small.cost, expected.distinct);
  const share = native.peakMb / small.cost.peakMb;
  console.log(
    `  native takes ${(100 * share).toFixed(0)} % of that memory (target: ${(100 * MAX_SHARE_OF_MEMORY).toFixed(0)} %)`,
  );
  if (share > MAX_SHARE_OF_MEMORY)
    misses.push(`${model.name}: ${(100 * share).toFixed(0)} % of TLC's memory`);
  return misses;
}

async function runNative(model: Model, workers: number): Promise<Cost> {
  const args = ['model', model.name, '--engine', 'native', '--workers', String(workers), '--format', 'json'];
  const { result, cost } = await costOfChildren(() => runRaftcheck(args));
  if (result.exitCode !== 0) throw new Error(`native on ${model.name}: ${result.stderr || result.stdout}`);
  demandCounts(model, JSON.parse(result.stdout), 'native');
  return cost;
}

/** undefined if TLC fails or takes too long. */
async function runTlcOn(
  model: Model,
  workers: number,
  jar: TlcJar,
  jvmOptions: readonly string[],
  budgetMs?: number,
): Promise<Cost | undefined> {
  const { result, cost } = await costOfChildren(() =>
    runTlc({
      jar,
      specFile: join(model.modelFolder, model.file),
      configFile: join(model.modelFolder, model.config),
      libraryFolders: [model.specFolder],
      workers,
      jvmOptions,
      ...(budgetMs === undefined ? {} : { budgetMs }),
    }),
  );
  if (result.end !== 'noError' || result.counts === undefined) return undefined;
  demandCounts(model, result.counts, 'TLC');
  return cost;
}

/** With several workers the depth may be overestimated by TLC, and counts stay what they are. */
function demandCounts(
  { name, expected }: Model,
  counts: { readonly distinct: number; readonly generated: number },
  engine: string,
): void {
  if (
    expected.verdict !== 'holds' ||
    counts.distinct !== expected.distinct ||
    counts.generated !== expected.generated
  ) {
    throw new Error(`${engine} counts ${counts.distinct} distinct, ${counts.generated} generated of ${name}`);
  }
}

/** The smallest heap with which TLC comes to its end in a time that one would wait, found by halving. */
async function smallestTlc(
  model: Model,
  workers: number,
  jar: TlcJar,
  usualSeconds: number,
): Promise<{ readonly heapMb: number; readonly cost: Cost }> {
  const budgetMs = MAX_SLOWDOWN * usualSeconds * 1000;
  let best: { readonly heapMb: number; readonly cost: Cost } | undefined;
  let low = 0;
  let high = HEAPS_MB.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const heapMb = HEAPS_MB[middle] ?? 0;
    const cost = await runTlcOn(model, workers, jar, [`-Xmx${heapMb}m`], budgetMs);
    if (cost === undefined) low = middle + 1;
    else {
      best = { heapMb, cost };
      high = middle - 1;
    }
  }
  if (best === undefined) throw new Error(`no heap suffices for ${model.name}`);
  return best;
}

function report(engine: string, { cpuSeconds, wallSeconds, peakMb }: Cost, states: number): void {
  const rate = Math.round(states / wallSeconds).toLocaleString('en');
  console.log(
    `  ${engine.padEnd(14)} ${wallSeconds.toFixed(1).padStart(7)} s, ${cpuSeconds.toFixed(1).padStart(7)} s of CPU, ` +
      `${rate.padStart(8)} states a second, peak ${peakMb.toFixed(0).padStart(5)} MB resident`,
  );
}
