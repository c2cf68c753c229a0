import type { Message, Server } from '../../traces/trace-format.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';

/** A schedule that is written down, not drawn: it always gives the same run. */
export interface Scenario {
  readonly description: string;
  readonly servers: number;
  readonly run: (cluster: SimulatedCluster) => void;
}

type Filter = (message: Message) => boolean;

/** Lets disks and network work until nothing is left to do; messages that the filter refuses are lost. */
function settle(cluster: SimulatedCluster, passes: Filter): void {
  for (let isBusy = true; isBusy; ) {
    isBusy = false;
    for (const server of cluster.servers) {
      const writes = cluster.disk(server).pending.length;
      if (writes === 0 || cluster.running(server) === undefined) continue;
      cluster.step(server, { type: 'persisted', writes });
      isBusy = true;
    }
    for (const message of cluster.inFlight()) {
      if (passes(message)) cluster.deliver(message);
      else cluster.drop(message);
      isBusy = true;
    }
  }
}

function among(...servers: readonly Server[]): Filter {
  return ({ from, to }) => servers.includes(from) && servers.includes(to);
}

function votesAmong(...servers: readonly Server[]): Filter {
  const isAmong = among(...servers);
  return (message) => isAmong(message) && message.type.startsWith('RequestVote');
}

function submit(cluster: SimulatedCluster, leader: Server, command: string, reach: Filter): void {
  cluster.step(leader, { type: 'clientRequest', command });
  settle(cluster, reach);
}

/** A server's election timeout elapses, and the election is held among those that the filter lets talk. */
function elect(cluster: SimulatedCluster, candidate: Server, reach: Filter): void {
  cluster.step(candidate, { type: 'electionTimeout' });
  settle(cluster, reach);
}

/** A leader commits, crashes with a command on half of the cluster, and comes back as a follower. */
function leaderCrash(cluster: SimulatedCluster): void {
  const everybody = among('s1', 's2', 's3');
  elect(cluster, 's1', everybody);
  submit(cluster, 's1', 'x=1', everybody);
  submit(cluster, 's1', 'x=2', everybody);
  submit(cluster, 's1', 'x=3', among('s1', 's2'));
  cluster.step('s1', { type: 'clientRequest', command: 'x=4' });
  cluster.crash('s1');
  elect(cluster, 's2', everybody);
  submit(cluster, 's2', 'x=5', everybody);
  cluster.restart('s1', { writes: 0 });
  cluster.step('s2', { type: 'retry' });
  settle(cluster, everybody);
  submit(cluster, 's2', 'x=6', everybody);
  cluster.step('s2', { type: 'retry' });
  settle(cluster, everybody);
}

/** Figure 8, (a) to (c): an entry of an old term comes to be on a majority, of which `reach` hear the new leader. */
function figure8UpToC(cluster: SimulatedCluster, reach: Filter): void {
  const everybody = among('s1', 's2', 's3', 's4', 's5');
  elect(cluster, 's1', everybody);
  submit(cluster, 's1', 'x=1', everybody);
  // (a) S1 leads and its entry reaches S2 alone.
  submit(cluster, 's1', 'x=2', among('s1', 's2'));
  // (b) S1 crashes; S5 is elected by S3, S4 and itself, and appends another entry at the same index.
  cluster.crash('s1');
  elect(cluster, 's5', votesAmong('s3', 's4', 's5'));
  submit(cluster, 's5', 'x=3', votesAmong('s5'));
  // (c) S5 crashes; S1 comes back, is elected, and goes on replicating.
  cluster.crash('s5');
  cluster.restart('s1', { writes: 0 });
  elect(cluster, 's1', () => false);
  elect(cluster, 's1', votesAmong('s1', 's2', 's3'));
  cluster.step('s1', { type: 'retry' });
  settle(cluster, reach);
}

function s5Returns(cluster: SimulatedCluster): void {
  cluster.crash('s1');
  cluster.restart('s5', { writes: 0 });
  const others = among('s2', 's3', 's4', 's5');
  elect(cluster, 's5', () => false);
  elect(cluster, 's5', others);
  if (cluster.running('s5')?.state.role !== 'leader') return;
  cluster.step('s5', { type: 'retry' });
  settle(cluster, others);
}

/** The scenarios by name. */
export const SCENARIOS = {
  'leader-crash': {
    description: 'a leader crashes with uncommitted entries, another is elected, the first comes back',
    servers: 3,
    run: leaderCrash,
  },
  'figure-8': {
    description:
      'Figure 8 (a) to (d): an entry that is on a majority is overwritten, for it was never committed',
    servers: 5,
    run: (cluster) => {
      figure8UpToC(cluster, among('s1', 's3'));
      s5Returns(cluster);
    },
  },
  'figure-8-commit': {
    description: 'Figure 8 (e): an entry of the leader reaches a majority, and S5 can no longer be elected',
    servers: 5,
    run: (cluster) => {
      figure8UpToC(cluster, among('s1', 's2', 's3'));
      s5Returns(cluster);
    },
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;
