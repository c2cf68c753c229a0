import { basename } from 'node:path';
import { openRecording } from '../../traces/open-recording.ts';
import type { RecordedEvent, Recording } from '../../traces/recording.ts';
import type { RecordingSource } from '../../traces/recording-source.ts';
import { againCommand } from '../check/again.ts';
import { CodedError } from '../diagnostics/coded-error.ts';
import { type Explanation, explain } from '../tla/diagnosis/explanation.ts';
import { initParser } from '../tla/syntax/parser.ts';
import { TraceWalk } from '../tla/trace/trace-walk.ts';

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
}

/**
 * Walks along a recording up to an event, and tells everything about it; of a trace that is rejected before it,
 * about the event that is rejected.
 *
 * @throws CodedError RC6002 where the line is no event, RC4301 where too many states are possible before it; a
 *   TraceError where the recording is malformed up to there
 */
export async function explainLine(source: RecordingSource, asked: Asked): Promise<ExplainResult> {
  const file = fileOf(source, asked.file);
  const recording = await openRecording(source);
  await initParser();
  const walk = await TraceWalk.open(recording.header, asked.specFolder);
  let events = 0;
  let lastLine = 1;
  for await (const batch of recording.events) {
    for (const recorded of batch) {
      if (recorded.file === file) lastLine = recorded.line;
      const isAsked = recorded.file === file && recorded.line === asked.line;
      const explanation = isAsked ? explainHere(recorded, walk) : explainIfRejected(recorded, walk, events);
      events += 1;
      if (explanation === undefined) continue;
      const { rejection } = explanation;
      return {
        format: 'raftcheck-explain',
        version: 1,
        path: source.path,
        ...(isAsked ? {} : { asked: { file, line: asked.line } }),
        ...explanation,
        ...(rejection === undefined
          ? {}
          : { rejection: { ...rejection, again: againCommand(source.path, rejection) } }),
      };
    }
  }
  throw noEvent(file, asked.line, lastLine, recording);
}

function explainHere(recorded: RecordedEvent, walk: TraceWalk): Explanation {
  const presented = walk.look(recorded);
  return explain(recorded, presented, walk.step(recorded), walk);
}

function explainIfRejected(
  recorded: RecordedEvent,
  walk: TraceWalk,
  events: number,
): Explanation | undefined {
  const outcome = walk.step(recorded);
  if (outcome.outcome === 'ambiguous') {
    throw new CodedError(
      'RC4301',
      `what was not observed leaves ${outcome.states} states possible after ${events} events`,
      { file: recorded.file, line: recorded.line },
    );
  }
  return outcome.outcome === 'rejected' ? explain(recorded, outcome, outcome, walk) : undefined;
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
