import type { Worker } from 'node:worker_threads';
import type { ModelProgress } from '../../model/model-progress.ts';
import type { ModelVerdict, UncheckedProperty } from '../../model/model-verdict.ts';
import { startThread } from '../../own-thread.ts';
import type { Budget } from '../explore/explore-report.ts';
import { heapLimit, isOutOfMemory, mostMemory } from '../explore/memory-budget.ts';
import { exhausted } from '../model/exhausted.ts';
import type { EngineAnswer, EngineCommand, EngineResult, EngineTask } from './engine-messages.ts';
import { type Limits, OverdueWatch, sharedClockMs } from './overdue.ts';
import { errorOf } from './refusal-message.ts';
import { SharedProgress } from './shared-progress.ts';

/** What an engine is to do, within which limits, and who is told of it. */
export interface ThreadedRun extends EngineTask, Limits {
  /** The most memory of the process; most of what the machine has left if absent. */
  readonly memoryBytes?: number;
  readonly onProgress?: (progress: ModelProgress) => void;
  readonly onPrint?: (text: string) => void;
}

/** A file beside this one, with the same ending. */
const ENTRY = import.meta.url.replace('run-in-thread', 'engine-thread');

/**
 * Looks at a model with the native engine in a thread of its own, which is ended where it does not keep the budget or
 * listen to the signal: so it is in the midst of an evaluation that lasts. Then the verdict has the counts of the last
 * state that was done, and there is no coverage.
 *
 * @throws CodedError as runNativeModel and simulateNativeModel
 */
export async function runInThread(run: ThreadedRun): Promise<EngineResult> {
  const { budgetMs, signal, memoryBytes = mostMemory(), onProgress, onPrint, ...task } = run;
  const startMs = performance.now();
  const endMs = sharedClockMs() + (budgetMs ?? Infinity);
  const progress = SharedProgress.start();
  const thread = EngineThread.take(memoryBytes);
  const watch = new OverdueWatch(run, () => {
    if (progress.latest !== undefined) onProgress?.(progress.latest);
  });
  const abort = () => thread.post({ type: 'abort' });
  let unchecked: readonly UncheckedProperty[] = [];
  const answered = thread.answer((answer) => {
    if (answer.type === 'ready') unchecked = answer.unchecked;
    if (answer.type === 'print') onPrint?.(answer.text);
  });
  thread.post({ type: 'do', job: { ...task, memoryBytes, endMs, progress: progress.buffer } });
  signal?.addEventListener('abort', abort);
  if (signal?.aborted === true) abort();
  try {
    const end = await Promise.race([answered, watch.overdue]);
    if (typeof end === 'object') {
      thread.release();
      return resultOf(end);
    }
    await thread.end();
    return { verdict: unfinished(end, progress.latest, performance.now() - startMs, unchecked) };
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
    return { verdict: unfinished('memory', progress.latest, performance.now() - startMs, unchecked) };
  } finally {
    watch.end();
    signal?.removeEventListener('abort', abort);
  }
}

type LastAnswer = Extract<EngineAnswer, { readonly type: 'done' | 'refused' }>;

function resultOf(answer: LastAnswer): EngineResult {
  if (answer.type === 'done') return answer.result;
  throw errorOf(answer.refusal);
}

/** The verdict of a thread that gave none. */
function unfinished(
  budget: Budget,
  counts: ModelProgress | undefined,
  elapsedMs: number,
  notChecked: readonly UncheckedProperty[],
): ModelVerdict {
  const common = {
    engine: 'native' as const,
    // Random behaviours are not told apart.
    distinct: counts === undefined || counts.isRandom === true ? null : counts.distinct,
    generated: counts?.generated ?? null,
    depth: counts?.depth ?? null,
    elapsedMs: Math.round(elapsedMs),
    tlcVersion: null,
    notChecked,
  };
  return exhausted(common, budget);
}

/** A thread with an engine. What did its job waits for the next one: a command may look at many models. */
class EngineThread {
  static #idle: EngineThread | undefined;
  readonly #worker: Worker;
  readonly #death: Promise<never>;

  private constructor(memoryBytes: number) {
    this.#worker = startThread(ENTRY, heapLimit(memoryBytes));
    this.#death = new Promise<never>((_, reject) => {
      this.#worker.on('error', reject);
      this.#worker.on('exit', () => reject(new Error('the thread of the engine ended too early')));
    });
    // Whoever waits for an answer hears of it.
    this.#death.catch(() => {
      if (EngineThread.#idle === this) EngineThread.#idle = undefined;
    });
  }

  /** @param memoryBytes how large the heap of a new one may grow */
  static take(memoryBytes: number): EngineThread {
    const idle = EngineThread.#idle;
    EngineThread.#idle = undefined;
    if (idle === undefined) return new EngineThread(memoryBytes);
    idle.#worker.ref();
    return idle;
  }

  /** Keeps it for the next job; it does not keep the process alive. */
  release(): void {
    this.#worker.unref();
    EngineThread.#idle = this;
  }

  post(command: EngineCommand): void {
    this.#worker.postMessage(command);
  }

  /** The answer that ends a job; the others are handed on. */
  answer(hear: (answer: EngineAnswer) => void): Promise<LastAnswer> {
    const last = new Promise<LastAnswer>((resolve) => {
      const listen = (answer: EngineAnswer) => {
        hear(answer);
        if (answer.type !== 'done' && answer.type !== 'refused') return;
        this.#worker.off('message', listen);
        resolve(answer);
      };
      this.#worker.on('message', listen);
    });
    return Promise.race([last, this.#death]);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
