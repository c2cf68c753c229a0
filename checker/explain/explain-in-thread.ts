import type { RecordingSource } from '../../traces/recording-source.ts';
import { startThread } from '../own-thread.ts';
import { errorOf, type Refusal } from '../tla/thread/refusal-message.ts';
import type { Asked, ExplainResult } from './explain-line.ts';

/** What a thread is started with. */
export interface ExplainJob {
  readonly source: RecordingSource;
  readonly asked: Asked;
}

/** What it says. */
export type ExplainAnswer =
  | { readonly type: 'done'; readonly result: ExplainResult }
  | { readonly type: 'refused'; readonly refusal: Refusal };

/** A file beside this one, with the same ending. */
const ENTRY = import.meta.url.replace('explain-in-thread', 'explain-thread');

/**
 * The same as explainLine, in a thread of its own: nothing is known of how long a user's spec may evaluate, and a signal
 * is to end the process meanwhile. It cannot read standard input.
 *
 * @throws CodedError as explainLine, also for a recording that is malformed
 */
export async function explainInThread(source: RecordingSource, asked: Asked): Promise<ExplainResult> {
  const { promise, resolve, reject } = Promise.withResolvers<ExplainAnswer>();
  const thread = startThread(ENTRY, { workerData: { source, asked } satisfies ExplainJob });
  thread.on('message', resolve);
  thread.on('error', reject);
  thread.on('exit', () => reject(new Error('the thread that explains ended too early')));
  const answer = await promise;
  if (answer.type === 'refused') throw errorOf(answer.refusal);
  return answer.result;
}
