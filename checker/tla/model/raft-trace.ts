import { VARIABLES } from '../../../traces/actions.ts';
import { checkEvent, checkHeader } from '../../../traces/line-schema.ts';
import { TraceWriter } from '../../../traces/trace-writer.ts';
import { CodedError } from '../../diagnostics/coded-error.ts';
import { toJson } from '../values/json.ts';
import type { Behaviour } from './behaviour.ts';
import { RaftEvents } from './raft-events.ts';
import { fieldOf, RaftState } from './raft-state.ts';

/** The variables of the Raft spec besides those that a trace observes. */
const HIDDEN = ['disk', 'pending', 'network'];

/**
 * A behaviour of the Raft spec as a trace: an event for each step, with ids for its messages.
 *
 * @param specFile the model's root module, to be named in the header
 * @throws CodedError RC4284 if it is no behaviour of the Raft spec, or one that starts in the middle of something
 */
export function traceOf(behaviour: Behaviour, specFile: string): string {
  const { variables, steps } = behaviour;
  const missing = [...VARIABLES, ...HIDDEN].filter((name) => !variables.includes(name));
  if (missing.length > 0) throw refusal(`the spec has no variable ${missing.join(', ')}`, specFile);
  const states = steps.map((step) => new RaftState(variables, step.state));
  const [start] = states;
  if (start === undefined) throw refusal('it has no state', specFile);
  if (!isQuiet(start)) throw refusal('messages or writes are under way in its first state', specFile);

  const lines: string[] = [];
  const writer = new TraceWriter((line) => lines.push(line));
  const events = new RaftEvents();
  const place = { file: specFile, line: 1 };
  writer.header(checkHeader(headerOf(start, behaviour), place));
  for (const [index, step] of steps.entries()) {
    const [before, after] = [states[index - 1], states[index]];
    if (before === undefined || after === undefined) continue;
    const event = events.event(step, before, after);
    if (event === undefined)
      throw refusal(`its step ${index + 1}, ${step.action}, is no action of Raft`, specFile);
    writer.event(checkEvent(event, place));
  }
  writer.end();
  return lines.join('');
}

/** Nothing is in flight, and everything is durable. */
function isQuiet(state: RaftState): boolean {
  if (state.messages().size > 0) return false;
  return state.servers().every((server) => {
    const { currentTerm, votedFor, log } = state.observed(server);
    const disk = state.of('disk', server);
    const durable = [fieldOf(disk, 'currentTerm'), fieldOf(disk, 'votedFor'), fieldOf(disk, 'log')].map(
      toJson,
    );
    const vote = votedFor ?? toJson(state.of('votedFor', server));
    return (
      state.promised(server).length === 0 &&
      JSON.stringify(durable) === JSON.stringify([currentTerm, vote, log])
    );
  });
}

function headerOf(start: RaftState, { constants }: Behaviour): object {
  const servers = start.servers();
  const initial = Object.fromEntries(servers.map((server) => [server, start.observed(server)]));
  const features = constants.get('Features');
  return {
    format: 'raftcheck-trace',
    version: 1,
    protocol: 'raft',
    run: 'counterexample',
    servers,
    configuration: { voters: servers },
    features: features === undefined ? [] : toJson(features),
    observed: VARIABLES,
    source: { program: 'raftcheck model' },
    ...(Object.values(initial).every((state) => state.currentTerm === 0) ? {} : { initial }),
  };
}

function refusal(what: string, specFile: string): CodedError {
  return new CodedError('RC4284', `the counterexample cannot be written as a trace: ${what}`, {
    file: specFile,
    hint: 'write it with --as itf',
  });
}
