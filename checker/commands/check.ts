import { join } from 'node:path';
import { CLIError } from '@oclif/core/errors';
import * as Flags from '@oclif/core/flags';
import type { Follower } from '../../traces/follower.ts';
import { engineChoices, NATIVE_ENGINE } from '../check/engines.ts';
import { BaseCommand } from './base-command.ts';
import { durationFlag } from './duration-flag.ts';
import { onInterruption } from './on-interruption.ts';
import { ProgressLine } from './progress-line.ts';

const ENGINES = engineChoices();

const DEFAULT_ENGINES =
  NATIVE_ENGINE === undefined
    ? 'By default replay judges, and TLC beside it where it is installed and the run is not too long for it.'
    : 'By default replay and the native engine judge; --engine all asks TLC too.';

export default class CheckCommand extends BaseCommand {
  static override summary = 'Hold recorded runs against the spec of Raft.';
  static override description =
    'PATH is a file, a folder, or - for standard input. A folder is one run if each of its files says in its header ' +
    'which server it records; else each of its files is a run. Files may be compressed (.gz, .zst). ' +
    `${DEFAULT_ENGINES} Exit code 0 if every run is accepted, 1 if one is rejected, 3 ` +
    'if one is malformed, 4 if an engine came to no verdict, 5 if one is missing though asked for, or two contradict ' +
    'each other.';
  static override strict = false;
  static override usage =
    `check PATH... [--engine ${ENGINES.join('|')}] [--budget TIME] [--follow [--idle TIME]] [--spec DIR] [--keep DIR] [--workers N] [--tlc-jar FILE] ` +
    '[--format pretty|json]';
  static override examples = [
    { description: 'Check one run', command: '<%= config.bin %> <%= command.id %> run.ndjson' },
    {
      description: 'Check a run that was recorded in a file for each server',
      command: '<%= config.bin %> <%= command.id %> traces/',
    },
    {
      description: 'Check what another program writes, with both engines, for a minute at most',
      command: 'my-simulator | <%= config.bin %> <%= command.id %> - --engine all --budget 60s',
    },
    {
      description: 'Judge a cluster while it runs, until it has written nothing for ten seconds',
      command: '<%= config.bin %> <%= command.id %> traces/ --follow --idle 10s',
    },
    {
      description:
        'Check against a spec of your own: a copy of RaftTrace.tla, and the modules that you changed',
      command: '<%= config.bin %> <%= command.id %> run.ndjson --spec my-spec/',
    },
  ];

  static override flags = {
    engine: Flags.option({
      options: ENGINES,
      summary: `Who judges: ${ENGINES.slice(1).join(', ')}, or auto, the default.`,
      default: 'auto',
    })(),
    budget: durationFlag({
      summary:
        'The time that each run may take; without a verdict by then it is inconclusive. A bare number counts seconds.',
    }),
    keep: Flags.string({
      summary: 'A folder that takes what each engine was given and said; else only contradictions are kept.',
      helpValue: 'DIR',
    }),
    follow: Flags.boolean({
      summary:
        'Judge one run while it is written, until its end lines are there, an event is rejected, or Ctrl-C, which gives ' +
        'the verdict of what is there.',
      exclusive: ['budget'],
    }),
    idle: durationFlag({
      summary: 'With --follow: the run is over when nothing was written for this long.',
      dependsOn: ['follow'],
    }),
    spec: Flags.string({
      summary:
        'A folder with a spec of your own: RaftTrace.tla and the modules that differ from spec/raft, which is ' +
        'looked up behind it. Replay does not apply then.',
      helpValue: 'DIR',
    }),
    workers: Flags.integer({ summary: 'Threads of TLC; one for each processor by default.', min: 1 }),
    'tlc-jar': Flags.string({ summary: 'The jar of TLC, in place of the installed one.', helpValue: 'FILE' }),
  };

  /** Ctrl-C ends the following, not the check; a later one ends the process. */
  async #follower(idleMs: number | undefined): Promise<Follower> {
    const { Follower } = await import('../../traces/follower.ts');
    const follower = new Follower(idleMs === undefined ? {} : { idleMs });
    onInterruption(() => follower.stop('interrupted'));
    return follower;
  }

  override async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(CheckCommand);
    const paths = argv.map(String);
    if (paths.length === 0) {
      throw new CLIError('name a trace to check: a file, a folder, or - for standard input', {
        exit: 2,
      });
    }
    const { findRecordings } = await import('../../traces/recording-source.ts');
    const { findFollowed } = await import('../../traces/find-followed.ts');
    const { openUserSpec } = await import('../check/user-spec.ts');
    const { planEngines } = await import('../check/engine-plan.ts');
    const { checkRecording } = await import('../check/check-recording.ts');
    const { checkResult, exitCodeOfOutcome } = await import('../check/check-result.ts');
    const { renderCheck } = await import('../check/render-check.ts');

    const progress = new ProgressLine();
    const follower = flags.follow ? await this.#follower(flags.idle) : undefined;
    const sources =
      follower === undefined
        ? await findRecordings(paths)
        : [await findFollowed(onlyPath(paths), follower, (servers) => progress.update(waitingFor(servers)))];
    const spec = flags.spec === undefined ? undefined : openUserSpec(flags.spec);
    const engines = await planEngines(flags.engine, {
      ...(spec === undefined ? {} : { spec }),
      ...(flags['tlc-jar'] === undefined ? {} : { jarFlag: flags['tlc-jar'] }),
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
    this.setExitCode(exitCodeOfOutcome(result.verdict));
    this.log(renderCheck(result));
    return result;
  }
}

export const COMMANDS = { check: CheckCommand };

/** Of several runs each has a folder of its own. */
function keptAt(folder: string | undefined, index: number, runs: number): { readonly keepFolder?: string } {
  if (folder === undefined) return {};
  return { keepFolder: runs === 1 ? folder : join(folder, String(index + 1)) };
}

function onlyPath(paths: readonly string[]): string {
  const [path, ...others] = paths;
  if (path !== undefined && others.length === 0) return path;
  throw new CLIError('--follow follows one run: a file, a folder, or -', { exit: 2 });
}

function waitingFor(servers: readonly string[]): string {
  return servers.length === 0 ? 'waiting for a header' : `waiting for the file of ${servers.join(', ')}`;
}
