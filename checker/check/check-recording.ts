import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Follower } from '../../traces/follower.ts';
import { openRecording } from '../../traces/open-recording.ts';
import type { RecordedEvent, Recording } from '../../traces/recording.ts';
import type { RecordingSource } from '../../traces/recording-source.ts';
import { TraceError } from '../../traces/trace-error.ts';
import { makeOutputFolder } from '../output-folder.ts';
import type { EngineName, EngineVerdict } from '../verdict.ts';
import type { EngineResult, Outcome, TraceResult } from './check-result.ts';
import { ENGINE_NAMES } from './engines.ts';
import { type EngineVerdicts, reconcile, type TraceVerdict } from './reconcile.ts';
import { recordingNotes } from './recording-notes.ts';
import { type RunOptions, runEngines } from './run-engines.ts';
import { UnobservedInEvents } from './unobserved-in-events.ts';

export interface CheckOptions extends RunOptions {
  /** A folder that takes the engines' outputs; without it they are kept only where one fails or two contradict. */
  readonly keepFolder?: string;
  /** The recording is still written: it is judged as it grows. */
  readonly follower?: Follower;
}

/** Holds one run against the spec with each engine of the plan, and gives the verdict over them. */
export async function checkRecording(source: RecordingSource, options: CheckOptions): Promise<TraceResult> {
  const { path } = source;
  let eventsRead = 0;
  let isWhole = false;
  const leftOut = new UnobservedInEvents();
  const keptIn = await outputFolder(options.keepFolder);
  let keeps = options.keepFolder !== undefined;
  const removeUnlessKept = (): void => {
    if (!keeps) rmSync(keptIn, { recursive: true, force: true });
  };
  // A signal may end the process.
  process.once('exit', removeUnlessKept);
  let opened: Recording | undefined;
  try {
    opened = await openRecording(source, {
      ...(options.follower === undefined ? {} : { follower: options.follower }),
      ...(options.budgetMs === undefined ? {} : { budgetMs: options.budgetMs }),
    });
    const recording = watched(
      opened,
      (batch) => {
        eventsRead += batch.length;
        leftOut.take(batch);
      },
      () => {
        isWhole = true;
      },
    );
    const { verdicts, notes } = await runEngines(recording, options, keptIn);
    const verdict = reconcile(verdicts);
    const ending = isWhole && verdict.verdict !== 'rejected' ? recording.ending() : undefined;
    // An engine that rejects reads no further, and who follows not beyond the end line; but the checksum of an archive
    // stands at its end.
    const readsLess = verdict.verdict === 'rejected' || options.follower !== undefined;
    const damage = readsLess ? await opened.damage?.() : undefined;
    if (damage !== undefined) return unreadable(path, eventsRead, damage);
    keeps ||= verdict.verdict === 'failed';
    if (keeps) await keepVerdicts(keptIn, verdicts);
    return {
      path,
      events: eventsJudged(verdict) ?? eventsRead,
      ...describe(verdict, keptIn),
      engines: engineResults(verdicts),
      notes: [...recordingNotes(recording, leftOut, ending, options.follower?.end), ...notes],
      ...(keeps ? { kept: keptIn } : {}),
    };
  } catch (error) {
    if (error instanceof TraceError) return unreadable(path, eventsRead, (await opened?.damage?.()) ?? error);
    throw error;
  } finally {
    options.follower?.stop();
    removeUnlessKept();
    process.off('exit', removeUnlessKept);
  }
}

/** Undefined where that is all that were read. */
function eventsJudged(verdict: TraceVerdict): number | undefined {
  if (verdict.verdict === 'rejected') return verdict.rejection.position + 1;
  return verdict.verdict === 'inconclusive' ? verdict.events : undefined;
}

/** @throws CodedError RC6001 where the user's folder cannot be one */
async function outputFolder(keepFolder: string | undefined): Promise<string> {
  if (keepFolder === undefined) return mkdtemp(join(tmpdir(), 'raftcheck-check-'));
  return makeOutputFolder(keepFolder);
}

/** `ENGINE.json` for each; what TLC was given and printed stands beside them, in `run-N`. */
async function keepVerdicts(folder: string, verdicts: EngineVerdicts): Promise<void> {
  for (const [name, verdict] of Object.entries(verdicts)) {
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(verdict, null, 2)}\n`);
  }
}

/** The same recording; `onBatch` sees what is read of it too, and `onEnd` is told where its end was reached. */
function watched(
  recording: Recording,
  onBatch: (batch: readonly RecordedEvent[]) => void,
  onEnd: () => void,
): Recording {
  async function* events(): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
    for await (const batch of recording.events) {
      onBatch(batch);
      yield batch;
    }
    onEnd();
  }
  return { ...recording, events: { [Symbol.asyncIterator]: events } };
}

function describe(
  verdict: TraceVerdict,
  keptIn: string,
): Pick<TraceResult, 'verdict' | 'rejection' | 'error'> {
  if (verdict.verdict === 'accepted') return { verdict: 'accepted' };
  if (verdict.verdict === 'rejected') return { verdict: 'rejected', rejection: verdict.rejection };
  const { code, message } = verdict;
  const text = code === 'RC5010' ? `${message}; what each engine said is kept in ${keptIn}` : message;
  return { verdict: verdict.verdict, error: { code, severity: 'error', message: text } };
}

function engineResults(verdicts: EngineVerdicts): TraceResult['engines'] {
  const results: Partial<Record<EngineName, EngineResult>> = {};
  for (const name of ENGINE_NAMES) {
    const verdict = verdicts[name];
    if (verdict !== undefined) results[name] = engineResult(verdict);
  }
  return results;
}

function engineResult(verdict: EngineVerdict): EngineResult {
  switch (verdict.verdict) {
    case 'accepted':
      return { verdict: 'accepted' };
    case 'rejected': {
      const { code, message, file, line } = verdict.rejection;
      return { verdict: 'rejected', code, message, file, line };
    }
    default:
      return { verdict: verdict.verdict, code: verdict.code, message: verdict.message };
  }
}

/** The first digit of the reader's code says what its error means for the verdict. */
const OUTCOME_OF_READER: Readonly<Record<string, Outcome>> = { '1': 'malformed', '4': 'inconclusive' };

function unreadable(path: string, events: number, error: TraceError): TraceResult {
  const { code, message, file, line, hint } = error;
  const verdict = OUTCOME_OF_READER[code.charAt(2)];
  // Nothing was found at the path: that is a matter of the command line.
  if (verdict === undefined) throw error;
  return {
    path,
    events,
    verdict,
    engines: {},
    error: {
      code,
      severity: 'error',
      message,
      file,
      ...(line === undefined ? {} : { line }),
      ...(hint === undefined ? {} : { hint }),
    },
    notes: [],
  };
}
