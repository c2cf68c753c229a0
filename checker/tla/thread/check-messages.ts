import type { RecordedEvent, Recording } from '../../../traces/recording.ts';
import type { NativeCheck } from '../trace/native-engine.ts';
import type { Refusal } from './refusal-message.ts';

/** What a thread that checks a recording is started with. */
export interface CheckJob {
  readonly header: Recording['header'];
  readonly specFolder: string | undefined;
  /** When the budget is exhausted, on the clock of `sharedClockMs`; Infinity without one. */
  readonly endMs: number;
  /** One Float64: how many events are done. */
  readonly events: SharedArrayBuffer;
}

/** To the thread: the next batch, none behind the end, or that it is to end. */
export type CheckCommand =
  | { readonly type: 'batch'; readonly batch: readonly RecordedEvent[] | undefined }
  | { readonly type: 'abort' };

/** From it. */
export type CheckAnswer =
  | { readonly type: 'next' }
  | { readonly type: 'done'; readonly check: NativeCheck }
  | { readonly type: 'refused'; readonly refusal: Refusal };
