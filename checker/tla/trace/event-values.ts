import type { RecordedEvent } from '../../../traces/recording.ts';
import type {
  Entry,
  LogChange,
  Message,
  MessageId,
  ObservedState,
  Server,
  ServerTraceEvent,
  TraceEvent,
} from '../../../traces/trace-format.ts';
import type { ClusterState, FullServerState, WrittenState } from '../../replay/cluster-state.ts';
import { mapped } from '../values/mapped.ts';
import {
  EMPTY_BAG,
  emptySequence,
  functionOf,
  modelValue,
  type RecordShape,
  recordOf,
  recordShape,
  sequence,
  setOf,
  setToBag,
  string,
} from '../values/operations.ts';
import { FunctionValue, SequenceValue, type Value } from '../values/value.ts';
import { type MessagesSoFar, UndeliveredMessages } from './undelivered-messages.ts';

/** Who loses a vote, and who has none: the model value Nil of the trace's configuration. */
export const NIL = 'Nil';

type Field = readonly [name: string, value: Value];

/**
 * Turns recorded events into the records that RaftTrace.tla consumes. A message keeps the value that it got when it
 * was sent until it is received, so that both are one value.
 */
export class EventValues {
  readonly #undelivered = new UndeliveredMessages();

  /** The record of an event: see RaftTrace.tla for its fields. That it was taken, `take` is to be told. */
  event({ event, position }: RecordedEvent): Value {
    const head: Field[] = [
      ['at', position],
      ['action', string(event.action)],
    ];
    if ('server' in event) return record([...head, ...this.#serverEventFields(event)]);
    const moved = this.#undelivered.get(event.args.id);
    // What nobody sent cannot be lost or duplicated: no action has the name "".
    if (moved === undefined)
      return record([
        ['at', position],
        ['action', string('')],
      ]);
    return record([...head, ['message', moved]]);
  }

  /** A step of the network that the recording implies. */
  insertedSend({ position }: RecordedEvent, message: Message): Value {
    return record([
      ['at', position],
      ['action', string('EnvironmentSends')],
      ['inserted', true],
      ['message', this.#messageOf(message)],
    ]);
  }

  /** The step that learns what an event shows of nextIndex. */
  learnedNextIndex(
    { position }: RecordedEvent,
    leader: Server,
    nextIndex: Readonly<Record<Server, number>>,
  ): Value {
    return record([
      ['at', position],
      ['action', string('LearnNextIndex')],
      ['inserted', true],
      ['leader', string(leader)],
      ['nextIndex', indexes(nextIndex)],
    ]);
  }

  /** What the events that were taken say of messages that may still be somewhere. */
  messagesSoFar(): MessagesSoFar {
    return this.#undelivered.soFar();
  }

  /** The message that an event takes from the network or copies there. */
  touched(event: TraceEvent): Value | undefined {
    if ('message' in event) return this.#messageOf(event.message);
    return 'server' in event ? undefined : this.#undelivered.get(event.args.id);
  }

  /**
   * An event was matched: what it has created is there, and what it received or lost is no longer on its way, unless there
   * are other copies.
   *
   * @param presented its record
   * @param promised of a restart, the bags of messages that waited for the server's disk
   */
  take({ event, origin }: RecordedEvent, presented: Value, promised: readonly Value[]): void {
    if ('sends' in event) {
      const values = sentIn(presented);
      event.sends.forEach(({ id }: Message, index) => {
        const value = values[index];
        if (value !== undefined) this.#undelivered.create(id, value);
      });
    }
    if (event.action === 'Persist') for (const id of event.releases ?? []) this.#undelivered.release(id);
    this.#undelivered.crash(promised);
    const id = 'message' in event ? event.message.id : 'server' in event ? undefined : event.args.id;
    if (id === undefined || origin === 'repeated') return;
    this.#undelivered.count(id, event.action === 'DuplicateMessage' ? 1 : -1);
  }

  /** The content of a message: its id is not part of it. */
  message(message: Message): Value {
    const { term } = message;
    const type = string(message.type);
    const from = string(message.from);
    const to = string(message.to);
    switch (message.type) {
      case 'RequestVoteRequest':
        return recordOf(REQUEST_VOTE_REQUEST, [
          type,
          from,
          to,
          term,
          message.lastLogIndex,
          message.lastLogTerm,
        ]);
      case 'RequestVoteResponse':
        return recordOf(REQUEST_VOTE_RESPONSE, [type, from, to, term, message.voteGranted]);
      case 'AppendEntriesRequest': {
        const { prevLogIndex, prevLogTerm, leaderCommit } = message;
        const entries = sequence(mapped(message.entries, entryValue));
        return recordOf(APPEND_ENTRIES_REQUEST, [
          type,
          from,
          to,
          term,
          prevLogIndex,
          prevLogTerm,
          entries,
          leaderCommit,
        ]);
      }
      case 'AppendEntriesResponse':
        return recordOf(APPEND_ENTRIES_RESPONSE, [type, from, to, term, message.success, message.matchIndex]);
    }
  }

  #messageOf(message: Message): Value {
    return this.#undelivered.get(message.id) ?? this.message(message);
  }

  #serverEventFields(event: ServerTraceEvent): Field[] {
    const fields: Field[] = [['server', string(event.server)]];
    if ('message' in event) fields.push(['message', this.#messageOf(event.message)]);
    if ('sends' in event)
      fields.push([
        'sends',
        sequence(mapped<Message, Value>(event.sends, (message) => this.message(message))),
      ]);
    if (event.action === 'Persist' && event.releases !== undefined && event.releases.length > 0) {
      fields.push(['releases', sequence(mapped(event.releases, (id) => this.#released(id)))]);
    }
    if ('args' in event && event.args !== undefined) fields.push(['args', argsValue(event.args)]);
    const state = stateFields(event.state, event.log);
    if (state.length > 0) fields.push(['state', record(state)]);
    if (event.unobserved !== undefined) fields.push(['unobserved', setOf(mapped(event.unobserved, string))]);
    return fields;
  }

  /** What nobody sent is equal to no message. */
  #released(id: MessageId): Value {
    return this.#undelivered.get(id) ?? record([['type', string('')]]);
  }
}

const SENDS = string('sends');

/** The messages that the record of an event has it create. */
export function sentIn(presented: Value): readonly Value[] {
  if (!(presented instanceof FunctionValue)) return [];
  const sends = presented.values[presented.shape.indexOf(SENDS)];
  return sends instanceof SequenceValue ? sends.toArray() : [];
}

/** The state of a cluster as the record that a chunk of RaftTrace.tla starts with; nothing is in flight. */
export function clusterValue(cluster: ClusterState, servers: readonly Server[]): Value {
  const perServer = servers.map((server): readonly Field[] => {
    const state = cluster.servers[server];
    if (state === undefined) throw new RangeError(`a state without the server ${server}`);
    return serverFields(state);
  });
  const keys = servers.map(string);
  const variables = perServer[0]?.map(([variable]) => variable) ?? [];
  return record([
    ...variables.map(
      (variable, index): Field => [
        variable,
        functionOf(
          keys,
          perServer.flatMap((fields) => (fields[index] === undefined ? [] : [fields[index][1]])),
        ),
      ],
    ),
    ['network', EMPTY_BAG],
  ]);
}

function serverFields(state: FullServerState): readonly Field[] {
  const values = new EventValues();
  const pending = state.pending.map(({ write, promised }) =>
    record([
      ['write', writeValue(write)],
      ['promised', setToBag(setOf(promised.map((message) => values.message(message))))],
    ]),
  );
  return [
    ...observedFields(state),
    ['log', sequence(state.log.map(entryValue))],
    ['disk', writeValue(state.disk)],
    ['pending', sequence(pending)],
  ];
}

function writeValue(write: WrittenState): Value {
  return record([
    ['currentTerm', write.currentTerm],
    ['votedFor', serverOrNil(write.votedFor)],
    ['log', sequence(write.log.map(entryValue))],
  ]);
}

const commands = new Map<string, Value>();
const hashes = new Map<string, Value>();

/** The content of an entry as one string: a hash is never equal to a command, even where the texts are. */
export function commandValue(content: { readonly command: string } | { readonly hash: string }): Value {
  return 'command' in content
    ? kept(commands, content.command, 'command ')
    : kept(hashes, content.hash, 'hash ');
}

function kept(values: Map<string, Value>, text: string, prefix: string): Value {
  let value = values.get(text);
  if (value === undefined) {
    value = string(prefix + text);
    values.set(text, value);
  }
  return value;
}

/** What a string that commandValue made stands for. */
export function commandContent(text: string): { command: string } | { hash: string } | undefined {
  if (text.startsWith('command ')) return { command: text.slice('command '.length) };
  return text.startsWith('hash ') ? { hash: text.slice('hash '.length) } : undefined;
}

/** The same entry stands in many messages and logs: one value for all of them, so that comparing costs nothing. */
export function entryValue(entry: Entry): Value {
  if ('noop' in entry) return keptEntry(NO_OPS, entry.term, NOOP_ENTRY, true);
  const content = commandValue(entry);
  let ofTerms = ENTRIES.get(content);
  if (ofTerms === undefined) {
    ofTerms = new Map();
    ENTRIES.set(content, ofTerms);
  }
  return keptEntry(ofTerms, entry.term, COMMAND_ENTRY, content);
}

const ENTRIES = new Map<Value, Map<number, Value>>();
const NO_OPS = new Map<number, Value>();

function keptEntry(ofTerms: Map<number, Value>, term: number, shape: RecordShape, content: Value): Value {
  let value = ofTerms.get(term);
  if (value === undefined) {
    value = recordOf(shape, [term, content]);
    ofTerms.set(term, value);
  }
  return value;
}

const ENVELOPE = ['type', 'from', 'to', 'term'];
const REQUEST_VOTE_REQUEST = recordShape([...ENVELOPE, 'lastLogIndex', 'lastLogTerm']);
const REQUEST_VOTE_RESPONSE = recordShape([...ENVELOPE, 'voteGranted']);
const APPEND_ENTRIES_REQUEST = recordShape([
  ...ENVELOPE,
  'prevLogIndex',
  'prevLogTerm',
  'entries',
  'leaderCommit',
]);
const APPEND_ENTRIES_RESPONSE = recordShape([...ENVELOPE, 'success', 'matchIndex']);
const NOOP_ENTRY = recordShape(['term', 'noop']);
const COMMAND_ENTRY = recordShape(['term', 'command']);

function argsValue(args: Readonly<Record<string, number | string>>): Value {
  return record(
    Object.entries(args).map(([name, value]): Field => {
      if (typeof value === 'number') return [name, value];
      return ['command', commandValue(name === 'hash' ? { hash: value } : { command: value })];
    }),
  );
}

function stateFields(state: Partial<ObservedState> | undefined, log: LogChange | undefined): Field[] {
  const fields = state === undefined ? [] : observedFields(state);
  if (log === undefined) return fields;
  const change = record([
    ['keep', log.keep],
    ['append', sequence(mapped(log.append, entryValue))],
  ]);
  return [...fields, ['log', change]];
}

/** Those variables that are there. */
function observedFields(state: Partial<ObservedState>): Field[] {
  const { currentTerm, votedFor, role, commitIndex, votesGranted, nextIndex, matchIndex } = state;
  const fields: Field[] = [];
  if (currentTerm !== undefined) fields.push(['currentTerm', currentTerm]);
  if (votedFor !== undefined) fields.push(['votedFor', serverOrNil(votedFor)]);
  if (role !== undefined) fields.push(['role', string(role)]);
  if (commitIndex !== undefined) fields.push(['commitIndex', commitIndex]);
  if (votesGranted !== undefined) fields.push(['votesGranted', setOf(mapped(votesGranted, string))]);
  if (nextIndex !== undefined) fields.push(['nextIndex', indexes(nextIndex)]);
  if (matchIndex !== undefined) fields.push(['matchIndex', indexes(matchIndex)]);
  return fields;
}

function indexes(byServer: Readonly<Record<Server, number>>): Value {
  const fields = Object.entries(byServer);
  return fields.length === 0 ? emptySequence : record(fields);
}

function serverOrNil(server: Server | null): Value {
  return server === null ? modelValue(NIL) : string(server);
}

/** The shapes of records by the names of their fields, one after the other: a path is looked up without a key. */
class ShapePath {
  readonly #names: readonly string[];
  readonly #longer = new Map<string, ShapePath>();
  #shape: RecordShape | undefined;

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  with(name: string): ShapePath {
    let path = this.#longer.get(name);
    if (path === undefined) {
      path = new ShapePath([...this.#names, name]);
      this.#longer.set(name, path);
    }
    return path;
  }

  get shape(): RecordShape {
    this.#shape ??= recordShape(this.#names);
    return this.#shape;
  }
}

const NO_FIELDS = new ShapePath([]);

/** A record; the shapes of records with the same fields are made once. */
function record(fields: readonly Field[]): Value {
  let path = NO_FIELDS;
  const values: Value[] = [];
  for (const [name, value] of fields) {
    path = path.with(name);
    values.push(value);
  }
  return recordOf(path.shape, values);
}
