import type {
  Header,
  LogChange,
  ObservedState,
  Server,
  ServerTraceEvent,
} from '../../traces/trace-format.ts';
import type { Border, BorderServer, BorderWrite } from './border.ts';
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

/**
 * Writes the chunks of a recording as a TLA+ module.
 *
 * @param plan its events' positions count from 0, without gaps
 * @param chunks consecutive ones
 */
export function traceModule(header: Header, plan: TracePlan, chunks: readonly Chunk[]): TraceModule {
  const names = new TraceNames();
  const borders = new Map<Border, Definition>();
  // The latest border first: its logs are the longest, and the others' are prefixes of them.
  for (const border of bordersOf(chunks).reverse()) {
    borders.set(border, {
      name: `b${border.position}`,
      text: borderText(border, header.servers, plan, names),
    });
  }
  const stepBefore = (position: number) => plan.firstStep[position] ?? plan.steps.length;
  const first = stepBefore(chunks[0]?.firstPosition ?? 0);
  const end = stepBefore((chunks.at(-1)?.lastPosition ?? 0) + 1);
  const steps = plan.steps.slice(first, end).map((step) => stepText(step, names));
  const chunkTexts = chunks.map((chunk) => {
    const name = (border: Border | undefined) =>
      border === undefined ? undefined : borders.get(border)?.name;
    return tlaRecord([
      ['first', String(stepBefore(chunk.firstPosition) - first + 1)],
      ['last', String(stepBefore(chunk.lastPosition + 1) - first)],
      ...optional('start', name(chunk.start)),
      ...optional('end', name(chunk.end)),
    ]);
  });
  const lines = [
    `---- MODULE ${TRACE_MODULE_NAME} ----`,
    'EXTENDS RaftTrace',
    `RecordedServers == ${stringSet(header.servers)}`,
    `RecordedConfiguration == [voters |-> ${stringSet(header.configuration.voters)}]`,
    `RecordedFeatures == ${stringSet(header.features)}`,
    `RecordedObserved == ${stringSet(header.observed)}`,
    ...[...names.entries, ...names.logs, ...names.messages, ...borders.values()].map(
      ({ name, text }) => `${name} == ${text}`,
    ),
    `EventTable == <<\n${steps.join(',\n')}\n>>`,
    `ChunkTable == ${tlaSequence(chunkTexts)}`,
    // TLC evaluates a definition once, but one that stands for a constant anew at each use: for 5,000 events that
    // took 138 s instead of 3.
    'RecordedEvents == EventTable',
    'RecordedChunks == ChunkTable',
    '====',
    '',
  ];
  return { module: lines.join('\n'), config: CONFIG, contents: names.contents };
}

function bordersOf(chunks: readonly Chunk[]): Border[] {
  const borders = chunks.flatMap(({ start, end }) => [start, end]);
  return [...new Set(borders)].filter((border) => border !== undefined);
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

function releaseFields(
  released: readonly (Parameters<TraceNames['message']>[0] | undefined)[],
  names: TraceNames,
): Field[] {
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

function borderText(border: Border, servers: readonly Server[], plan: TracePlan, names: TraceNames): string {
  const network = (plan.inFlight.get(border.position) ?? []).map((message) => names.message(message));
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
    ['network', `BagOf(${tlaSequence(network)})`],
  ]);
}

/** Every variable of a server, always in the same order. */
function serverFields(state: BorderServer, names: TraceNames): Field[] {
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

function writeText(write: BorderWrite, names: TraceNames): string {
  return tlaRecord([
    ['currentTerm', String(write.currentTerm)],
    ['votedFor', serverOrNil(write.votedFor)],
    ['log', names.log(write.log)],
  ]);
}
