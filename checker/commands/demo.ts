import type { ClusterReport } from '../../impl/cluster/run-cluster.ts';
import type { TraceResult } from '../check/check-result.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { readPackageManifest } from '../package-root.ts';
import { type Define, examples } from './command.ts';
import type { Output } from './output.ts';
import { ProgressLine } from './progress-line.ts';

/** The seed is one with which the leader is what is killed, and stays down until another is elected. */
const CLUSTER = {
  seed: 16,
  servers: 3,
  durationMs: 4000,
  killEveryMs: 1500,
  rate: 20,
  clients: 2,
  heartbeatMs: 75,
} as const;

const DESCRIPTION =
  'Runs three server processes, kills their leader with SIGKILL, and holds what they recorded against the spec, by ' +
  'replay and by the native engine. Then it plants the bug of Figure 8 into a simulated cluster and shows how its ' +
  'trace is rejected. Takes under a minute and needs no Java. Exit code 0 if the first run is accepted and the second ' +
  'rejected.';

const EXAMPLES = examples([
  { description: 'Watch', command: 'raftcheck demo' },
  { description: 'Say where the traces go', command: 'raftcheck demo --out demo' },
]);

export const defineDemo: Define = (command, output) => {
  command
    .option('--out <DIR>', 'Where the traces go; by default a new temporary folder. They stay there.')
    .description(DESCRIPTION)
    .addHelpText('after', EXAMPLES)
    .action(async ({ out }) => output.result(await new Demo(output).run(out)));
};

class Demo {
  readonly #output: Output;
  readonly #progress = new ProgressLine();

  constructor(output: Output) {
    this.#output = output;
  }

  async run(out: string | undefined): Promise<object> {
    const { mkdtempSync } = await import('node:fs');
    const { tmpdir } = await import('node:os');
    const { join } = await import('node:path');
    const { makeOutputFolder } = await import('../output-folder.ts');
    const folder = out === undefined ? mkdtempSync(join(tmpdir(), 'raftcheck-demo-')) : makeOutputFolder(out);
    try {
      const good = await this.#runCluster(join(folder, 'cluster'));
      const bad = await this.#plantBug(join(folder, 'figure-8.ndjson'));
      const isAsItShouldBe = good.trace.verdict === 'accepted' && bad.verdict === 'rejected';
      process.exitCode = isAsItShouldBe ? EXIT_CODES.ok : EXIT_CODES.toolFailed;
      this.#output.log(`\nThe traces are in ${folder}.`);
      return {
        format: 'raftcheck-demo',
        version: 1,
        cluster: good.report,
        accepted: good.trace,
        rejected: bad,
      };
    } finally {
      this.#progress.clear();
    }
  }

  async #runCluster(folder: string): Promise<{ report: ClusterReport; trace: TraceResult }> {
    const { runCluster } = await import('../../impl/cluster/run-cluster.ts');
    this.#output.log(
      '1. Three servers over TCP, with durable storage, under load; their leader is killed with SIGKILL.\n',
    );
    const { seed, servers, durationMs, killEveryMs, rate, clients, heartbeatMs } = CLUSTER;
    const report = await runCluster(
      {
        servers,
        durationMs,
        folder,
        seed,
        rate,
        clients,
        timing: { heartbeatMs, electionTimeoutMs: 4 * heartbeatMs },
        faults: { killAt: [], killEveryMs },
        version: readPackageManifest().version,
      },
      new AbortController().signal,
      ({ elapsedMs, leader }) =>
        this.#progress.update(
          `${Math.min(99, Math.round((100 * elapsedMs) / durationMs))} %, leader ${leader ?? 'none'}`,
        ),
    );
    this.#progress.clear();
    const leaders = report.leaders.map(({ term, server }) => `${server} in term ${term}`).join(', ');
    this.#output.log(
      `   ${report.completed} commands completed, ${report.kills} kills, ${report.restarts} restarts; leaders: ${leaders}\n`,
    );
    this.#output.log('2. What each server recorded is held against the TLA+ spec.\n');
    return { report, trace: await this.#check(folder) };
  }

  async #plantBug(file: string): Promise<TraceResult> {
    const { headerOf, simulate } = await import('../../impl/simulator/simulate.ts');
    const { TraceOutput } = await import('../../traces/trace-output.ts');
    this.#output.log(
      '\n3. The same with a bug: a leader commits an entry of an old term by counting (Figure 8 of the paper).\n',
    );
    const output = new TraceOutput(file);
    const plan = {
      course: { type: 'scenario', name: 'figure-8-commit' },
      bug: 'commit-old-term',
      checkInvariants: false,
      trace: (event) => output.writer.event(event),
    } as const satisfies import('../../impl/simulator/simulate.ts').SimulationPlan;
    output.writer.header(headerOf(plan, readPackageManifest().version));
    simulate(plan);
    output.end();
    return this.#check(file);
  }

  /** By the engines that `raftcheck check` asks. */
  async #check(path: string): Promise<TraceResult> {
    const { planEngines } = await import('../check/engine-plan.ts');
    const { checkRecording } = await import('../check/check-recording.ts');
    const { checkResult } = await import('../check/check-result.ts');
    const { renderCheck } = await import('../check/render-check.ts');
    const { findRecordings } = await import('../../traces/recording-source.ts');
    const engines = await planEngines('auto');
    const [source] = await findRecordings([path]);
    if (source === undefined) throw new Error(`${path} holds no recording`);
    const trace = await checkRecording(source, {
      engines,
      onProgress: (text) => this.#progress.update(text),
    });
    this.#progress.clear();
    this.#output.log(renderCheck(checkResult([trace])).replace(/^/gm, '   '));
    return trace;
  }
}
