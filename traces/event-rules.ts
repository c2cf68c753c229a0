import { shapeOf, VARIABLES } from './actions.ts';
import { faultOfMessage } from './possible-message.ts';
import { TraceError, type TracePlace } from './trace-error.ts';
import type {
  Header,
  Index,
  Message,
  ObservedState,
  RestartEvent,
  Server,
  ServerTraceEvent,
  TraceEvent,
  Variable,
} from './trace-format.ts';

/**
 * What ties an event to its header and to itself, beyond the schema: the servers that it names, its messages'
 * addressees and ids, the variables that it mentions. What the spec says of them is not looked at here.
 */
export class EventRules {
  readonly #header: Header;
  readonly #observed: ReadonlySet<Variable>;
  readonly #silent: ReadonlySet<Server>;
  readonly #peers: ReadonlyMap<Server, ReadonlySet<Server>>;

  constructor(header: Header) {
    this.#header = header;
    this.#observed = new Set(header.observed);
    this.#silent = new Set(header.unrecorded);
    this.#peers = new Map(
      header.servers.map((server) => [server, new Set(header.servers.filter((each) => each !== server))]),
    );
  }

  /** Whether the event stands in the right file. @throws TraceError RC1010, RC1011 */
  checkOwner(event: TraceEvent, place: TracePlace): void {
    if ('server' in event) {
      this.#peersOf(event.server, place);
      this.#checkFile(event, place);
    } else if (this.#header.server !== undefined) {
      throw new TraceError('RC1011', `${event.action} is an event of the network, not of a server`, place);
    }
  }

  /** @throws TraceError RC1010, RC1011, RC1014, RC1015, RC1017, RC1020, RC1021, RC1033, RC1034 */
  check(event: TraceEvent, place: TracePlace): void {
    this.checkOwner(event, place);
    if (!('server' in event)) return;
    const peers = this.#peersOf(event.server, place);
    if ('message' in event) this.#checkReceived(event.message, event, peers, place);
    if ('sends' in event) this.#checkSent(event.sends[0], event, peers, place);
    if (event.state !== undefined) this.#checkState(event.state, event, peers, place);
    if (event.log !== undefined) this.#checkObserved('log', event, place);
    if (shapeOf(event.action).choosesCommitIndex === true) this.#checkCommitIndex(event, place);
    if (event.action === 'Restart') this.#checkRestart(event, place);
  }

  #peersOf(server: Server, place: TracePlace): ReadonlySet<Server> {
    const peers = this.#peers.get(server);
    if (peers === undefined) {
      throw new TraceError('RC1010', `${server} is not among the servers of the header`, place);
    }
    return peers;
  }

  #checkFile({ server }: ServerTraceEvent, place: TracePlace): void {
    const owner = this.#header.server;
    if (owner !== undefined && owner !== server) {
      throw new TraceError('RC1011', `an event of ${server} in the file of ${owner}`, place);
    }
    if (this.#silent.has(server)) {
      throw new TraceError('RC1011', `an event of ${server}, which the header lists as unrecorded`, place);
    }
  }

  #checkReceived(
    message: Message,
    { server }: ServerTraceEvent,
    peers: ReadonlySet<Server>,
    place: TracePlace,
  ): void {
    const { id, from, to } = message;
    if (to !== server) throw new TraceError('RC1020', `${server} receives a message to ${to}`, place);
    if (!peers.has(from)) throw this.#notAPeer(`${server} receives a message from`, from, place);
    // Cheaper than taking the id apart: a server's name holds no colon.
    if (!id.startsWith(from) || id[from.length] !== ':') {
      throw new TraceError('RC1021', `a message from ${from} has the id ${id}`, place);
    }
    const fault = this.#silent.has(from) ? faultOfMessage(message) : undefined;
    if (fault !== undefined) {
      throw new TraceError('RC1034', `${from}, which recorded nothing, sends ${id}: ${fault}`, place);
    }
  }

  #checkSent(
    { id, from, to }: Message,
    { server, seq }: ServerTraceEvent,
    peers: ReadonlySet<Server>,
    place: TracePlace,
  ): void {
    if (from !== server) throw new TraceError('RC1020', `${server} sends a message from ${from}`, place);
    if (!peers.has(to)) throw this.#notAPeer(`${server} sends a message to`, to, place);
    if (id !== `${server}:${seq}.0`) {
      throw new TraceError('RC1021', `the id is ${id}, expected ${server}:${seq}.0`, place);
    }
  }

  #notAPeer(what: string, server: Server, place: TracePlace): TraceError {
    return this.#peers.has(server)
      ? new TraceError('RC1020', `${what} itself`, place)
      : new TraceError('RC1010', `${what} ${server}, which is not among the servers of the header`, place);
  }

  #checkState(
    state: Partial<ObservedState>,
    event: ServerTraceEvent,
    peers: ReadonlySet<Server>,
    place: TracePlace,
  ): void {
    for (const variable of VARIABLES) {
      if (variable !== 'log' && state[variable] !== undefined) this.#checkObserved(variable, event, place);
    }
    const { votedFor, votesGranted, nextIndex, matchIndex } = state;
    if (votedFor !== undefined && votedFor !== null) this.#peersOf(votedFor, place);
    if (votesGranted !== undefined) checkVotes(votesGranted, peers, place);
    if (nextIndex !== undefined) checkIndexes('nextIndex', nextIndex, peers, place);
    if (matchIndex !== undefined) checkIndexes('matchIndex', matchIndex, peers, place);
  }

  #checkObserved(variable: Variable, { unobserved }: ServerTraceEvent, place: TracePlace): void {
    if (!this.#observed.has(variable)) {
      throw new TraceError('RC1014', `${variable} is not among the observed variables of the header`, place);
    }
    if (unobserved?.includes(variable) === true) {
      throw new TraceError('RC1014', `${variable} has a value, yet the event's unobserved names it`, place);
    }
  }

  #checkCommitIndex(event: ServerTraceEvent, place: TracePlace): void {
    const shown = event.state?.commitIndex;
    const chosen = chosenCommitIndex(event);
    if (shown !== undefined && chosen !== undefined && shown !== chosen) {
      throw new TraceError(
        'RC1033',
        `commitIndex is ${chosen} in args and ${shown} in state: they are one and the same`,
        place,
      );
    }
    if (shown !== undefined || chosen !== undefined || this.#observes('commitIndex', event)) return;
    throw new TraceError(
      'RC1017',
      `${event.action} does not observe commitIndex: its args must hold it`,
      place,
    );
  }

  #checkRestart(event: RestartEvent, place: TracePlace): void {
    for (const variable of VARIABLES) {
      const given = variable === 'log' ? event.log : event.state?.[variable];
      if (given === undefined && this.#observes(variable, event)) {
        throw new TraceError(
          'RC1017',
          `Restart gives every observed variable whole: ${variable} is missing`,
          place,
        );
      }
    }
    if (event.log !== undefined && event.log.keep !== 0) {
      throw new TraceError('RC1017', `Restart gives the log whole: keep is ${event.log.keep}, not 0`, place);
    }
  }

  #observes(variable: Variable, { unobserved }: ServerTraceEvent): boolean {
    return this.#observed.has(variable) && unobserved?.includes(variable) !== true;
  }
}

function chosenCommitIndex(event: ServerTraceEvent): Index | undefined {
  if (event.action !== 'AdvanceCommitIndex' && event.action !== 'Restart') return undefined;
  return event.args?.commitIndex;
}

function checkVotes(votes: readonly Server[], peers: ReadonlySet<Server>, place: TracePlace): void {
  let last = '';
  for (const server of votes) {
    if (!peers.has(server))
      throw new TraceError('RC1015', `votesGranted names ${server}, which is no peer`, place);
    if (server <= last) throw new TraceError('RC1015', 'votesGranted is not sorted', place);
    last = server;
  }
}

function checkIndexes(
  variable: 'nextIndex' | 'matchIndex',
  indexes: Readonly<Record<Server, number>>,
  peers: ReadonlySet<Server>,
  place: TracePlace,
): void {
  let count = 0;
  for (const server in indexes) {
    if (!peers.has(server))
      throw new TraceError('RC1015', `${variable} names ${server}, which is no peer`, place);
    count += 1;
  }
  if (count === peers.size) return;
  throw new TraceError(
    'RC1015',
    `${variable} names ${count} of ${peers.size} peers: it is given whole`,
    place,
  );
}
