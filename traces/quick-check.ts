import type { Header, Server, TraceEvent, Variable } from './trace-format.ts';

/** The variables that `state` may give: all but the log. */
const STATE_VARIABLES = 7;

/** A JSON object whose properties are still unknown. */
interface Fields {
  readonly [name: string]: unknown;
}

/**
 * Recognises the events that fit the schema and the event rules, at a tenth of the price of a general validator. It
 * may fail to recognise one, which is then looked at by those two; it never takes one that they would refuse (a
 * property test holds it to that).
 */
export class QuickCheck {
  readonly #peers: ReadonlyMap<unknown, ReadonlySet<unknown>>;
  readonly #recorded: ReadonlySet<unknown>;
  readonly #silent: ReadonlySet<unknown>;
  readonly #observed: Readonly<Record<Variable, boolean>>;
  readonly #isMerged: boolean;

  constructor({ servers, server, unrecorded = [], observed }: Header) {
    this.#peers = new Map(servers.map((each) => [each, new Set(servers.filter((other) => other !== each))]));
    this.#isMerged = server === undefined;
    this.#recorded = new Set(
      (server === undefined ? servers : [server]).filter((each) => !unrecorded.includes(each)),
    );
    this.#silent = new Set(unrecorded);
    const sees = (variable: Variable) => observed.includes(variable);
    this.#observed = {
      currentTerm: sees('currentTerm'),
      votedFor: sees('votedFor'),
      log: sees('log'),
      role: sees('role'),
      commitIndex: sees('commitIndex'),
      votesGranted: sees('votesGranted'),
      nextIndex: sees('nextIndex'),
      matchIndex: sees('matchIndex'),
    };
  }

  /** Whether the value certainly is an event that this header allows. */
  accepts(value: unknown): value is TraceEvent {
    if (!isObject(value)) return false;
    const { server, seq, state, log, time } = value;
    if (server === undefined) return this.#acceptsNetworkEvent(value);
    if (!this.#recorded.has(server) || !isNatural(seq) || seq === 0) return false;
    const peers = this.#peers.get(server);
    if (typeof server !== 'string' || peers === undefined) return false;
    let known = 3;
    if (state !== undefined) {
      if (!this.#acceptsState(state, peers)) return false;
      known += 1;
    }
    if (log !== undefined) {
      if (!this.#observed.log || !isLogChange(log)) return false;
      known += 1;
    }
    if (time !== undefined) {
      if (typeof time !== 'number') return false;
      known += 1;
    }
    const own = this.#ownFields(value, server, seq, peers);
    return own >= 0 && known + own === countFields(value);
  }

  /** How many fields that only this action has are there and right; -1 if one is missing, wrong, or not looked at. */
  #ownFields(event: Fields, server: Server, seq: number, peers: ReadonlySet<unknown>): number {
    const { action, message, sends, args } = event;
    switch (action) {
      case 'Timeout':
      case 'BecomeLeader':
      case 'AppendNoOp':
        return 0;
      case 'RequestVote':
        return isSent(sends, 'RequestVoteRequest', server, seq, peers) ? 1 : -1;
      case 'AppendEntries':
        return isSent(sends, 'AppendEntriesRequest', server, seq, peers) ? 1 : -1;
      case 'HandleRequestVoteRequest':
        return this.#isReceived(message, 'RequestVoteRequest', server, peers) &&
          isSent(sends, 'RequestVoteResponse', server, seq, peers)
          ? 2
          : -1;
      case 'HandleAppendEntriesRequest':
        return this.#isReceived(message, 'AppendEntriesRequest', server, peers) &&
          isSent(sends, 'AppendEntriesResponse', server, seq, peers)
          ? 2
          : -1;
      case 'HandleRequestVoteResponse':
        return this.#isReceived(message, 'RequestVoteResponse', server, peers) ? 1 : -1;
      case 'HandleAppendEntriesResponse':
        return this.#isReceived(message, 'AppendEntriesResponse', server, peers) ? 1 : -1;
      case 'ClientRequest':
        return isObject(args) && countFields(args) === 1 && isText(args.command ?? args.hash) ? 1 : -1;
      case 'AdvanceCommitIndex':
        if (args === undefined) return this.#observed.commitIndex ? 0 : -1;
        // Given twice it may be two values.
        if (isObject(event.state) && event.state.commitIndex !== undefined) return -1;
        return isObject(args) && countFields(args) === 1 && isNatural(args.commitIndex) ? 1 : -1;
      case 'Persist': {
        if (!isObject(args) || countFields(args) !== 1 || !isNatural(args.writes)) return -1;
        const { releases } = event;
        if (releases === undefined) return 1;
        return isReleases(releases, server) ? 2 : -1;
      }
      case 'Restart':
        return this.#isWholeRestart(event) ? 1 : -1;
      default:
        return -1;
    }
  }

  /** Every variable is observed and given, the log from its start, and nothing but the writes and the length is chosen. */
  #isWholeRestart({ args, state, log }: Fields): boolean {
    if (!isObject(args) || countFields(args) !== 2 || !isNatural(args.writes) || !isNatural(args.length))
      return false;
    if (!Object.values(this.#observed).every(Boolean)) return false;
    return isObject(state) && countFields(state) === STATE_VARIABLES && isObject(log) && log.keep === 0;
  }

  #isReceived(message: unknown, type: string, server: Server, peers: ReadonlySet<unknown>): boolean {
    if (!isObject(message)) return false;
    const { from } = message;
    return (
      message.to === server &&
      isText(from) &&
      peers.has(from) &&
      isIdOf(message.id, from) &&
      message.type === type &&
      hasContents(message, type) &&
      !(this.#silent.has(from) && isOddMessage(message))
    );
  }

  #acceptsNetworkEvent(event: Fields): boolean {
    const { action, args, time } = event;
    if (!this.#isMerged || (action !== 'DropMessage' && action !== 'DuplicateMessage')) return false;
    if (!isObject(args) || countFields(args) !== 1) return false;
    const { id } = args;
    if (typeof id !== 'string') return false;
    const from = id.slice(0, id.lastIndexOf(':'));
    if (!this.#peers.has(from) || !isIdOf(id, from)) return false;
    return countFields(event) === (typeof time === 'number' ? 3 : 2);
  }

  #acceptsState(state: unknown, peers: ReadonlySet<unknown>): boolean {
    if (!isObject(state)) return false;
    for (const name in state) {
      const value = state[name];
      switch (name) {
        case 'currentTerm':
        case 'commitIndex':
          if (!this.#observed[name] || !isNatural(value)) return false;
          break;
        case 'role':
          if (!this.#observed.role || !isRole(value)) return false;
          break;
        case 'votedFor':
          if (!this.#observed.votedFor || !(value === null || this.#peers.has(value))) return false;
          break;
        case 'nextIndex':
        case 'matchIndex':
          if (!this.#observed[name] || !isIndexOfPeers(value, peers)) return false;
          break;
        case 'votesGranted':
          if (!this.#observed.votesGranted || !isVotes(value, peers)) return false;
          break;
        default:
          return false;
      }
    }
    return true;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The integers below 2^31 are those that a 32-bit operation leaves alone. */
function isNatural(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value && value >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRole(value: unknown): boolean {
  return value === 'follower' || value === 'candidate' || value === 'leader';
}

function countFields(value: Fields): number {
  let count = 0;
  for (const _ in value) count += 1;
  return count;
}

function isIndexOfPeers(value: unknown, peers: ReadonlySet<unknown>): boolean {
  if (!isObject(value)) return false;
  let count = 0;
  for (const server in value) {
    if (!peers.has(server) || !isNatural(value[server])) return false;
    count += 1;
  }
  return count === peers.size;
}

function isVotes(value: unknown, peers: ReadonlySet<unknown>): boolean {
  if (!Array.isArray(value)) return false;
  let last = '';
  for (const server of value) {
    if (!isText(server) || !peers.has(server) || server <= last) return false;
    last = server;
  }
  return true;
}

function isLogChange(value: unknown): boolean {
  return isObject(value) && isNatural(value.keep) && areEntries(value.append) && countFields(value) === 2;
}

function areEntries(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (const entry of value) {
    if (!isObject(entry) || !isNatural(entry.term) || countFields(entry) !== 2) return false;
    const { command } = entry;
    if (!isText(command) && !isText(entry.hash) && entry.noop !== true) return false;
  }
  return true;
}

function isReleases(value: unknown, server: Server): boolean {
  if (!Array.isArray(value)) return false;
  for (const id of value) if (!isIdOf(id, server)) return false;
  return value.length < 2 || new Set(value).size === value.length;
}

function isSent(
  sends: unknown,
  type: string,
  server: Server,
  seq: number,
  peers: ReadonlySet<unknown>,
): boolean {
  if (!Array.isArray(sends) || sends.length !== 1) return false;
  const message: unknown = sends[0];
  return (
    isObject(message) &&
    message.from === server &&
    peers.has(message.to) &&
    message.id === `${server}:${seq}.0` &&
    message.type === type &&
    hasContents(message, type)
  );
}

/** What possible-message.ts refuses. */
function isOddMessage({ term, prevLogIndex, prevLogTerm, lastLogIndex, lastLogTerm }: Fields): boolean {
  return (
    term === 0 || (prevLogIndex === 0) !== (prevLogTerm === 0) || (lastLogIndex === 0) !== (lastLogTerm === 0)
  );
}

/** Whether what follows id, from, to and type is there and right, and nothing else. */
function hasContents(message: Fields, type: string): boolean {
  if (!isNatural(message.term)) return false;
  switch (type) {
    case 'RequestVoteRequest':
      return isNatural(message.lastLogIndex) && isNatural(message.lastLogTerm) && countFields(message) === 7;
    case 'RequestVoteResponse':
      return typeof message.voteGranted === 'boolean' && countFields(message) === 6;
    case 'AppendEntriesRequest':
      return (
        isNatural(message.prevLogIndex) &&
        isNatural(message.prevLogTerm) &&
        isNatural(message.leaderCommit) &&
        areEntries(message.entries) &&
        countFields(message) === 9
      );
    case 'AppendEntriesResponse':
      return (
        typeof message.success === 'boolean' && isNatural(message.matchIndex) && countFields(message) === 7
      );
    default:
      return false;
  }
}

const COLON = 0x3a;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** Whether it is `server:seq.0`; other values of `k` are rare enough for the general check. */
function isIdOf(id: unknown, server: Server): boolean {
  if (typeof id !== 'string' || !id.startsWith(server)) return false;
  const start = server.length;
  const end = id.length - 2;
  if (id.charCodeAt(start) !== COLON || id.charCodeAt(end) !== DOT || id.charCodeAt(end + 1) !== ZERO)
    return false;
  if (end <= start + 1 || id.charCodeAt(start + 1) === ZERO) return false;
  for (let i = start + 1; i < end; i++) {
    const digit = id.charCodeAt(i);
    if (digit < ZERO || digit > NINE) return false;
  }
  return true;
}
