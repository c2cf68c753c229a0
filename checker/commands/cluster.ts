import { CLIError } from '@oclif/core/errors';
import * as Flags from '@oclif/core/flags';
import type { ClusterReport } from '../../impl/cluster/run-cluster.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { readPackageManifest } from '../package-root.ts';
import { BaseCommand } from './base-command.ts';
import { durationFlag } from './duration-flag.ts';
import { ProgressLine } from './progress-line.ts';

export default class ClusterCommand extends BaseCommand {
  static override summary =
    'Run a real Raft cluster of processes, harm it, and record a trace of each server.';
  static override description =
    'The servers are processes of their own with storage that is synced before anything is promised; they talk over ' +
    'TCP on 127.0.0.1. Clients append and read all the while, and check every answer on the spot. Kills are SIGKILL, ' +
    'and the server comes back on what its disk holds. Ctrl-C ends the run early and finishes the traces. Judge them ' +
    'with `raftcheck check DIR`.';
  static override examples = [
    { description: 'Ten seconds without faults', command: '<%= config.bin %> <%= command.id %> --out run1' },
    {
      description: 'Kill a server every three seconds, the leader most of the time',
      command: '<%= config.bin %> <%= command.id %> --duration 10s --kill-every 3s --out run2',
    },
    {
      description: 'Kill between a write and its fsync, and between an fsync and its record in the trace',
      command:
        '<%= config.bin %> <%= command.id %> --kill-every 2s --kill-at fsync,persist-record --out run3',
    },
    {
      description: 'Five servers, cut links and frozen processes',
      command:
        '<%= config.bin %> <%= command.id %> --servers 5 --partition-every 3s --pause-every 4s --out run4',
    },
  ];

  static override flags = {
    servers: Flags.integer({ summary: 'How many servers.', default: 3, min: 1, max: 9 }),
    duration: durationFlag({
      summary: 'How long the clients run.',
      default: 10_000,
      defaultHelp: async () => '10s',
    }),
    out: Flags.string({
      summary: 'A new or empty folder for the traces: DIR/s1.ndjson and so on.',
      helpValue: 'DIR',
      required: true,
    }),
    'kill-every': durationFlag({ summary: 'Kill a server so often and restart it.', helpValue: '3s' }),
    'kill-at': Flags.string({
      summary: 'Where the kills fall, in turn; a list with commas, or "all".',
      description:
        'A kill falls just before or in the middle of the named step: torn-trace, write, torn-write, fsync, ' +
        'persist-record, release. Without --kill-every a kill comes every 2 s.',
      helpValue: 'STEP,...',
    }),
    'partition-every': durationFlag({
      summary: 'Cut a server off so often, in one direction or both, or slow its links down.',
      helpValue: '3s',
    }),
    'pause-every': durationFlag({
      summary: 'Freeze a server so often for a moment (SIGSTOP).',
      helpValue: '3s',
    }),
    rate: Flags.integer({ summary: 'Client commands a second.', default: 20, min: 1, max: 10_000 }),
    clients: Flags.integer({ summary: 'How many clients share them.', default: 4, min: 1, max: 100 }),
    heartbeat: durationFlag({
      summary: 'How often a leader sends heartbeats.',
      default: 100,
      defaultHelp: async () => '100ms',
      helpValue: '100ms',
    }),
    seed: Flags.integer({
      summary: 'For the timeouts and the faults; a real run never repeats exactly.',
      default: 1,
      min: 0,
    }),
  };

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(ClusterCommand);
    const { runCluster } = await import('../../impl/cluster/run-cluster.ts');
    const killAt = await parseKillAt(flags['kill-at']);
    const killEveryMs = flags['kill-every'] ?? (killAt.length > 0 ? DEFAULT_KILL_EVERY_MS : undefined);
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
            ...(flags['partition-every'] === undefined ? {} : { partitionEveryMs: flags['partition-every'] }),
            ...(flags['pause-every'] === undefined ? {} : { pauseEveryMs: flags['pause-every'] }),
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
      this.#print(report, flags.out);
      if (report.wrongAnswers.length > 0) this.setExitCode(EXIT_CODES.rejected);
      return { format: 'raftcheck-cluster', version: 1, folder: flags.out, seed: flags.seed, ...report };
    } finally {
      line.clear();
      for (const signal of SIGNALS) process.off(signal, interrupt);
    }
  }

  #print(report: ClusterReport, folder: string): void {
    const events = report.traces.reduce((sum, trace) => sum + trace.events, 0);
    const seconds = (report.durationMs / 1000).toFixed(1);
    this.log(
      `${report.completed} commands completed in ${seconds} s; ${report.kills} kills, ${report.restarts} restarts, ` +
        `${report.redirects} redirects`,
    );
    this.log(
      `leaders: ${report.leaders.map(({ term, server }) => `${server} (term ${term})`).join(', ') || 'none'}`,
    );
    for (const answer of report.wrongAnswers) this.log(`WRONG ANSWER: ${answer}`);
    this.log(`${events} events recorded:`);
    for (const trace of report.traces) this.log(`  ${trace.path}  ${trace.events}`);
    this.log(`judge them: raftcheck check ${folder}`);
  }
}

export const COMMANDS = { cluster: ClusterCommand };

const DEFAULT_KILL_EVERY_MS = 2000;
/** An election timeout is so many heartbeats: a few may be lost before a follower gives up its leader. */
const ELECTION_HEARTBEATS = 4;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** As a shell reports a program that SIGINT ended. */
const INTERRUPTED_STATUS = 130;

async function parseKillAt(list: string | undefined) {
  const { CRASH_POINTS, isCrashPoint } = await import('../../impl/cluster/crash-point.ts');
  const all = Object.keys(CRASH_POINTS);
  const names = list === undefined ? [] : list === 'all' ? all : list.split(',');
  return names.map((name) => {
    if (isCrashPoint(name)) return name;
    throw new CLIError(`--kill-at ${name}: there are ${all.join(', ')}, and all`, { exit: 2 });
  });
}
