import { VARIABLES } from '../../traces/actions.ts';
import type { Header, Server, TraceEvent } from '../../traces/trace-format.ts';
import { Random } from '../random.ts';
import { BUGS, type Bug, type BugName } from './bugs.ts';
import { drawFaultMix, type Fault } from './faults.ts';
import { InvariantViolation } from './invariant-violation.ts';
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
  /** The first property that was violated. Without a planted bug the run ends there. */
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

/** Simulates a run and hands each of its events to the trace. */
export function simulate(plan: SimulationPlan): SimulationResult {
  const { course, trace } = plan;
  const bug: Bug | undefined = plan.bug === undefined ? undefined : BUGS[plan.bug];
  const limit = course.type === 'drawn' ? course.events : Number.POSITIVE_INFINITY;
  const invariants = plan.checkInvariants ? new Invariants() : undefined;
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
    ...(invariants === undefined ? {} : { observer: invariants }),
    ...(bug?.actions === undefined ? {} : { actions: bug.actions }),
    ...(bug?.damage === undefined ? {} : { damage: bug.damage }),
  });
  invariants?.watch(cluster);
  const violation = catchViolation(() => {
    if (course.type === 'scenario') SCENARIOS[course.name].run(cluster);
    if (mix === undefined) return;
    const simulation = new Simulation(cluster, random, mix);
    while (events < limit) simulation.advance();
  });
  return { events, ...(violation === undefined ? {} : { violation }) };
}

function catchViolation(run: () => void): InvariantViolation | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof InvariantViolation) return error;
    throw error;
  }
}
