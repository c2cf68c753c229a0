import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { Cluster } from './cluster.ts';
import type { CrashPoint } from './crash-point.ts';

/** Which faults befall a cluster, and how often, in milliseconds; what is missing does not happen. */
export interface FaultOptions {
  readonly killEveryMs?: number;
  /** Where a kill is to fall; in turn. Empty: wherever the process happens to be. */
  readonly killAt: readonly CrashPoint[];
  readonly partitionEveryMs?: number;
  readonly pauseEveryMs?: number;
}

/** How long a process gets to come to the point where it is to die. */
const CRASH_PATIENCE_MS = 1000;

/**
 * Injects faults until `signal` ends them, and leaves the cluster whole: every server runs, every link is up. Only
 * one server is down at a time, so that a majority can go on.
 */
export async function injectFaults(
  cluster: Cluster,
  faults: FaultOptions,
  random: Random,
  signal: AbortSignal,
): Promise<void> {
  const killAt = [...faults.killAt];
  await Promise.all([
    every(faults.killEveryMs, signal, async () => {
      const point = killAt.shift();
      if (point !== undefined) killAt.push(point);
      await killAndRestart(cluster, point, random, signal);
    }),
    every(faults.partitionEveryMs, signal, () => partition(cluster, random, signal)),
    every(faults.pauseEveryMs, signal, () =>
      cluster.pause(preferLeader(cluster, random), random.between(200, 1200)),
    ),
  ]);
}

/** Repeats a fault; the period counts from start to start. */
async function every(
  periodMs: number | undefined,
  signal: AbortSignal,
  fault: () => Promise<void>,
): Promise<void> {
  if (periodMs === undefined) return;
  let pauseMs = periodMs;
  for (;;) {
    await wait(pauseMs, signal);
    if (signal.aborted) return;
    const started = performance.now();
    await fault();
    pauseMs = Math.max(0, periodMs - (performance.now() - started));
  }
}

async function killAndRestart(
  cluster: Cluster,
  point: CrashPoint | undefined,
  random: Random,
  signal: AbortSignal,
): Promise<void> {
  // What fsync releases are mostly the followers' answers.
  const victim = point === 'release' ? preferFollower(cluster, random) : preferLeader(cluster, random);
  await cluster.kill(victim, point, CRASH_PATIENCE_MS);
  await wait(random.between(200, 900), signal);
  await cluster.restart(victim);
}

/** Cuts a server off, entirely or in one direction, or makes its links slow. */
async function partition(cluster: Cluster, random: Random, signal: AbortSignal): Promise<void> {
  const server = preferLeader(cluster, random);
  const kind = random.pick(['isolate', 'deaf', 'mute', 'slow']);
  if (kind === 'slow') cluster.delay(server, random.between(20, 300));
  else cluster.isolate(server, { incoming: kind !== 'mute', outgoing: kind !== 'deaf' });
  await wait(random.between(300, 1500), signal);
  cluster.heal();
}

/** The leader is where a fault hurts most, but the others have their turn too. */
function preferLeader(cluster: Cluster, random: Random): string {
  const leader = cluster.leader;
  return leader !== undefined && random.chance(0.75) ? leader : anyOf(cluster.servers, random);
}

function preferFollower(cluster: Cluster, random: Random): string {
  const followers = cluster.servers.filter((server) => server !== cluster.leader);
  return anyOf(followers.length > 0 ? followers : cluster.servers, random);
}

function anyOf(servers: readonly string[], random: Random): string {
  const server = servers[random.below(servers.length)];
  if (server === undefined) throw new Error('a cluster without servers');
  return server;
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
