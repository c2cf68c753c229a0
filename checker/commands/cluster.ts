import { type Command, Option } from '@commander-js/extra-typings';
import type { ClusterReport } from '../../impl/cluster/run-cluster.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { readPackageManifest } from '../package-root.ts';
import { type Define, examples, type FlagsOf } from './command.ts';
import { parseDurationMs } from './duration-flag.ts';
import { integerWithin } from './integer-flag.ts';
import type { Output } from './output.ts';
import { ProgressLine } from './progress-line.ts';
import { parseSeed } from './seed-flag.ts';
import { usageError } from './usage-error.ts';

const DEFAULT_KILL_EVERY_MS = 2000;
/** An election timeout is so many heartbeats: a few may be lost before a follower gives up its leader. */
const ELECTION_HEARTBEATS = 4;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** As a shell reports a program that SIGINT ended. */
const INTERRUPTED_STATUS = 130;

const DESCRIPTION =
  'The servers are processes of their own with storage that is synced before anything is promised; they talk over ' +
  'TCP on 127.0.0.1. Clients append and read all the while, and check every answer on the spot. Kills are SIGKILL, ' +
  'and the server comes back on what its disk holds. Ctrl-C ends the run early and finishes the traces. Judge them ' +
  'with `raftcheck check DIR`.';

const EXAMPLES = examples([
  { description: 'Ten seconds without faults', command: 'raftcheck cluster --out run1' },
  {
    description: 'Kill a server every three seconds, the leader most of the time',
    command: 'raftcheck cluster --duration 10s --kill-every 3s --out run2',
  },
  {
    description: 'Kill between a write and its fsync, and between an fsync and its record',
    command: 'raftcheck cluster --kill-every 2s --kill-at fsync,persist-record\n--out run3',
  },
  {
    description: 'Five servers, cut links and frozen processes',
    command: 'raftcheck cluster --servers 5 --partition-every 3s --pause-every 4s\n--out run4',
  },
]);

const withFlags = (command: Command) =>
  command
    .requiredOption('--out <DIR>', 'A new or empty folder for the traces: DIR/s1.ndjson and so on. Required.')
    .option('--servers <N>', 'How many servers.', integerWithin({ min: 1, max: 9 }), 3)
    .addOption(
      new Option('--duration <TIME>', 'How long the clients run, as 500ms, 10s or 2m.')
        .argParser(parseDurationMs)
        .default(10_000, '10s'),
    )
    .option('--kill-every <TIME>', 'Kill a server so often and restart it.', parseDurationMs)
    .option(
      '--kill-at <LIST>',
      'Where the kills fall, in turn: "all", or a list with commas of torn-trace, write, torn-write, fsync, ' +
        'persist-record, release. A kill falls just before or in the middle of the named step. Without --kill-every ' +
        'a kill comes every 2 s.',
    )
    .option(
      '--partition-every <TIME>',
      'Cut a server off so often, in one direction or both, or slow its links down.',
      parseDurationMs,
    )
    .option('--pause-every <TIME>', 'Freeze a server so often for a moment (SIGSTOP).', parseDurationMs)
    .option('--rate <N>', 'Client commands a second.', integerWithin({ min: 1, max: 10_000 }), 20)
    .option('--clients <N>', 'How many clients share them.', integerWithin({ min: 1, max: 100 }), 4)
    .addOption(
      new Option('--heartbeat <TIME>', 'How often a leader sends heartbeats.')
        .argParser(parseDurationMs)
        .default(100, '100ms'),
    )
    .option('--seed <N>', 'For the timeouts and the faults; a real run never repeats exactly.', parseSeed, 1);

export const defineCluster: Define = (command, output) => {
  withFlags(command)
    .description(DESCRIPTION)
    .addHelpText('after', EXAMPLES)
    .action(async (flags) => output.result(await cluster(flags, output)));
};

async function cluster(flags: FlagsOf<typeof withFlags>, output: Output): Promise<object> {
  const { runCluster } = await import('../../impl/cluster/run-cluster.ts');
  const killAt = await parseKillAt(flags.killAt);
  const killEveryMs = flags.killEvery ?? (killAt.length > 0 ? DEFAULT_KILL_EVERY_MS : undefined);
  const line = new ProgressLine();
  const interruption = new AbortController();
  const interrupt = () => {
    // A second Ctrl-C does not wait for the traces.
    if (interruption.signal.aborted) process.exit(INTERRUPTED_STATUS);
    interruption.abort();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    const report = await runCluster(
      {
        servers: flags.servers,
        durationMs: flags.duration,
        folder: flags.out,
        seed: flags.seed,
        rate: flags.rate,
        clients: flags.clients,
        timing: { heartbeatMs: flags.heartbeat, electionTimeoutMs: flags.heartbeat * ELECTION_HEARTBEATS },
        faults: {
          killAt,
          ...(killEveryMs === undefined ? {} : { killEveryMs }),
          ...(flags.partitionEvery === undefined ? {} : { partitionEveryMs: flags.partitionEvery }),
          ...(flags.pauseEvery === undefined ? {} : { pauseEveryMs: flags.pauseEvery }),
        },
        version: readPackageManifest().version,
      },
      interruption.signal,
      ({ elapsedMs, kills, leader }) =>
        line.update(
          `${Math.round(elapsedMs / 1000)} s of ${flags.duration / 1000} s, leader ${leader ?? 'none'}, ${kills} kills`,
        ),
    );
    line.clear();
    print(report, flags.out, output);
    if (report.wrongAnswers.length > 0) process.exitCode = EXIT_CODES.rejected;
    return { format: 'raftcheck-cluster', version: 1, folder: flags.out, seed: flags.seed, ...report };
  } finally {
    line.clear();
    for (const signal of SIGNALS) process.off(signal, interrupt);
  }
}

function print(report: ClusterReport, folder: string, output: Output): void {
  const events = report.traces.reduce((sum, trace) => sum + trace.events, 0);
  const seconds = (report.durationMs / 1000).toFixed(1);
  output.log(
    `${report.completed} commands completed in ${seconds} s; ${report.kills} kills, ${report.restarts} restarts, ` +
      `${report.redirects} redirects`,
  );
  output.log(
    `leaders: ${report.leaders.map(({ term, server }) => `${server} (term ${term})`).join(', ') || 'none'}`,
  );
  for (const answer of report.wrongAnswers) output.log(`WRONG ANSWER: ${answer}`);
  output.log(`${events} events recorded:`);
  for (const trace of report.traces) output.log(`  ${trace.path}  ${trace.events}`);
  output.log(`judge them: raftcheck check ${folder}`);
}

async function parseKillAt(list: string | undefined) {
  const { CRASH_POINTS, isCrashPoint } = await import('../../impl/cluster/crash-point.ts');
  const all = Object.keys(CRASH_POINTS);
  const names = list === undefined ? [] : list === 'all' ? all : list.split(',');
  return names.map((name) => {
    if (isCrashPoint(name)) return name;
    throw usageError(`--kill-at ${name}: there are ${all.join(', ')}, and all`);
  });
}
