import { checkInitialStates } from './initial-states.ts';
import { TraceError, type TracePlace } from './trace-error.ts';
import type { Header, InitialState, Server } from './trace-format.ts';

/**
 * Checks what the schema cannot say of a header: that its parts name the same servers, and that what it assumes is possible.
 *
 * @throws TraceError RC1013, RC1028
 */
export function checkHeaderRules(header: Header, place: TracePlace): void {
  const { servers, configuration, unrecorded = [], initial = {}, server } = header;
  const known = new Set(servers);
  const contradiction = (message: string) => new TraceError('RC1013', message, place);
  const named: readonly (readonly [string, readonly Server[]])[] = [
    ['configuration.voters', configuration.voters],
    ['unrecorded', unrecorded],
    ['initial', Object.keys(initial)],
    ['server', server === undefined ? [] : [server]],
  ];
  for (const [where, names] of named) {
    const stranger = names.find((name) => !known.has(name));
    if (stranger !== undefined)
      throw contradiction(`${where} names ${stranger}, which is not among the servers`);
  }
  if (server !== undefined && unrecorded.includes(server)) {
    throw contradiction(`${server} is unrecorded, yet this is its file`);
  }
  for (const [name, state] of Object.entries(initial)) checkServersOf(header, name, state, place);
  checkInitialStates(initial, configuration.voters, place);
}

function checkServersOf(header: Header, server: Server, state: InitialState, place: TracePlace): void {
  const { votedFor, votesGranted = [], nextIndex, matchIndex } = state;
  const peers = header.servers.filter((each) => each !== server);
  const wrong = (what: string) => new TraceError('RC1013', `the initial ${what} of ${server}`, place);
  if (votedFor !== undefined && votedFor !== null && !header.servers.includes(votedFor)) {
    throw wrong(`votedFor names an unknown server, ${votedFor},`);
  }
  if (votesGranted.some((each) => !peers.includes(each))) throw wrong('votesGranted names others than peers');
  for (const [variable, indexes] of Object.entries({ nextIndex, matchIndex })) {
    if (indexes === undefined) continue;
    if (Object.keys(indexes).sort().join() !== [...peers].sort().join()) {
      throw wrong(`${variable} does not name every peer and no other`);
    }
  }
}
