import { basename } from 'node:path';
import { openRecording } from '../../traces/open-recording.ts';
import type { RecordedEvent, Recording } from '../../traces/recording.ts';
import type { RecordingSource } from '../../traces/recording-source.ts';
import { TraceError } from '../../traces/trace-error.ts';
import { withAgain } from '../check/again.ts';
import { breaksIdentityRule } from '../check/identity-rules.ts';
import { together } from '../check/reconcile.ts';
import { CodedError } from '../diagnostics/coded-error.ts';
import { REPLAY_PROTOCOLS } from '../replay/protocols.ts';
import { type Explanation, explain } from '../tla/diagnosis/explanation.ts';
import { initParser } from '../tla/syntax/parser.ts';
import { specFault } from '../tla/trace/spec-fault.ts';
import { type StepOutcome, TraceWalk } from '../tla/trace/trace-walk.ts';
import { EvaluationError, tooDeep } from '../tla/values/evaluation-error.ts';
import type { Rejection } from '../verdict.ts';

/** Which event is meant. */
export interface Asked {
  /** From 1. */
  readonly line: number;
  /** The file of a folder with a file for each server: its path, or its name. */
  readonly file?: string;
  /** A folder with another RaftTrace.tla than the package's. */
  readonly specFolder?: string;
}

/** The result of `raftcheck explain`; docs/json-output.md describes it. */
export interface ExplainResult extends Explanation {
  readonly format: 'raftcheck-explain';
  readonly version: 1;
  readonly path: string;
  /** What was asked for, if the trace is rejected before it: then that event is explained. */
  readonly asked?: { readonly file: string; readonly line: number };
  /** The second action of a line that has two, where both are accepted. */
  readonly second?: Explanation;
}

/**
 * Walks along a recording up to an event, and tells everything about it; of a trace that is rejected before it,
 * about the event that is rejected. Of two actions in one line, about the one that is rejected, or about both.
 *
 * @throws CodedError RC6002 where the line is no event, RC4301 where too many states are possible up to it, what a user's
 *   spec cannot evaluate; a TraceError where the recording is malformed up to there
 */
export async function explainLine(source: RecordingSource, asked: Asked): Promise<ExplainResult> {
  const file = fileOf(source, asked.file);
  const recording = await openRecording(source);
  await initParser();
  const walk = await TraceWalk.open(recording.header, asked.specFolder);
  const rulesOf = replayRules(recording, asked);
  const wanted = new AskedLine(file, asked.line);
  const events = wanted.eventsOf(recording);
  let first: Explanation | undefined;
  for await (const recorded of events) {
    const isAsked = wanted.is(recorded);
    const explanation = await explainIfToldOf(recorded, walk, rulesOf(recorded), isAsked);
    if (explanation === undefined) continue;
    const isAccepted = explanation.verdict === 'accepted';
    if (isAccepted && recorded.isFirstHalf) {
      first = explanation;
      continue;
    }
    // Of a trace that is rejected before it, what was asked for may be no event.
    if (!isAsked && !(await wanted.mayBeAmong(events))) break;
    return {
      format: 'raftcheck-explain',
      version: 1,
      path: source.path,
      ...(isAsked ? {} : { asked: { file, line: asked.line } }),
      ...(isAccepted && first !== undefined
        ? { ...first, second: explanation }
        : withCommand(explanation, source.path)),
    };
  }
  throw noEvent(file, asked.line, wanted.lastLine, recording);
}

/** The line that was asked for, and how far its file goes. */
class AskedLine {
  readonly #file: string;
  readonly #line: number;
  lastLine = 1;

  constructor(file: string, line: number) {
    this.#file = file;
    this.#line = line;
  }

  async *eventsOf({ events }: Recording): AsyncGenerator<RecordedEvent, void, undefined> {
    for await (const batch of events) {
      for (const recorded of batch) {
        if (recorded.file === this.#file) this.lastLine = recorded.line;
        yield recorded;
      }
    }
  }

  is({ file, line }: RecordedEvent): boolean {
    return file === this.#file && line === this.#line;
  }

  /** Whether it is the line of one of these events, or may be, where they cannot all be read. */
  async mayBeAmong(later: AsyncIterable<RecordedEvent>): Promise<boolean> {
    try {
      for await (const recorded of later) if (this.is(recorded)) return true;
      return false;
    } catch (error) {
      if (error instanceof TraceError) return true;
      throw error;
    }
  }
}

/**
 * What `check` has of replay: which rule of Raft an event breaks, those about the ids of messages included, which the
 * spec knows nothing of. Those of another spec are its own.
 */
function replayRules(
  { header }: Recording,
  { specFolder }: Asked,
): (recorded: RecordedEvent) => Rejection | undefined {
  let engine = specFolder === undefined ? REPLAY_PROTOCOLS[header.protocol].start(header) : undefined;
  return (recorded) => {
    const rejection = engine?.step(recorded);
    // It has no state to go on from.
    if (rejection !== undefined) engine = undefined;
    return rejection;
  };
}

function withCommand(explanation: Explanation, path: string): Explanation {
  const { rejection } = explanation;
  if (rejection === undefined) return explanation;
  return { ...explanation, rejection: withAgain(rejection, path) };
}

/** Of an event that is not asked for there is something to tell only if it is rejected. */
function explainIfToldOf(
  recorded: RecordedEvent,
  walk: TraceWalk,
  rule: Rejection | undefined,
  isAsked: boolean,
): Promise<Explanation | undefined> {
  const isBroken = rule !== undefined && breaksIdentityRule(rule);
  return isAsked || isBroken ? explainHere(recorded, walk, rule) : explainIfRejected(recorded, walk, rule);
}

/** @param rule which rule it breaks by replay's account; of those, only one about ids rejects a step of the spec */
async function explainHere(
  recorded: RecordedEvent,
  walk: TraceWalk,
  rule: Rejection | undefined,
): Promise<Explanation> {
  const presented = walk.look(recorded);
  const explanation = explain(recorded, presented, await step(recorded, walk), walk);
  if (rule === undefined) return explanation;
  if (explanation.verdict === 'rejected') return withRule(explanation, rule);
  return breaksIdentityRule(rule) ? { ...explanation, verdict: 'rejected', rejection: rule } : explanation;
}

async function explainIfRejected(
  recorded: RecordedEvent,
  walk: TraceWalk,
  rule: Rejection | undefined,
): Promise<Explanation | undefined> {
  const outcome = await step(recorded, walk);
  if (outcome.outcome !== 'rejected') return undefined;
  const explanation = explain(recorded, outcome, outcome, walk);
  return rule === undefined ? explanation : withRule(explanation, rule);
}

/** As `check` puts together what both engines say of the event that they reject. */
function withRule(explanation: Explanation, rule: Rejection): Explanation {
  const { rejection } = explanation;
  return rejection === undefined ? explanation : { ...explanation, rejection: together(rejection, rule) };
}

/** @throws CodedError with the place in a user's spec that cannot be evaluated */
async function step(recorded: RecordedEvent, walk: TraceWalk): Promise<StepOutcome> {
  try {
    return walk.step(recorded);
  } catch (error) {
    const cause = tooDeep(error);
    if (walk.specFolder === undefined || !(cause instanceof EvaluationError)) throw error;
    throw await specFault(cause, recorded, walk);
  }
}

function fileOf({ path, files }: RecordingSource, named: string | undefined): string {
  const names = files.map((file) => basename(file)).join(', ');
  if (named === undefined) {
    const [file, ...others] = files;
    if (file !== undefined && others.length === 0) return file;
    throw new CodedError('RC6002', `${path} has several files, and each has its own lines`, {
      hint: `say which one is meant: --file NAME, one of ${names}`,
    });
  }
  const file = files.find((each) => each === named || basename(each) === named);
  if (file === undefined) {
    throw new CodedError('RC6002', `${named} is not among the files of ${path}`, { hint: `one of ${names}` });
  }
  return file;
}

function noEvent(file: string, line: number, lastLine: number, recording: Recording): CodedError {
  const hint = `its events stand on the lines 2 to ${lastLine}`;
  if (line === 1) return new CodedError('RC6002', `line 1 of ${file} is the header, no event`, { hint });
  const isCutOff = recording.ending().cutOff.includes(file);
  if (line === lastLine + 1 && !isCutOff)
    return new CodedError('RC6002', `line ${line} of ${file} is its end line, no event`, { hint });
  return new CodedError('RC6002', `${file} has no event on line ${line}`, { hint });
}
