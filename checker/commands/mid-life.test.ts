import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../impl/simulator/faults.ts';
import { headerOf, type SimulationPlan, simulate } from '../../impl/simulator/simulate.ts';
import { checkInitialStates, checkInitialStatesOfFiles } from '../../traces/initial-states.ts';
import type { Entry, Header, InitialState, Server, TraceEvent } from '../../traces/trace-format.ts';

const PLACE = { file: 'run.ndjson', line: 1 };
const SEEDS = 60;
const EVENTS = 600;

type States = Readonly<Record<Server, InitialState>>;

function planOf(seed: number): SimulationPlan {
  return {
    course: { type: 'drawn', servers: 1 + (seed % 5), seed, events: EVENTS, faults: new Set(FAULTS) },
    checkInvariants: false,
  };
}

function bornStates({ servers }: Header): States {
  const born: InitialState = {
    currentTerm: 0,
    votedFor: null,
    role: 'follower',
    commitIndex: 0,
    votesGranted: [],
    log: [],
  };
  return Object.fromEntries(servers.map((server) => [server, born]));
}

function after(states: States, event: TraceEvent): States {
  if (!('server' in event)) return states;
  const { server, state, log: change } = event;
  const log: readonly Entry[] = states[server]?.log ?? [];
  const changed = change === undefined ? log : [...log.slice(0, change.keep), ...change.append];
  return { ...states, [server]: { ...states[server], ...state, log: changed } };
}

/** The states of a simulated run, from its beginning to its end. */
function statesOf(plan: SimulationPlan): readonly States[] {
  const states = [bornStates(headerOf(plan, '0'))];
  simulate({ ...plan, trace: (event) => states.push(after(states.at(-1) ?? {}, event)) });
  return states;
}

/** Without the servers and variables of which a number, read bit by bit, says so. */
function forget(states: States, bits: number): States {
  const told = Object.entries(states).filter((_, at) => ((bits >> at) & 1) === 0);
  return Object.fromEntries(
    told.map(([server, { log, ...rest }], at) => {
      const kept = Object.entries(rest).filter((__, each) => ((bits >> ((at + each) % 13)) & 1) === 0);
      return [server, { log, ...Object.fromEntries(kept) }];
    }),
  );
}

describe('a simulated run can be recorded', () => {
  it('from any state on, told in whole or in part: none is impossible', () => {
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const plan = planOf(seed);
      const { configuration } = headerOf(plan, '0');
      for (const [position, states] of statesOf(plan).entries()) {
        const told = [states, forget(states, (seed * EVENTS + position) * 7919)];
        for (const initial of told) checkInitialStates(initial, configuration.voters, PLACE);
      }
    }
  });

  it('by each server from a moment of its own', () => {
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const states = statesOf(planOf(seed));
      for (let position = 0; position < EVENTS; position += 7) {
        const initial: Record<Server, InitialState> = {};
        for (const [at, server] of Object.keys(states[0] ?? {}).entries()) {
          const own = states[(position + at * 7919 * (seed + 1)) % states.length]?.[server];
          if (own !== undefined) initial[server] = own;
        }
        expect(() => checkInitialStatesOfFiles(initial, PLACE)).not.toThrow();
      }
    }
  });
});
