import { parentPort, workerData } from 'node:worker_threads';
import { TraceError } from '../../traces/trace-error.ts';
import { CodedError } from '../diagnostics/coded-error.ts';
import { refusalOf } from '../tla/thread/refusal-message.ts';
import type { ExplainAnswer, ExplainJob } from './explain-in-thread.ts';
import { explainLine } from './explain-line.ts';

// The entry of a thread that explains one event.

const { source, asked }: ExplainJob = workerData;
parentPort?.postMessage(await answer());

async function answer(): Promise<ExplainAnswer> {
  try {
    return { type: 'done', result: await explainLine(source, asked) };
  } catch (error) {
    if (!(error instanceof CodedError || error instanceof TraceError)) throw error;
    return { type: 'refused', refusal: refusalOf(error) };
  }
}
