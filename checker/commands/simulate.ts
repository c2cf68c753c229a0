import { type Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { BUGS, type BugName } from '../../impl/simulator/bugs.ts';
import { FAULTS, type Fault } from '../../impl/simulator/faults.ts';
import { SCENARIOS, type ScenarioName } from '../../impl/simulator/scenarios.ts';
import type { SimulationPlan, SimulationResult } from '../../impl/simulator/simulate.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { readPackageManifest } from '../package-root.ts';
import { type Define, examples, type FlagsOf } from './command.ts';
import { integerWithin } from './integer-flag.ts';
import type { Output } from './output.ts';
import { ProgressLine } from './progress-line.ts';
import { parseSeed } from './seed-flag.ts';
import { usageError } from './usage-error.ts';

const DEFAULT_SEED = 1;
const BUG_NAMES = Object.keys(BUGS).filter((name): name is BugName => name in BUGS);
const SCENARIO_NAMES = Object.keys(SCENARIOS).filter((name): name is ScenarioName => name in SCENARIOS);

const DESCRIPTION =
  'A whole cluster in virtual time, all of it drawn from one seed: the same options give the same bytes. Each seed ' +
  'draws its own mix of faults. The properties of the spec are checked while it runs; with a planted bug the run ' +
  'ends 50 events after one is violated, for it may show in the trace only when what was sent arrives. With --bug ' +
  'alone the seed is one that shows it: some bugs show in few runs of a hundred. ' +
  'The trace goes to stdout, or to the file that --out names. Exit code 0 if it ran as ' +
  'it should, 1 if a property was violated without a planted bug.';

const EXAMPLES = examples([
  {
    description: 'Record 2,000 events of three servers',
    command: 'raftcheck simulate --servers 3 --seed 42 --events 2000 --out run.ndjson',
  },
  {
    description: 'Check what was recorded at once',
    command: 'raftcheck simulate --seed 7 | raftcheck check -',
  },
  {
    description: 'Only lost messages and crashes',
    command: 'raftcheck simulate --faults loss,crash --out run.ndjson',
  },
  {
    description: 'A run that shows a planted bug',
    command: 'raftcheck simulate --bug count-stale-votes | raftcheck check -',
  },
  {
    description: 'The schedule of Figure 8, with the bug that it warns of',
    command: 'raftcheck simulate --scenario figure-8-commit --bug commit-old-term\n--out bug.ndjson',
  },
]);

const withFlags = (command: Command) =>
  command
    .option('--servers <N>', 'How many servers.', integerWithin({ min: 1, max: 99 }), 3)
    .option(
      '--seed <N>',
      'What everything is drawn from, as 42 or 0x2a; 1 unless said, with --bug a seed that shows the bug.',
      parseSeed,
    )
    .option('--events <N>', 'How many events to record.', integerWithin({ min: 1 }), 2000)
    .addOption(
      new Option('--faults <LIST>', `What may go wrong: none, or a list with commas of ${FAULTS.join(', ')}.`)
        .argParser(parseFaults)
        .default(new Set(FAULTS), 'all'),
    )
    .addOption(
      new Option(
        '--scenario <NAME>',
        'A schedule that is written down, in place of one that is drawn (from --seed, --events, --servers, --faults).',
      )
        .choices(SCENARIO_NAMES)
        .conflicts(['seed', 'events', 'servers', 'faults']),
    )
    .addOption(new Option('--bug <NAME>', 'Plant a bug that real implementations had.').choices(BUG_NAMES))
    .option('--out <FILE>', 'Where the trace goes, in place of stdout.');

type Flags = FlagsOf<typeof withFlags>;

export const defineSimulate: Define = (command, output) => {
  withFlags(command)
    .description(DESCRIPTION)
    .addHelpText('after', EXAMPLES)
    .action(async (flags) => output.result(await record(flags, output)));
};

async function record(flags: Flags, output: Output): Promise<object> {
  if (output.isJson && flags.out === undefined) {
    throw usageError('with --format json stdout takes the summary: name a file with --out');
  }
  const { headerOf, simulate } = await import('../../impl/simulator/simulate.ts');
  const { TraceOutput } = await import('../../traces/trace-output.ts');
  const course: SimulationPlan['course'] =
    flags.scenario === undefined
      ? {
          type: 'drawn',
          servers: flags.servers,
          seed: flags.seed ?? (flags.bug === undefined ? DEFAULT_SEED : BUGS[flags.bug].seed),
          events: flags.events,
          faults: flags.faults,
        }
      : { type: 'scenario', name: flags.scenario };
  const trace = new TraceOutput(flags.out);
  const progress = new ProgressLine();
  let events = 0;
  const plan: SimulationPlan = {
    course,
    checkInvariants: true,
    ...(flags.bug === undefined ? {} : { bug: flags.bug }),
    trace: (event) => {
      trace.writer.event(event);
      events += 1;
      if (course.type === 'drawn' && events % 10_000 === 0) {
        progress.update(`simulating: ${Math.floor((100 * events) / course.events)} %`);
      }
    },
  };
  trace.writer.header(headerOf(plan, readPackageManifest().version));
  let result: SimulationResult;
  try {
    result = simulate(plan);
    trace.end();
  } finally {
    trace.discard();
    progress.clear();
  }
  report(result, flags, output);
  return {
    format: 'raftcheck-simulate',
    version: 1,
    seed: course.type === 'drawn' ? course.seed : null,
    events: result.events,
    out: flags.out,
    violation:
      result.violation === undefined
        ? null
        : {
            property: result.violation.property,
            server: result.violation.server,
            message: result.violation.message,
          },
  };
}

/** People are told on stderr: stdout may be the trace. */
function report({ events, violation }: SimulationResult, { bug, out }: Flags, output: Output): void {
  if (violation !== undefined && bug === undefined) process.exitCode = EXIT_CODES.rejected;
  if (violation !== undefined) {
    const cause = bug === undefined ? '' : ` (planted: ${BUGS[bug].description})`;
    output.note(`${violation.message}${cause}`);
  }
  if (violation === undefined && bug !== undefined) {
    output.note(
      'the planted bug violated no property in this run; check its trace, or record a run that shows it: ' +
        `raftcheck simulate --bug ${bug}`,
    );
  }
  if (out !== undefined) output.note(`recorded ${events} events in ${out}`);
}

function parseFaults(list: string): ReadonlySet<Fault> {
  if (list === 'none') return new Set();
  const known = new Map<string, Fault>(FAULTS.map((fault) => [fault, fault]));
  return new Set(
    list.split(',').map((name) => {
      const fault = known.get(name.trim());
      if (fault === undefined) {
        throw new InvalidArgumentError(`"${name}" is no fault; there are ${FAULTS.join(', ')}, or none`);
      }
      return fault;
    }),
  );
}
