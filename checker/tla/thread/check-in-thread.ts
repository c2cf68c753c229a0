import type { Worker } from 'node:worker_threads';
import type { RecordedEvent, Recording } from '../../../traces/recording.ts';
import { startThread } from '../../own-thread.ts';
import { interrupted } from '../trace/interrupted.ts';
import type { NativeCheck, NativeCheckOptions } from '../trace/native-engine.ts';
import type { CheckAnswer, CheckCommand, CheckJob } from './check-messages.ts';
import { OverdueWatch, sharedClockMs } from './overdue.ts';
import { errorOf } from './refusal-message.ts';

/** A file beside this one, with the same ending. */
const ENTRY = import.meta.url.replace('check-in-thread', 'check-thread');

/**
 * Holds a recording against a spec in a thread of its own, which is ended where it does not keep the budget or listen to
 * the signal: nothing is known of how long a user's spec may evaluate.
 *
 * @throws as checkWithNative
 */
export async function checkInThread(
  recording: Recording,
  options: Omit<NativeCheckOptions, 'upTo'>,
): Promise<NativeCheck> {
  const { budgetMs = Infinity, signal, specFolder, onProgress } = options;
  const done = new Float64Array(new SharedArrayBuffer(8));
  const events = () => done[0] ?? 0;
  const job: CheckJob = {
    header: recording.header,
    specFolder,
    endMs: sharedClockMs() + budgetMs,
    events: done.buffer,
  };
  const thread = startThread(ENTRY, { workerData: job });
  const watch = new OverdueWatch(options, () => onProgress?.(events()));
  const abort = () => thread.postMessage({ type: 'abort' } satisfies CheckCommand);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted === true) abort();
  try {
    const end = await Promise.race([served(thread, recording), watch.overdue]);
    if (typeof end === 'object') return end;
    return { verdict: interrupted(end, events()), events: events() };
  } finally {
    watch.end();
    signal?.removeEventListener('abort', abort);
    await thread.terminate();
  }
}

/** Gives a thread the batches that it asks for, until it has a verdict. */
async function served(thread: Worker, { events }: Recording): Promise<NativeCheck> {
  const { promise, resolve, reject } = Promise.withResolvers<NativeCheck>();
  const batches = events[Symbol.asyncIterator]();
  thread.on('message', (answer: CheckAnswer) => {
    if (answer.type === 'done') resolve(answer.check);
    else if (answer.type === 'refused') reject(errorOf(answer.refusal));
    else giveNext(thread, batches).catch(reject);
  });
  thread.on('error', reject);
  thread.on('exit', () => reject(new Error('the thread of the check ended too early')));
  return promise;
}

async function giveNext(thread: Worker, batches: AsyncIterator<readonly RecordedEvent[]>): Promise<void> {
  const { done, value } = await batches.next();
  thread.postMessage({ type: 'batch', batch: done === true ? undefined : value } satisfies CheckCommand);
}
