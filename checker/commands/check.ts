import { join } from 'node:path';
import { type Command, Option } from '@commander-js/extra-typings';
import type { Follower } from '../../traces/follower.ts';
import type { CheckResult } from '../check/check-result.ts';
import { engineChoices, NATIVE_ENGINE } from '../check/engines.ts';
import { type Define, examples, type FlagsOf } from './command.ts';
import { parseDurationMs } from './duration-flag.ts';
import { integerWithin } from './integer-flag.ts';
import { onInterruption } from './on-interruption.ts';
import type { Output } from './output.ts';
import { ProgressLine } from './progress-line.ts';
import { usageError } from './usage-error.ts';

const ENGINES = engineChoices();

const DEFAULT_ENGINES =
  NATIVE_ENGINE === undefined
    ? 'By default replay judges, and TLC beside it where it is installed and the run is not too long for it.'
    : 'By default replay and the native engine judge; --engine all asks TLC too.';

const DESCRIPTION =
  'PATH is a file, a folder, or - for standard input. A folder is one run if each of its files says in its header ' +
  'which server it records; else each of its files is a run. Files may be compressed (.gz, .zst). ' +
  `${DEFAULT_ENGINES} Exit code 0 if every run is accepted, 1 if one is rejected, 3 ` +
  'if one is malformed, 4 if an engine came to no verdict, 5 if one is missing though asked for, or two contradict ' +
  'each other.';

const EXAMPLES = examples([
  { description: 'Check one run', command: 'raftcheck check run.ndjson' },
  {
    description: 'Check a run that was recorded in a file for each server',
    command: 'raftcheck check traces/',
  },
  {
    description: 'Check what another program writes, with all engines, for a minute at most',
    command: 'my-simulator | raftcheck check - --engine all --budget 60s',
  },
  {
    description: 'Judge a cluster while it runs, until nothing is written for ten seconds',
    command: 'raftcheck check traces/ --follow --idle 10s',
  },
  {
    description: 'Check against a spec of your own: RaftTrace.tla, and what you changed',
    command: 'raftcheck check run.ndjson --spec my-spec/',
  },
]);

const withFlags = (command: Command) =>
  command
    .argument('[PATH...]', 'A file, a folder, or - for standard input; one at least.')
    .addOption(
      new Option('--engine <ENGINE>', `Who judges: ${ENGINES.slice(1).join(', ')}, or auto.`)
        .choices(ENGINES)
        .default('auto'),
    )
    .option(
      '--budget <TIME>',
      'The time that each run may take, as 500ms, 10s or 2m; without a verdict by then it is inconclusive. A bare ' +
        'number counts seconds.',
      parseDurationMs,
    )
    .addOption(
      new Option(
        '--follow',
        'Judge one run while it is written, until its end lines are there, an event is rejected, or Ctrl-C, which ' +
          'gives the verdict of what is there. Not with --budget.',
      ).conflicts('budget'),
    )
    .option(
      '--idle <TIME>',
      'With --follow: the run is over when nothing was written for this long.',
      parseDurationMs,
    )
    .option(
      '--spec <DIR>',
      'A folder with a spec of your own: RaftTrace.tla and the modules that differ from spec/raft, which is looked ' +
        'up behind it. Replay does not apply then.',
    )
    .option(
      '--keep <DIR>',
      'A folder that takes what each engine was given and said; else only contradictions are kept.',
    )
    .option('--workers <N>', 'Threads of TLC; one for each processor by default.', integerWithin({ min: 1 }))
    .option('--tlc-jar <FILE>', 'The jar of TLC, in place of the installed one.');

export const defineCheck: Define = (command, output) => {
  withFlags(command)
    .description(DESCRIPTION)
    .addHelpText('after', EXAMPLES)
    .action(async (paths, flags) => output.result(await check(paths, flags, output)));
};

async function check(
  paths: readonly string[],
  flags: FlagsOf<typeof withFlags>,
  output: Output,
): Promise<CheckResult> {
  if (paths.length === 0) {
    throw usageError('name a trace to check: a file, a folder, or - for standard input');
  }
  if (flags.idle !== undefined && !flags.follow) throw usageError('--idle goes with --follow');
  const { findRecordings } = await import('../../traces/recording-source.ts');
  const { findFollowed } = await import('../../traces/find-followed.ts');
  const { openUserSpec } = await import('../check/user-spec.ts');
  const { planEngines } = await import('../check/engine-plan.ts');
  const { checkRecording } = await import('../check/check-recording.ts');
  const { checkResult, exitCodeOfOutcome } = await import('../check/check-result.ts');
  const { renderCheck } = await import('../check/render-check.ts');

  const progress = new ProgressLine();
  const follower = flags.follow ? await followerUntil(flags.idle) : undefined;
  const sources =
    follower === undefined
      ? await findRecordings(paths)
      : [await findFollowed(onlyPath(paths), follower, (servers) => progress.update(waitingFor(servers)))];
  const spec = flags.spec === undefined ? undefined : openUserSpec(flags.spec);
  const engines = await planEngines(flags.engine, {
    ...(spec === undefined ? {} : { spec }),
    ...(flags.tlcJar === undefined ? {} : { jarFlag: flags.tlcJar }),
    ...(flags.workers === undefined ? {} : { workers: flags.workers }),
    onProgress: (text) => progress.update(text),
  });
  const traces = [];
  for (const [index, source] of sources.entries()) {
    const share = sources.length === 1 ? '' : `${Math.floor((100 * index) / sources.length)} % `;
    traces.push(
      await checkRecording(source, {
        engines,
        ...(follower === undefined ? {} : { follower }),
        ...(spec === undefined ? {} : { specFolder: spec.folder }),
        ...keptAt(flags.keep, index, sources.length),
        ...(flags.budget === undefined ? {} : { budgetMs: flags.budget }),
        onProgress: (text) => progress.update(`${share}${source.path}  ${text}`),
      }),
    );
  }
  progress.clear();
  follower?.stop();
  const result = checkResult(traces, spec);
  process.exitCode = exitCodeOfOutcome(result.verdict);
  output.log(renderCheck(result));
  return result;
}

/** Ctrl-C ends the following, not the check; a later one ends the process. */
async function followerUntil(idleMs: number | undefined): Promise<Follower> {
  const { Follower } = await import('../../traces/follower.ts');
  const follower = new Follower(idleMs === undefined ? {} : { idleMs });
  onInterruption(() => follower.stop('interrupted'));
  return follower;
}

/** Of several runs each has a folder of its own. */
function keptAt(folder: string | undefined, index: number, runs: number): { readonly keepFolder?: string } {
  if (folder === undefined) return {};
  return { keepFolder: runs === 1 ? folder : join(folder, String(index + 1)) };
}

function onlyPath(paths: readonly string[]): string {
  const [path, ...others] = paths;
  if (path !== undefined && others.length === 0) return path;
  throw usageError('--follow follows one run: a file, a folder, or -');
}

function waitingFor(servers: readonly string[]): string {
  return servers.length === 0 ? 'waiting for a header' : `waiting for the file of ${servers.join(', ')}`;
}
