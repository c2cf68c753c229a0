import { VARIABLES } from '../../traces/actions.ts';
import { RaftServer } from '../raft/raft-server.ts';
import type { ServerSetup, TraceSink } from '../raft/state.ts';
import { type DurableState, type FileCalls, StableStorage } from '../storage/stable-storage.ts';
import { ClusterError } from './cluster-error.ts';
import type { Crash } from './crash-point.ts';
import type { ServerOptions } from './process-messages.ts';
import { ServerTrace } from './server-trace.ts';
import { continueTrace, type TracedLife } from './trace-continuation.ts';

/** A server that is ready to run, on what its disk and its trace hold. */
export interface RecoveredServer {
  readonly raft: RaftServer;
  readonly storage: StableStorage;
  readonly trace: ServerTrace;
}

/**
 * Makes a server: a new one where there is no trace yet, else one that goes on after a crash.
 *
 * @param calls stand in for those of the operating system
 * @throws StorageError RC5201, RC5202; ClusterError RC5204 if trace and storage contradict each other
 */
export function recoverServer(options: ServerOptions, crash: Crash, calls?: FileCalls): RecoveredServer {
  const { server, servers, storagePath, tracePath } = options;
  // First: what survived is made durable again before the trace says that it did.
  const [storage, durable] = StableStorage.open(storagePath, calls);
  const life = continueTrace(tracePath);
  const writes = survivingWrites(durable, life, tracePath);
  const trace = new ServerTrace(tracePath, life.events, crash);
  if (!life.hasHeader) trace.writeHeader(headerOf(options));
  // The time is for people: no verdict depends on it.
  const sink: TraceSink = (event) => trace.writeEvent({ ...event, time: Date.now() });
  const setup: ServerSetup = {
    server,
    servers,
    configuration: { voters: servers },
    atomicPersistence: false,
    trace: sink,
  };
  const { currentTerm, votedFor, log } = durable;
  const raft = life.hasHeader
    ? RaftServer.restart(setup, { currentTerm, votedFor, log, commitIndex: 0, writes, events: life.events })
    : new RaftServer(setup);
  return { raft, storage, trace };
}

/** How many of the writes survived that, for all the trace knows, might have been lost. */
function survivingWrites(durable: DurableState, life: TracedLife, tracePath: string): number {
  const writes = durable.writes - life.durableWrites;
  if (writes >= 0 && writes <= life.pendingWrites) return writes;
  throw new ClusterError(
    'RC5204',
    `storage holds ${durable.writes} writes, but the trace knows of ${life.durableWrites} durable and ` +
      `${life.pendingWrites} pending ones`,
    tracePath,
  );
}

function headerOf({ run, server, servers, seed, version }: ServerOptions) {
  return {
    format: 'raftcheck-trace',
    version: 1,
    protocol: 'raft',
    run,
    servers,
    configuration: { voters: servers },
    features: [],
    observed: VARIABLES,
    source: { program: 'raftcheck cluster', version, seed: `0x${seed.toString(16)}` },
    server,
  } as const;
}
