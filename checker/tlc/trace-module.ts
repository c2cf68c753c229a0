import type {
  Header,
  LogChange,
  Message,
  ObservedState,
  Server,
  ServerTraceEvent,
} from '../../traces/trace-format.ts';
import type { ClusterState, FullServerState, WrittenState } from '../replay/cluster-state.ts';
import type { Chunk } from './chunks.ts';
import { tlaFunction, tlaRecord, tlaSequence, tlaSet, tlaString } from './tla-value.ts';
import { type Definition, type OpaqueContent, TraceNames } from './trace-names.ts';
import type { StepMessages, TracePlan, TraceStep } from './trace-steps.ts';

/** The generated module and the configuration that tells TLC to walk along it. */
export interface TraceModule {
  readonly module: string;
  readonly config: string;
  /** What the short tokens in it stand for. */
  readonly contents: ReadonlyMap<string, OpaqueContent>;
}

/** The name of the generated module, which extends RaftTrace.tla. */
export const TRACE_MODULE_NAME = 'RecordedTrace';

const CONFIG = `SPECIFICATION TraceSpec
VIEW Place
CHECK_DEADLOCK FALSE
CONSTANTS
    Nil = Nil
    Command = {}
    Server <- RecordedServers
    InitialConfiguration <- RecordedConfiguration
    Features <- RecordedFeatures
    Observed <- RecordedObserved
    Events <- RecordedEvents
    Chunks <- RecordedChunks
`;

/** A chunk, and the steps of the recording that it belongs to. */
export interface PlannedChunk {
  readonly chunk: Chunk;
  readonly plan: TracePlan;
}

/**
 * Writes chunks as a TLA+ module.
 *
 * @param header of the recordings that the chunks belong to
 */
export function traceModule(header: Header, planned: readonly PlannedChunk[]): TraceModule {
  const names = new TraceNames();
  const borders = writeBorders(planned, header.servers, names);
  const steps: string[] = [];
  const chunks = planned.map(({ chunk, plan }) => {
    const stepBefore = (position: number) => plan.firstStep[position] ?? plan.steps.length;
    const first = steps.length + 1;
    for (const step of plan.steps.slice(
      stepBefore(chunk.firstPosition),
      stepBefore(chunk.lastPosition + 1),
    )) {
      steps.push(stepText(step, names));
    }
    return tlaRecord([
      ['first', String(first)],
      ['last', String(steps.length)],
      ...optional('start', chunk.start && borders.get(chunk.start)?.name),
      ...optional('end', chunk.end && borders.get(chunk.end)?.name),
    ]);
  });
  const definitions = [...names.entries, ...names.logs, ...names.messages, ...borders.values()];
  const lines = [
    `---- MODULE ${TRACE_MODULE_NAME} ----`,
    'EXTENDS RaftTrace',
    `RecordedServers == ${stringSet(header.servers)}`,
    `RecordedConfiguration == [voters |-> ${stringSet(header.configuration.voters)}]`,
    `RecordedFeatures == ${stringSet(header.features)}`,
    `RecordedObserved == ${stringSet(header.observed)}`,
    ...definitions.map(({ name, text }) => `${name} == ${text}`),
    `EventTable == <<\n${steps.join(',\n')}\n>>`,
    `ChunkTable == ${tlaSequence(chunks)}`,
    // TLC evaluates a definition once, but one that stands for a constant anew at each use: for 5,000 events that
    // took 138 s instead of 3.
    'RecordedEvents == EventTable',
    'RecordedChunks == ChunkTable',
    '====',
    '',
  ];
  return { module: lines.join('\n'), config: CONFIG, contents: names.contents };
}

function writeBorders(
  planned: readonly PlannedChunk[],
  servers: readonly Server[],
  names: TraceNames,
): Map<ClusterState, Definition> {
  const borders = new Map<ClusterState, Definition>();
  // The latest first: its logs are the longest, and the others' are prefixes of them.
  for (const { chunk, plan } of planned.toReversed()) {
    for (const border of [chunk.end, chunk.start]) {
      if (border === undefined || borders.has(border)) continue;
      const network = plan.inFlight.get(border.position) ?? [];
      borders.set(border, { name: `b${borders.size}`, text: borderText(border, servers, network, names) });
    }
  }
  return borders;
}

type Field = readonly [name: string, value: string];

function optional(name: string, value: string | undefined): Field[] {
  return value === undefined ? [] : [[name, value]];
}

function stringSet(strings: readonly string[]): string {
  return tlaSet(strings.map(tlaString));
}

function serverOrNil(server: Server | null): string {
  return server === null ? 'Nil' : tlaString(server);
}

function indexes(byServer: Readonly<Record<Server, number>>): string {
  return tlaFunction(Object.entries(byServer).map(([server, index]) => [server, String(index)]));
}

function stepText(step: TraceStep, names: TraceNames): string {
  const at: Field = ['at', String(step.at)];
  if (step.kind === 'inserted') {
    return tlaRecord([
      at,
      ['action', tlaString(step.action)],
      ['inserted', 'TRUE'],
      ['message', names.message(step.message)],
    ]);
  }
  if (step.kind === 'learned') {
    return tlaRecord([
      at,
      ['action', '"LearnNextIndex"'],
      ['inserted', 'TRUE'],
      ['leader', tlaString(step.leader)],
      ['nextIndex', indexes(step.nextIndex)],
    ]);
  }
  const { event, messages } = step;
  if ('server' in event) {
    return tlaRecord([at, ['action', tlaString(event.action)], ...serverEventFields(event, messages, names)]);
  }
  // What nobody sent cannot be lost or duplicated: no action has the name "".
  if (messages.moved === undefined) return tlaRecord([at, ['action', '""']]);
  return tlaRecord([at, ['action', tlaString(event.action)], ['message', names.message(messages.moved)]]);
}

function serverEventFields(event: ServerTraceEvent, messages: StepMessages, names: TraceNames): Field[] {
  return [
    ['server', tlaString(event.server)],
    ...('message' in event ? [['message', names.message(event.message)] as const] : []),
    ...('sends' in event
      ? [['sends', tlaSequence(event.sends.map((each) => names.message(each)))] as const]
      : []),
    ...releaseFields(messages.released, names),
    ...('args' in event && event.args !== undefined ? [['args', argsText(event.args, names)] as const] : []),
    ...stateFields(event.state, event.log, names),
    ...(event.unobserved === undefined ? [] : [['unobserved', stringSet(event.unobserved)] as const]),
  ];
}

function releaseFields(released: readonly (Message | undefined)[], names: TraceNames): Field[] {
  if (released.length === 0) return [];
  // What nobody sent is equal to no message.
  return [
    [
      'releases',
      tlaSequence(released.map((each) => (each === undefined ? '[type |-> ""]' : names.message(each)))),
    ],
  ];
}

type Args = Readonly<Record<string, number | string>>;

function argsText(args: Args, names: TraceNames): string {
  return tlaRecord(
    Object.entries(args).map(([name, value]) => {
      if (typeof value === 'number') return [name, String(value)];
      return ['command', names.command(name === 'hash' ? { hash: value } : { command: value })];
    }),
  );
}

function stateFields(
  state: Partial<ObservedState> | undefined,
  log: LogChange | undefined,
  names: TraceNames,
): Field[] {
  const fields: Field[] = state === undefined ? [] : observedFields(state);
  if (log !== undefined) {
    const append = names.log(log.append);
    fields.push([
      'log',
      tlaRecord([
        ['keep', String(log.keep)],
        ['append', append],
      ]),
    ]);
  }
  return fields.length === 0 ? [] : [['state', tlaRecord(fields)]];
}

/** The texts of those variables that are there. */
function observedFields(state: Partial<ObservedState>): Field[] {
  const { currentTerm, votedFor, role, commitIndex, votesGranted, nextIndex, matchIndex } = state;
  return [
    ...optional('currentTerm', currentTerm === undefined ? undefined : String(currentTerm)),
    ...optional('votedFor', votedFor === undefined ? undefined : serverOrNil(votedFor)),
    ...optional('role', role === undefined ? undefined : tlaString(role)),
    ...optional('commitIndex', commitIndex === undefined ? undefined : String(commitIndex)),
    ...optional('votesGranted', votesGranted === undefined ? undefined : stringSet(votesGranted)),
    ...optional('nextIndex', nextIndex === undefined ? undefined : indexes(nextIndex)),
    ...optional('matchIndex', matchIndex === undefined ? undefined : indexes(matchIndex)),
  ];
}

function borderText(
  border: ClusterState,
  servers: readonly Server[],
  network: readonly Message[],
  names: TraceNames,
): string {
  const inFlight = network.map((message) => names.message(message));
  const perServer = servers.map((server) => {
    const state = border.servers[server];
    if (state === undefined) throw new Error(`a border without the state of ${server}`);
    return [server, serverFields(state, names)] as const;
  });
  const variables = perServer[0]?.[1].map(([variable]) => variable) ?? [];
  return tlaRecord([
    ...variables.map((variable, index): Field => {
      return [variable, tlaFunction(perServer.map(([server, fields]) => [server, fields[index]?.[1] ?? '']))];
    }),
    ['network', `BagOf(${tlaSequence(inFlight)})`],
  ]);
}

/** Every variable of a server, always in the same order. */
function serverFields(state: FullServerState, names: TraceNames): Field[] {
  const pending = state.pending.map(({ write, promised }) =>
    tlaRecord([
      ['write', writeText(write, names)],
      ['promised', `BagOf(${tlaSequence(promised.map((message) => names.message(message)))})`],
    ]),
  );
  return [
    ...observedFields(state),
    ['log', names.log(state.log)],
    ['disk', writeText(state.disk, names)],
    ['pending', tlaSequence(pending)],
  ];
}

function writeText(write: WrittenState, names: TraceNames): string {
  return tlaRecord([
    ['currentTerm', String(write.currentTerm)],
    ['votedFor', serverOrNil(write.votedFor)],
    ['log', names.log(write.log)],
  ]);
}
