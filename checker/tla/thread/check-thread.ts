import { parentPort, workerData } from 'node:worker_threads';
import type { RecordedEvent, Recording } from '../../../traces/recording.ts';
import { CodedError } from '../../diagnostics/coded-error.ts';
import { checkWithNative } from '../trace/native-engine.ts';
import type { CheckAnswer, CheckCommand, CheckJob } from './check-messages.ts';
import { sharedClockMs } from './overdue.ts';
import { refusalOf } from './refusal-message.ts';

// The entry of a thread that holds one recording against a spec.

const job: CheckJob = workerData;
const done = new Float64Array(job.events);
const interruption = new AbortController();
let take: (batch: readonly RecordedEvent[] | undefined) => void = () => {};

parentPort?.on('message', (command: CheckCommand) => {
  if (command.type === 'abort') interruption.abort();
  else take(command.batch);
});

post(await answer());

function post(answer: CheckAnswer): void {
  parentPort?.postMessage(answer);
}

async function answer(): Promise<CheckAnswer> {
  const { header, specFolder, endMs } = job;
  const recording: Recording = { header, events: events(), ending: () => ({ events: 0, cutOff: [] }) };
  try {
    const check = await checkWithNative(recording, {
      signal: interruption.signal,
      onProgress: (events) => {
        done[0] = events;
      },
      ...(specFolder === undefined ? {} : { specFolder }),
      ...(endMs === Infinity ? {} : { budgetMs: Math.max(0, endMs - sharedClockMs()) }),
    });
    return { type: 'done', check };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { type: 'refused', refusal: refusalOf(error) };
  }
}

/** Each event is a batch of its own: so each is counted when it is done. */
async function* events(): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  for (;;) {
    const batch = await nextBatch();
    if (batch === undefined) return;
    for (const event of batch) yield [event];
  }
}

function nextBatch(): Promise<readonly RecordedEvent[] | undefined> {
  return new Promise((resolve) => {
    take = resolve;
    post({ type: 'next' });
  });
}
