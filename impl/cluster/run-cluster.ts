import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from '../../traces/make-folder.ts';
import type { Server } from '../../traces/trace-format.ts';
import { Random } from '../random.ts';
import { type LoadReport, runLoad } from './client-load.ts';
import { Cluster } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import { type FaultOptions, injectFaults } from './fault-loops.ts';
import type { Timing } from './process-messages.ts';

/** A run of a real cluster under load and faults. */
export interface ClusterRunOptions {
  /** How many servers: s1, s2, ... */
  readonly servers: number;
  readonly durationMs: number;
  /** Where the traces go; it must be empty or not be there. */
  readonly folder: string;
  readonly seed: number;
  /** Client commands a second. */
  readonly rate: number;
  readonly clients: number;
  readonly timing: Timing;
  readonly faults: FaultOptions;
  /** Of this package, for the traces' headers. */
  readonly version: string;
}

/** What came of it. */
export interface ClusterReport extends LoadReport {
  readonly run: string;
  readonly durationMs: number;
  readonly kills: number;
  readonly restarts: number;
  /** Which server led in which term, by term. */
  readonly leaders: readonly { readonly term: number; readonly server: Server }[];
  readonly traces: readonly { readonly server: Server; readonly path: string; readonly events: number }[];
}

/** What is told while it runs. */
export interface ClusterProgress {
  readonly elapsedMs: number;
  readonly kills: number;
  readonly leader: Server | undefined;
}

const PROGRESS_EVERY_MS = 200;

/**
 * Runs a cluster for a while, or until `signal` ends it early: then the traces are finished all the same. Whatever
 * happens, no process is left behind.
 *
 * @throws ClusterError if the folder is in use, or a server ends that was not to end
 */
export async function runCluster(
  options: ClusterRunOptions,
  signal: AbortSignal,
  onProgress: (progress: ClusterProgress) => void = () => {},
): Promise<ClusterReport> {
  claimFolder(options.folder);
  const servers = Array.from({ length: options.servers }, (_, index) => `s${index + 1}`);
  const run = `${options.seed.toString(16)}-${Date.now().toString(16)}`;
  const failure = new AbortController();
  const { folder, seed, timing, version } = options;
  const cluster = await Cluster.start({ servers, folder, run, seed, timing, version }, (error) =>
    failure.abort(error),
  );
  const killAll = () => cluster.killAll();
  process.once('exit', killAll);
  const started = performance.now();
  const progress = setInterval(() => {
    onProgress({ elapsedMs: performance.now() - started, kills: cluster.kills, leader: cluster.leader });
  }, PROGRESS_EVERY_MS);
  try {
    const over = new AbortController();
    const ended = AbortSignal.any([signal, failure.signal, over.signal]);
    const load = runLoad(() => cluster.clientPorts, { ...options, maxCommands: maxCommands(options) }, ended);
    const faults = injectFaults(cluster, options.faults, new Random(seed), ended);
    // A fault loop that fails ends the run as well.
    faults.catch((error: unknown) => failure.abort(error));
    await sleep(options.durationMs, undefined, { signal: ended }).catch(() => undefined);
    over.abort();
    const report = await load;
    await faults;
    const durationMs = Math.round(performance.now() - started);
    await cluster.stop();
    failure.signal.throwIfAborted();
    return {
      ...report,
      run,
      durationMs,
      kills: cluster.kills,
      restarts: cluster.restarts,
      leaders: [...cluster.leadersByTerm]
        .sort(([a], [b]) => a - b)
        .map(([term, server]) => ({ term, server })),
      traces: servers.map((server) => {
        const path = cluster.tracePath(server);
        return { server, path, events: countEvents(path) };
      }),
    };
  } finally {
    clearInterval(progress);
    cluster.killAll();
    process.off('exit', killAll);
  }
}

/** A folder of traces is one run: a new one never goes into a folder that holds anything. */
function claimFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ClusterError('RC6201', `${folder} cannot be a folder: ${reason}`, folder);
  }
  if (readdirSync(folder).length > 0)
    throw new ClusterError('RC6201', `${folder} is not empty; a run needs a folder of its own`, folder);
}

/** A bound on the load for the case that time stands still. */
function maxCommands({ durationMs, rate }: ClusterRunOptions): number {
  return Math.ceil((durationMs / 1000) * rate * 2) + 100;
}

/** The lines of a finished trace, without its header and its end line. */
function countEvents(path: string): number {
  const lines = readFileSync(path, 'utf8').split('\n').slice(1);
  return lines.filter((line) => line.startsWith('{"server"')).length;
}
