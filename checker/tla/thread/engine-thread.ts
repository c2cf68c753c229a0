import { parentPort } from 'node:worker_threads';
import { CodedError } from '../../diagnostics/coded-error.ts';
import { counterexampleText } from '../model/counterexample-text.ts';
import { runNativeModel, simulateNativeModel } from '../model/run-native-model.ts';
import type { EngineAnswer, EngineCommand, EngineJob, EngineResult } from './engine-messages.ts';
import { sharedClockMs } from './overdue.ts';
import { refusalOf } from './refusal-message.ts';
import { SharedProgress } from './shared-progress.ts';

// The entry of a thread that looks at models with the native engine.

let underWay = new AbortController();

parentPort?.on('message', (command: EngineCommand) => {
  if (command.type === 'abort') {
    underWay.abort();
    return;
  }
  underWay = new AbortController();
  void answerFor(command.job, underWay.signal).then(post);
});

function post(answer: EngineAnswer): void {
  parentPort?.postMessage(answer);
}

/** Whatever else is thrown ends the thread, and is thrown where it was started. */
async function answerFor(job: EngineJob, signal: AbortSignal): Promise<EngineAnswer> {
  try {
    return { type: 'done', result: await look(job, signal) };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { type: 'refused', refusal: refusalOf(error) };
  }
}

async function look(job: EngineJob, signal: AbortSignal): Promise<EngineResult> {
  const { progress: buffer, endMs, simulation, coverage = false, counterexampleAs, ...files } = job;
  const progress = new SharedProgress(buffer);
  const run = {
    ...files,
    signal,
    ...(endMs === Infinity ? {} : { budgetMs: Math.max(0, endMs - sharedClockMs()) }),
    progressInterval: 1,
    onProgress: progress.tell.bind(progress),
    onPrint: (text: string) => post({ type: 'print', text }),
    onReady: (unchecked: EngineResult['verdict']['notChecked']) => post({ type: 'ready', unchecked }),
  };
  const { behaviour, ...found } =
    simulation === undefined
      ? await runNativeModel({ ...run, coverage })
      : await simulateNativeModel({ ...run, ...simulation });
  if (behaviour === undefined || counterexampleAs === undefined) return found;
  return { ...found, counterexample: counterexampleText(behaviour, counterexampleAs, job.specFile) };
}
