import { faultOfMajority } from './initial-majority.ts';
import { faultBeside } from './initial-moment.ts';
import { faultBetween, type Told } from './initial-pair.ts';
import { faultOfServer } from './initial-server.ts';
import { TraceError, type TracePlace } from './trace-error.ts';
import type { InitialState, Server } from './trace-format.ts';

type InitialStates = Readonly<Record<Server, InitialState>>;

/**
 * What a recording assumes of its beginning is never checked by its events, so it must at least be possible. The rules are
 * properties of spec/raft/RaftProperties.tla, and others that hold in every state of Raft.tla. What is not told, a server or a
 * variable, breaks none of them.
 *
 * @param initial what one header tells: the states of one moment
 * @throws TraceError RC1028 with the rule that is broken
 */
export function checkInitialStates(
  initial: InitialStates,
  voters: readonly Server[],
  place: TracePlace,
): void {
  const states = Object.entries(initial);
  refuse(
    faultOfOne(states, voters) ?? faultOfTwo(states, besideEachOther) ?? faultOfAll(states, voters),
    place,
  );
}

/**
 * The same for what the headers of several files tell. Each file may begin at a moment of its own, so only what holds between any
 * two moments of a run is checked.
 *
 * @throws TraceError RC1028 with the rule that is broken
 */
export function checkInitialStatesOfFiles(initial: InitialStates, place: TracePlace): void {
  refuse(faultOfTwo(Object.entries(initial), faultBetween), place);
}

function refuse(fault: string | undefined, place: TracePlace): void {
  if (fault === undefined) return;
  throw new TraceError('RC1028', `no run of Raft leads to the initial state of ${fault}`, place);
}

function faultOfOne(states: readonly Told[], voters: readonly Server[]): string | undefined {
  for (const [server, state] of states) {
    const fault = faultOfServer(server, state, voters);
    if (fault !== undefined) return `${server}: ${fault}`;
  }
  return undefined;
}

function faultOfTwo(states: readonly Told[], faultOf: typeof faultBetween): string | undefined {
  for (const [index, one] of states.entries()) {
    for (const other of states.slice(index + 1)) {
      const fault = faultOf(one, other);
      if (fault !== undefined) return `${one[0]} and ${other[0]}: ${fault}`;
    }
  }
  return undefined;
}

function besideEachOther(one: Told, other: Told): string | undefined {
  return faultBetween(one, other) ?? faultBeside(one, other) ?? faultBeside(other, one);
}

function faultOfAll(states: readonly Told[], voters: readonly Server[]): string | undefined {
  const electorate = { voters, told: new Map(states) };
  for (const [server, state] of states) {
    const fault = faultOfMajority(server, state, electorate);
    if (fault !== undefined) return `${server}: ${fault}`;
  }
  return undefined;
}
