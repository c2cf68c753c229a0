import { CLIError } from '@oclif/core/errors';
import * as Flags from '@oclif/core/flags';
import { BUGS, type BugName } from '../../impl/simulator/bugs.ts';
import { FAULTS, type Fault } from '../../impl/simulator/faults.ts';
import { SCENARIOS, type ScenarioName } from '../../impl/simulator/scenarios.ts';
import type { SimulationPlan, SimulationResult } from '../../impl/simulator/simulate.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { readPackageManifest } from '../package-root.ts';
import { BaseCommand } from './base-command.ts';
import { ProgressLine } from './progress-line.ts';

const BUG_NAMES = Object.keys(BUGS).filter((name): name is BugName => name in BUGS);
const SCENARIO_NAMES = Object.keys(SCENARIOS).filter((name): name is ScenarioName => name in SCENARIOS);

export default class SimulateCommand extends BaseCommand {
  static override summary = 'Run a simulated cluster and record its trace.';
  static override description =
    'A whole cluster in virtual time, all of it drawn from one seed: the same options give the same bytes. Each seed ' +
    'draws its own mix of faults. The properties of the spec are checked while it runs; with a planted bug the run ' +
    'ends 50 events after one is violated, for it may show in the trace only when what was sent arrives. ' +
    'The trace goes to stdout, or to the file that --out names. Exit code 0 if it ran as ' +
    'it should, 1 if a property was violated without a planted bug.';
  static override examples = [
    {
      description: 'Record 2,000 events of three servers',
      command: '<%= config.bin %> <%= command.id %> --servers 3 --seed 42 --events 2000 --out run.ndjson',
    },
    {
      description: 'Check what was recorded at once',
      command: '<%= config.bin %> <%= command.id %> --seed 7 | <%= config.bin %> check -',
    },
    {
      description: 'Only lost messages and crashes',
      command: '<%= config.bin %> <%= command.id %> --faults loss,crash --out run.ndjson',
    },
    {
      description: 'The schedule of Figure 8, with the bug that it warns of',
      command:
        '<%= config.bin %> <%= command.id %> --scenario figure-8-commit --bug commit-old-term --out bug.ndjson',
    },
  ];

  static override flags = {
    servers: Flags.integer({ summary: 'How many servers.', default: 3, min: 1, max: 99 }),
    seed: Flags.integer({
      summary: 'What everything is drawn from.',
      default: 1,
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
    }),
    events: Flags.integer({ summary: 'How many events to record.', default: 2000, min: 1 }),
    faults: Flags.string({
      summary: 'What may go wrong: a list of faults, or none.',
      description: `Any of ${FAULTS.join(', ')}.`,
      helpValue: 'LIST|none',
      default: FAULTS.join(','),
      defaultHelp: 'all',
    }),
    scenario: Flags.option({
      options: SCENARIO_NAMES,
      summary: 'A schedule that is written down, in place of one that is drawn.',
      exclusive: ['seed', 'events', 'servers', 'faults'],
    })(),
    bug: Flags.option({ options: BUG_NAMES, summary: 'Plant a bug that real implementations had.' })(),
    out: Flags.string({ summary: 'Where the trace goes, in place of stdout.', helpValue: 'FILE' }),
  };

  override async run(): Promise<unknown> {
    const { flags } = await this.parse(SimulateCommand);
    if (this.jsonEnabled() && flags.out === undefined) {
      throw new CLIError('with --format json stdout takes the summary: name a file with --out', {
        exit: 2,
      });
    }
    const { headerOf, simulate } = await import('../../impl/simulator/simulate.ts');
    const { TraceOutput } = await import('../../traces/trace-output.ts');
    const faults = parseFaults(flags.faults);
    const course: SimulationPlan['course'] =
      flags.scenario === undefined
        ? { type: 'drawn', servers: flags.servers, seed: flags.seed, events: flags.events, faults }
        : { type: 'scenario', name: flags.scenario };
    const output = new TraceOutput(flags.out);
    const progress = new ProgressLine();
    let events = 0;
    const plan: SimulationPlan = {
      course,
      checkInvariants: true,
      ...(flags.bug === undefined ? {} : { bug: flags.bug }),
      trace: (event) => {
        output.writer.event(event);
        events += 1;
        if (course.type === 'drawn' && events % 10_000 === 0) {
          progress.update(`simulating: ${Math.floor((100 * events) / course.events)} %`);
        }
      },
    };
    output.writer.header(headerOf(plan, readPackageManifest().version));
    let result: SimulationResult;
    try {
      result = simulate(plan);
      output.end();
    } finally {
      output.discard();
      progress.clear();
    }
    this.#report(result, flags.bug, flags.out);
    return {
      format: 'raftcheck-simulate',
      version: 1,
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
  #report({ events, violation }: SimulationResult, bug: BugName | undefined, out: string | undefined): void {
    if (violation !== undefined && bug === undefined) this.setExitCode(EXIT_CODES.rejected);
    if (this.jsonEnabled()) return;
    if (violation !== undefined) {
      const cause = bug === undefined ? '' : ` (planted: ${BUGS[bug].description})`;
      process.stderr.write(`${violation.message}${cause}\n`);
    }
    if (violation === undefined && bug !== undefined) {
      process.stderr.write(
        'the planted bug violated no property in this run; check its trace, or try another --seed\n',
      );
    }
    if (out !== undefined) process.stderr.write(`recorded ${events} events in ${out}\n`);
  }
}

export const COMMANDS = { simulate: SimulateCommand };

function parseFaults(list: string): ReadonlySet<Fault> {
  if (list === 'none') return new Set();
  const known = new Map<string, Fault>(FAULTS.map((fault) => [fault, fault]));
  return new Set(
    list.split(',').map((name) => {
      const fault = known.get(name.trim());
      if (fault === undefined) {
        throw new CLIError(`"${name}" is no fault; there are ${FAULTS.join(', ')}, or none`, {
          exit: 2,
        });
      }
      return fault;
    }),
  );
}
