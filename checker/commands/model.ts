import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import type { ModelClass } from '../model/model-manifest.ts';
import type { ModelVerdict } from '../model/model-verdict.ts';
import type { EngineOutcome, EngineRun } from '../model/run-engines.ts';
import { type Define, examples } from './command.ts';
import { type ModelFlags, refuseLoneFlags, withModelFlags } from './model-flags.ts';
import { type Job, jobOf, modelNames, resolveJob } from './model-job.ts';
import { FATES, renderFate, resultOf } from './model-result.ts';
import { onInterruption } from './on-interruption.ts';
import type { Output } from './output.ts';
import { ProgressLine } from './progress-line.ts';
import { usageError } from './usage-error.ts';

const EXIT_CODE_OF: Readonly<Record<ModelVerdict['verdict'], ExitCode>> = {
  holds: EXIT_CODES.ok,
  violated: EXIT_CODES.rejected,
  inconclusive: EXIT_CODES.inconclusive,
};

/** How the engines look at whatever models there are. */
type Settings = Omit<EngineRun, 'findJar' | 'onProgress' | 'onPrint'>;

/** What became of the counterexample, as JSON. */
interface Written {
  /** The file; null if it could not be written so. */
  readonly counterexample?: string | null;
  readonly counterexampleError?: Diagnostic;
}

const DESCRIPTION =
  'A model is the spec with bounds: small enough to look at every state. NAME is one of the models in the manifest ' +
  '(--list); FILE.tla is any TLA+ module, its configuration FILE.cfg if --config does not say otherwise. The native ' +
  'engine needs no Java; TLC is the reference, and `--engine both` compares them. A counterexample is given step by ' +
  'step, with the variables that each step changes; --counterexample writes it to a file. Exit code 0 if every ' +
  'property holds, 1 if one is violated, 4 if the time or memory did not suffice or something is not supported (or ' +
  'after --simulate without a violation, which proves nothing), 5 if ' +
  'the engines contradict each other, the counts of a manifest are wrong (--all) or a mutant survives. With --mutant a violation is what ' +
  'should be, and the exit code 0.';

const EXAMPLES = examples([
  { description: 'List the models and the mutants', command: 'raftcheck model --list' },
  { description: 'Check one', command: 'raftcheck model election' },
  {
    description: 'Check a spec of your own, with both engines',
    command: 'raftcheck model Lock.tla --config Lock.cfg --engine both',
  },
  {
    description: 'Look at 1000 random behaviours of what is too large to explore',
    command: 'raftcheck model Lock.tla --simulate 1000 --seed 7',
  },
  {
    description: 'Check every model that takes seconds, against the counts of the manifest',
    command: 'raftcheck model --all small',
  },
  {
    description: 'Show that the models find what they are meant to find',
    command: 'raftcheck model --mutants',
  },
  {
    description: 'See a counterexample as a trace that can be checked',
    command: 'raftcheck model --mutant NAME --counterexample run.ndjson --as trace',
  },
]);

export const defineModel: Define = (command, output) => {
  withModelFlags(command)
    .argument('[NAME | FILE.tla]', 'A model of the manifest, or a spec of your own.')
    .description(DESCRIPTION)
    .addHelpText('after', EXAMPLES)
    .action(async (model, flags) => output.result(await new ModelCommand(output).run(model, flags)));
};

class ModelCommand {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  async run(model: string | undefined, flags: ModelFlags): Promise<object> {
    refuseLoneFlags(flags);
    const isOne = flags.mutant === undefined && !flags.list && !flags.mutants && flags.all === undefined;
    if (model !== undefined && !isOne) {
      throw usageError('give a model, or one of --list, --all, --mutants, --mutant');
    }
    if (flags.list) return this.#list();
    for (const native of ['simulate', 'counterexample', 'coverage'] as const) {
      if (flags[native] !== undefined && flags.engine === 'tlc') {
        throw usageError(`--${native} needs the native engine`);
      }
    }
    if (flags.simulate !== undefined && flags.engine === 'both') {
      throw usageError('--simulate draws the behaviours of the native engine: there is nothing to compare');
    }
    const settings: Settings = {
      engine: flags.engine,
      signal: abortedBySignals(),
      workers: flags.workers,
      ...(flags.coverage ? { coverage: true } : {}),
      ...(flags.budget === undefined ? {} : { budgetMs: flags.budget }),
      ...(flags.memory === undefined ? {} : { memoryBytes: flags.memory }),
      ...(flags.counterexample === undefined ? {} : { counterexampleAs: flags.as ?? 'itf' }),
      ...(flags.simulate === undefined
        ? {}
        : { simulation: { behaviours: flags.simulate, seed: flags.seed ?? 1, depth: flags.depth ?? 100 } }),
    };
    const target = flags.counterexample;
    if (flags.mutants || flags.mutant !== undefined) return this.#runMutants(flags.mutant, settings, target);
    if (flags.all !== undefined) return this.#runAll(flags.all, settings);
    if (model === undefined) throw usageError(`give a model: ${await modelNames()}, or FILE.tla`);
    return this.#runOne(await resolveJob(model, flags.config, flags.library), settings, target);
  }

  async #list(): Promise<object> {
    const { listModels } = await import('../model/model-manifest.ts');
    const { listMutants } = await import('../model/mutant.ts');
    const { renderModelList } = await import('../model/render-list.ts');
    const models = listModels();
    const mutants = listMutants();
    this.#output.log(renderModelList(models, mutants));
    return {
      format: 'raftcheck-model-list',
      version: 1,
      models: models.map(({ specFolder: _spec, modelFolder: _models, ...model }) => model),
      mutants,
    };
  }

  async #runOne(job: Job, settings: Settings, target: string | undefined): Promise<object> {
    const { listModels } = await import('../model/model-manifest.ts');
    const { differenceFromExpected } = await import('../model/model-verdict.ts');
    const outcome = await this.#check(job, settings);
    await this.#show(job.name, outcome);
    const written = await this.#export(outcome, target);
    const model = listModels().find((each) => each.name === job.name);
    const difference =
      model === undefined || settings.simulation !== undefined
        ? undefined
        : differenceFromExpected(outcome.verdict, model.expected);
    if (difference !== undefined) this.#output.note(`note: ${difference}; was the spec changed?`);
    const { isFaulty } = await import('../model/run-engines.ts');
    process.exitCode = isFaulty(outcome) ? EXIT_CODES.toolFailed : EXIT_CODE_OF[outcome.verdict.verdict];
    return {
      format: 'raftcheck-model',
      version: 1,
      ...resultOf(job.name, outcome),
      ...(model === undefined ? {} : { asExpected: difference === undefined }),
      ...written,
    };
  }

  async #runAll(largest: ModelClass, settings: Settings): Promise<object> {
    const { listModels, MODEL_CLASSES } = await import('../model/model-manifest.ts');
    const { differenceFromExpected } = await import('../model/model-verdict.ts');
    const { isFaulty } = await import('../model/run-engines.ts');
    const wanted = MODEL_CLASSES.slice(0, MODEL_CLASSES.indexOf(largest) + 1);
    const results: Record<string, unknown>[] = [];
    let exitCode: ExitCode = EXIT_CODES.ok;
    for (const model of listModels().filter((each) => wanted.includes(each.class))) {
      if (settings.signal?.aborted === true) break;
      const outcome = await this.#check(jobOf(model), settings);
      const { verdict } = outcome;
      const difference = differenceFromExpected(verdict, model.expected);
      await this.#show(model.name, outcome);
      if (difference !== undefined) this.#output.log(`RC5007: ${difference}`);
      results.push({ ...resultOf(model.name, outcome), asExpected: difference === undefined, difference });
      if (difference !== undefined || isFaulty(outcome)) exitCode = EXIT_CODES.toolFailed;
      else if (verdict.verdict === 'inconclusive' && exitCode === EXIT_CODES.ok)
        exitCode = EXIT_CODES.inconclusive;
    }
    process.exitCode = exitCode;
    return {
      format: 'raftcheck-models',
      version: 1,
      asExpected: exitCode === EXIT_CODES.ok,
      models: results,
    };
  }

  async #runMutants(
    name: string | undefined,
    settings: Settings,
    target: string | undefined,
  ): Promise<object> {
    const { listModels } = await import('../model/model-manifest.ts');
    const { listMutants, withMutant } = await import('../model/mutant.ts');
    const mutants = listMutants().filter((mutant) => name === undefined || mutant.name === name);
    if (mutants.length === 0)
      throw usageError(`there is no mutant ${name}; raftcheck model --list shows them`);
    const { isFaulty } = await import('../model/run-engines.ts');
    const models = listModels();
    const results: Record<string, unknown>[] = [];
    const tally = { caught: 0, survived: 0, undecided: 0, faulty: 0 };
    for (const mutant of mutants) {
      if (settings.signal?.aborted === true) break;
      const { outcome, written } = await withMutant(mutant, models, async (files) => {
        const job = { name: mutant.name, ...files };
        const outcome = await this.#check(job, settings);
        return { outcome, written: await this.#export(outcome, target) };
      });
      const { verdict } = outcome;
      const fate = FATES[verdict.verdict];
      tally[fate]++;
      if (isFaulty(outcome)) tally.faulty++;
      if (name !== undefined) await this.#show(mutant.name, outcome);
      else this.#output.log(renderFate(mutant.name, mutant.property, outcome));
      results.push({
        ...resultOf(mutant.name, outcome),
        expectedProperty: mutant.property,
        caught: fate === 'caught',
        ...written,
      });
    }
    process.exitCode =
      tally.survived + tally.faulty > 0
        ? EXIT_CODES.toolFailed
        : tally.undecided > 0
          ? EXIT_CODES.inconclusive
          : EXIT_CODES.ok;
    return { format: 'raftcheck-mutants', version: 1, caught: tally.caught, mutants: results };
  }

  async #check({ name, ...files }: Job, settings: Settings): Promise<EngineOutcome> {
    const { runEngines } = await import('../model/run-engines.ts');
    const { renderProgress } = await import('../model/render-model.ts');
    const line = new ProgressLine();
    const startMs = performance.now();
    line.update(`${name}: ${settings.engine === 'tlc' ? 'TLC' : 'the search'} starts`);
    try {
      return await runEngines(files, {
        ...settings,
        findJar: async () => {
          const { ensureTlcJar } = await import('../tlc/tlc-install.ts');
          return ensureTlcJar({ onProgress: (message) => this.#output.note(message) });
        },
        onPrint: (text) => {
          line.clear();
          this.#output.note(text);
        },
        onProgress: (engine, counts) => {
          const seconds = (performance.now() - startMs) / 1000;
          line.update(renderProgress(`${name} (${engine})`, counts, seconds));
        },
      });
    } finally {
      line.clear();
    }
  }

  async #show(name: string, outcome: EngineOutcome): Promise<void> {
    const { verdict, verdicts, failures, contradiction, coverage } = outcome;
    const { renderAgreement, renderVerdict } = await import('../model/render-model.ts');
    if (contradiction === undefined) {
      this.#output.log(renderVerdict(name, verdict));
      if (verdicts.length > 1) this.#output.log(renderAgreement(verdicts));
    } else {
      for (const each of verdicts) this.#output.log(renderVerdict(`${name} (${each.engine})`, each));
      this.#output.log(`RC5010: the engines contradict each other: ${contradiction}`);
    }
    for (const { engine, error } of failures) {
      const { renderDiagnostic } = await import('../diagnostics/render.ts');
      this.#output.log(`  ${engine}: ${renderDiagnostic(error.toDiagnostic())}`);
    }
    if (coverage === undefined) return;
    const { renderCoverage } = await import('../model/render-coverage.ts');
    this.#output.log(renderCoverage(coverage));
  }

  /** Writes the counterexample, if there is one and somebody wants it. */
  async #export({ counterexample }: EngineOutcome, file: string | undefined): Promise<Written> {
    if (counterexample === undefined || file === undefined) return {};
    if ('refused' in counterexample) {
      const { renderDiagnostic } = await import('../diagnostics/render.ts');
      this.#output.note(renderDiagnostic(counterexample.refused));
      return { counterexample: null, counterexampleError: counterexample.refused };
    }
    await writeTo(file, counterexample.text);
    this.#output.note(`the counterexample is in ${file}`);
    return { counterexample: file };
  }
}

/** @throws CodedError RC6102 if the file cannot be written */
async function writeTo(file: string, text: string): Promise<void> {
  const { writeWhole } = await import('../../traces/write-whole.ts');
  const { CodedError } = await import('../diagnostics/coded-error.ts');
  try {
    writeWhole(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodedError('RC6102', `cannot write ${file}: ${reason}`, { file });
  }
}

/** Ctrl-C ends the search, and there is a verdict on what it has seen; a later one ends the process. */
function abortedBySignals(): AbortSignal {
  const interruption = new AbortController();
  onInterruption(() => interruption.abort());
  return interruption.signal;
}
