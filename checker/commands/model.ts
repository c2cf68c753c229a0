import { Args, Errors, Flags } from '@oclif/core';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import type { ModelClass } from '../model/model-manifest.ts';
import type { ModelVerdict } from '../model/run-model.ts';
import type { StateCounts } from '../tlc/tlc-report.ts';
import { BaseCommand } from './base-command.ts';
import { durationFlag } from './duration-flag.ts';
import { ProgressLine } from './progress-line.ts';

const EXIT_CODE_OF: Readonly<Record<ModelVerdict['verdict'], ExitCode>> = {
  holds: EXIT_CODES.ok,
  violated: EXIT_CODES.rejected,
  inconclusive: EXIT_CODES.inconclusive,
};

/** What TLC runs, and under which name it is told. */
interface Job {
  readonly name: string;
  readonly specFile: string;
  readonly configFile: string;
  readonly libraryFolders: readonly string[];
}

export default class ModelCommand extends BaseCommand {
  static override summary = 'Run the TLC model checker on a model of the spec, or on a spec of your own.';
  static override description =
    'A model is the spec with bounds: small enough for TLC to look at every state. NAME is one of the models in the ' +
    'manifest (--list); FILE.tla is any TLA+ module, its configuration FILE.cfg if --config does not say otherwise. ' +
    'A counterexample is given step by step, with the variables that each step changes. Exit code 0 if every ' +
    'property holds, 1 if one is violated, 4 if the time did not suffice, 5 if the counts of a manifest are wrong ' +
    '(--all) or a mutant survives (--mutants).';
  static override usage =
    'model [NAME | FILE.tla] [--config FILE.cfg] [--library FOLDER...] [--list | --all small|medium|large | --mutants | ' +
    '--mutant NAME] [--workers N] [--budget TIME] [--format pretty|json]';
  static override examples = [
    { description: 'List the models and the mutants', command: '<%= config.bin %> <%= command.id %> --list' },
    { description: 'Run one', command: '<%= config.bin %> <%= command.id %> election' },
    {
      description: 'Run a spec of your own, with two workers',
      command: '<%= config.bin %> <%= command.id %> Lock.tla --config Lock.cfg --workers 2',
    },
    {
      description: 'Run every model that takes seconds, and compare the counts with the manifest',
      command: '<%= config.bin %> <%= command.id %> --all small',
    },
    {
      description: 'Show that the models find what they are meant to find',
      command: '<%= config.bin %> <%= command.id %> --mutants',
    },
  ];

  static override args = {
    model: Args.string({ description: 'A model of the manifest, or FILE.tla.', ignoreStdin: true }),
  };

  static override flags = {
    config: Flags.string({ summary: 'The configuration of FILE.tla.', helpValue: 'FILE.cfg' }),
    library: Flags.string({
      summary: 'A folder in which modules are looked up besides that of FILE.tla.',
      helpValue: 'FOLDER',
      multiple: true,
    }),
    list: Flags.boolean({
      summary: 'List the models and the mutants, and run none.',
      exclusive: ['all', 'mutants'],
    }),
    all: Flags.option({
      options: ['small', 'medium', 'large'] as const,
      summary: 'Run every model up to a class of run time: seconds, minutes, hours.',
      exclusive: ['mutants'],
    })(),
    mutants: Flags.boolean({ summary: 'Run the mutants of the spec: TLC must find the mistake in each.' }),
    mutant: Flags.string({
      summary: 'Run one mutant of the spec.',
      helpValue: 'NAME',
      exclusive: ['all', 'mutants'],
    }),
    workers: Flags.integer({ summary: 'How many threads TLC searches with.', default: 1, min: 1 }),
    budget: durationFlag({ summary: 'Stop TLC after this time; then the verdict is inconclusive.' }),
  };

  override async run(): Promise<unknown> {
    const { args, flags } = await this.parse(ModelCommand);
    if (
      args.model !== undefined &&
      (flags.list || flags.mutants || flags.all || flags.mutant !== undefined)
    ) {
      throw usageError('give a model, or one of --list, --all, --mutants, --mutant');
    }
    if (flags.list) return this.#list();
    const limits = {
      workers: flags.workers,
      ...(flags.budget === undefined ? {} : { budgetMs: flags.budget }),
    };
    if (flags.mutants || flags.mutant !== undefined) return this.#runMutants(flags.mutant, limits);
    if (flags.all !== undefined) return this.#runAll(flags.all, limits);
    if (args.model === undefined) throw usageError(`give a model: ${await modelNames()}, or FILE.tla`);
    return this.#runOne(await resolveJob(args.model, flags.config, flags.library), limits);
  }

  async #list(): Promise<unknown> {
    const { listModels } = await import('../model/model-manifest.ts');
    const { listMutants } = await import('../model/mutant.ts');
    const models = listModels();
    const mutants = listMutants();
    this.log('models');
    for (const model of models) {
      this.log(`  ${model.name.padEnd(24)} ${model.class.padEnd(7)} ${model.description}`);
    }
    this.log('\nmutants');
    for (const mutant of mutants) {
      this.log(`  ${mutant.name.padEnd(24)} ${mutant.model}: ${mutant.property}; ${mutant.description}`);
    }
    return {
      format: 'raftcheck-model-list',
      version: 1,
      models: models.map(({ specFolder: _spec, modelFolder: _models, ...model }) => model),
      mutants,
    };
  }

  async #runOne(job: Job, limits: Limits): Promise<unknown> {
    const { renderVerdict } = await import('../model/render-model.ts');
    const { listModels } = await import('../model/model-manifest.ts');
    const { differenceFromExpected } = await import('../model/run-model.ts');
    const verdict = await this.#check(job, limits);
    this.log(renderVerdict(job.name, verdict));
    const model = listModels().find((each) => each.name === job.name);
    const difference = model === undefined ? undefined : differenceFromExpected(verdict, model.expected);
    if (difference !== undefined) this.logToStderr(`note: ${difference}; was the spec changed?`);
    this.setExitCode(EXIT_CODE_OF[verdict.verdict]);
    return {
      format: 'raftcheck-model',
      version: 1,
      ...resultOf(job.name, verdict),
      ...(model === undefined ? {} : { asExpected: difference === undefined }),
    };
  }

  async #runAll(largest: ModelClass, limits: Limits): Promise<unknown> {
    const { listModels, MODEL_CLASSES } = await import('../model/model-manifest.ts');
    const { renderVerdict } = await import('../model/render-model.ts');
    const { differenceFromExpected } = await import('../model/run-model.ts');
    const wanted = MODEL_CLASSES.slice(0, MODEL_CLASSES.indexOf(largest) + 1);
    const results: Record<string, unknown>[] = [];
    let exitCode: ExitCode = EXIT_CODES.ok;
    for (const model of listModels().filter((each) => wanted.includes(each.class))) {
      const verdict = await this.#check(await resolveJob(model.name), limits);
      const difference = differenceFromExpected(verdict, model.expected);
      this.log(renderVerdict(model.name, verdict));
      if (difference !== undefined) this.log(`RC5007: ${difference}`);
      results.push({ ...resultOf(model.name, verdict), asExpected: difference === undefined, difference });
      if (difference !== undefined) exitCode = EXIT_CODES.toolFailed;
      else if (verdict.verdict === 'inconclusive' && exitCode === EXIT_CODES.ok)
        exitCode = EXIT_CODES.inconclusive;
    }
    this.setExitCode(exitCode);
    return {
      format: 'raftcheck-models',
      version: 1,
      asExpected: exitCode === EXIT_CODES.ok,
      models: results,
    };
  }

  async #runMutants(name: string | undefined, limits: Limits): Promise<unknown> {
    const { listModels } = await import('../model/model-manifest.ts');
    const { listMutants, runMutant } = await import('../model/mutant.ts');
    const { renderVerdict } = await import('../model/render-model.ts');
    const { ensureTlcJar } = await import('../tlc/tlc-install.ts');
    const mutants = listMutants().filter((mutant) => name === undefined || mutant.name === name);
    if (mutants.length === 0)
      throw usageError(`there is no mutant ${name}; raftcheck model --list shows them`);
    const jar = await ensureTlcJar({ onProgress: (message) => this.logToStderr(message) });
    const models = listModels();
    const results: Record<string, unknown>[] = [];
    let survivors = 0;
    let undecided = 0;
    for (const mutant of mutants) {
      const verdict = await this.#withProgress(mutant.name, (onProgress) =>
        runMutant(mutant, models, { jar, ...limits, onProgress }),
      );
      const caught = verdict.verdict === 'violated';
      if (verdict.verdict === 'holds') survivors++;
      if (verdict.verdict === 'inconclusive') undecided++;
      const steps = verdict.verdict === 'violated' ? verdict.steps.length - 1 : 0;
      if (name !== undefined) this.log(renderVerdict(mutant.name, verdict));
      else if (caught) this.log(`caught    ${mutant.name.padEnd(32)} ${mutant.property} in ${steps} steps`);
      else
        this.log(
          `${verdict.verdict === 'holds' ? 'SURVIVED ' : 'undecided'} ${mutant.name.padEnd(32)} ${mutant.property}`,
        );
      results.push({ ...resultOf(mutant.name, verdict), expectedProperty: mutant.property, caught });
    }
    this.setExitCode(
      survivors > 0 ? EXIT_CODES.toolFailed : undecided > 0 ? EXIT_CODES.inconclusive : EXIT_CODES.ok,
    );
    return {
      format: 'raftcheck-mutants',
      version: 1,
      caught: mutants.length - survivors - undecided,
      mutants: results,
    };
  }

  async #check(job: Job, limits: Limits): Promise<ModelVerdict> {
    const { ensureTlcJar } = await import('../tlc/tlc-install.ts');
    const { runModel } = await import('../model/run-model.ts');
    const jar = await ensureTlcJar({ onProgress: (message) => this.logToStderr(message) });
    return this.#withProgress(job.name, (onProgress) => runModel({ jar, ...job, ...limits, onProgress }));
  }

  async #withProgress<T>(
    name: string,
    work: (onProgress: (counts: StateCounts) => void) => Promise<T>,
  ): Promise<T> {
    const { renderProgress } = await import('../model/render-model.ts');
    const line = new ProgressLine();
    line.update(`${name}: TLC starts`);
    try {
      return await work((counts) => line.update(renderProgress(name, counts)));
    } finally {
      line.clear();
    }
  }
}

interface Limits {
  readonly workers: number;
  readonly budgetMs?: number;
}

function usageError(message: string): Error {
  return new Errors.CLIError(message, { exit: 2 });
}

async function modelNames(): Promise<string> {
  const { listModels } = await import('../model/model-manifest.ts');
  return listModels()
    .map((model) => model.name)
    .join(', ');
}

/** A name of the manifest, or a file of the user's. */
async function resolveJob(model: string, config?: string, libraryFolders: string[] = []): Promise<Job> {
  const { join } = await import('node:path');
  const { listModels } = await import('../model/model-manifest.ts');
  if (model.endsWith('.tla')) {
    return {
      name: model,
      specFile: model,
      configFile: config ?? model.replace(/\.tla$/, '.cfg'),
      libraryFolders,
    };
  }
  if (config !== undefined)
    throw usageError('--config goes with FILE.tla; a model of the manifest has its own');
  const found = listModels().find((each) => each.name === model);
  if (found === undefined) throw usageError(`there is no model ${model}; there are: ${await modelNames()}`);
  return {
    name: found.name,
    specFile: join(found.modelFolder, found.file),
    configFile: join(found.modelFolder, found.config),
    libraryFolders: [found.specFolder],
  };
}

/** A verdict as JSON: of every step the whole state, and what changed. */
function resultOf(name: string, verdict: ModelVerdict): Record<string, unknown> {
  if (verdict.verdict !== 'violated') return { name, ...verdict };
  return {
    name,
    ...verdict,
    steps: verdict.steps.map(({ variables, changed, ...step }) => ({ ...step, changed, state: variables })),
  };
}
