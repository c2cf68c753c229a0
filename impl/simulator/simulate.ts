import { VARIABLES } from '../../traces/actions.ts';
import type { Header, Server, TraceEvent } from '../../traces/trace-format.ts';
import { Random } from '../random.ts';
import { BUGS, type Bug, type BugName } from './bugs.ts';
import { drawFaultMix, type Fault } from './faults.ts';
import { FirstViolation } from './first-violation.ts';
import { catchViolation, type InvariantViolation } from './invariant-violation.ts';
import { Invariants } from './invariants.ts';
import { SCENARIOS, type ScenarioName } from './scenarios.ts';
import { SimulatedCluster } from './simulated-cluster.ts';
import { Simulation } from './simulation.ts';

/** A run to simulate: the same options give the same events, byte for byte. */
export interface SimulationPlan {
  /** A drawn run of so many events, or a scenario until its end. */
  readonly course:
    | {
        readonly type: 'drawn';
        readonly servers: number;
        readonly seed: number;
        readonly events: number;
        readonly faults: ReadonlySet<Fault>;
      }
    | { readonly type: 'scenario'; readonly name: ScenarioName };
  readonly bug?: BugName;
  /** Check the properties of the spec while it runs. */
  readonly checkInvariants: boolean;
  readonly trace?: (event: TraceEvent) => void;
}

export interface SimulationResult {
  readonly events: number;
  /** The first property that was violated. The run ends there, or soon after if it is drawn and has a planted bug. */
  readonly violation?: InvariantViolation;
}

/** The names of so many servers: s1, s2, ... */
export function serverNames(count: number): readonly Server[] {
  return Array.from({ length: count }, (_, position) => `s${position + 1}`);
}

/** The servers that take part in a run. */
export function serversOf({ course }: SimulationPlan): readonly Server[] {
  return serverNames(course.type === 'drawn' ? course.servers : SCENARIOS[course.name].servers);
}

/** The header of a run's trace. */
export function headerOf(plan: SimulationPlan, version: string): Header {
  const servers = serversOf(plan);
  const { course, bug } = plan;
  const name = course.type === 'drawn' ? `seed-${course.seed}` : course.name;
  return {
    format: 'raftcheck-trace',
    version: 1,
    protocol: 'raft',
    run: bug === undefined ? name : `${name}-${bug}`,
    servers,
    configuration: { voters: servers },
    features: [],
    observed: VARIABLES,
    source: {
      program: 'raftcheck simulate',
      version,
      ...(course.type === 'drawn' ? { seed: `0x${course.seed.toString(16)}` } : {}),
    },
  };
}

/**
 * What a planted bug does wrong may show in the trace only later: a message that left too early, when it arrives, is
 * lost, or its writes are durable. Of 60 seeds the latest took 19 events.
 */
const AFTERMATH_EVENTS = 50;

/** Simulates a run and hands each of its events to the trace. */
export function simulate(plan: SimulationPlan): SimulationResult {
  const { course, trace } = plan;
  const bug: Bug | undefined = plan.bug === undefined ? undefined : BUGS[plan.bug];
  const limit = course.type === 'drawn' ? course.events : Number.POSITIVE_INFINITY;
  const invariants = plan.checkInvariants ? new Invariants() : undefined;
  const watch =
    invariants === undefined || bug === undefined || course.type === 'scenario'
      ? undefined
      : new FirstViolation(invariants);
  const observer = watch ?? invariants;
  const random = new Random(course.type === 'drawn' ? course.seed : 0);
  const mix = course.type === 'drawn' ? drawFaultMix(random, course.faults) : undefined;
  let events = 0;
  const cluster = new SimulatedCluster({
    servers: serversOf(plan),
    // A step may give several events; the run is cut at the limit all the same.
    trace: (event) => {
      if (events < limit) {
        events += 1;
        trace?.(event);
      }
    },
    ...(mix === undefined ? {} : { maxEntries: mix.maxEntries }),
    ...(observer === undefined ? {} : { observer }),
    ...(bug?.actions === undefined ? {} : { actions: bug.actions }),
    ...(bug?.damage === undefined ? {} : { damage: bug.damage }),
  });
  invariants?.watch(cluster);
  const thrown = catchViolation(() => {
    if (course.type === 'scenario') SCENARIOS[course.name].run(cluster);
    if (mix === undefined) return;
    const simulation = new Simulation(cluster, random, mix);
    let end = limit;
    while (events < end) {
      simulation.advance();
      if (end === limit && watch?.violation !== undefined) end = Math.min(limit, events + AFTERMATH_EVENTS);
    }
  });
  const violation = watch?.violation ?? thrown;
  return { events, ...(violation === undefined ? {} : { violation }) };
}
