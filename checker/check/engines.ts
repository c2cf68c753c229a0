import type { Recording } from '../../traces/recording.ts';
import type { EngineName, EngineVerdict } from '../verdict.ts';

/** What an engine that reads a recording event by event is told. */
export interface StreamOptions {
  /** Milliseconds after which the verdict is inconclusive. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
  /** Called now and then with how many events were taken. */
  readonly onProgress?: (events: number) => void;
  /** Where the spec's modules are looked up before the package's own. */
  readonly specFolder?: string;
}

/** The native engine, as a check drives it: a TraceError of the reader goes through it. */
export type NativeCheck = (
  recording: Recording,
  options: StreamOptions,
) => Promise<{ readonly verdict: EngineVerdict }>;

/** @param isUsers whether the spec is a user's */
export type LoadNative = (isUsers: boolean) => Promise<NativeCheck>;

/**
 * Loads the native engine: where it is not asked for, nothing of it is. Of the package's spec it is known that no event takes
 * it long; a user's is evaluated in a thread that can be ended.
 */
export const NATIVE_ENGINE: LoadNative | undefined = async (isUsers) =>
  isUsers
    ? (await import('../tla/thread/check-in-thread.ts')).checkInThread
    : (await import('../tla/trace/native-engine.ts')).checkWithNative;

/** In the order in which they are printed: from the fastest to the reference. */
export const ENGINE_NAMES = ['replay', 'native', 'tlc'] as const satisfies readonly EngineName[];

/** What a user may ask for: an engine by name, or several of them. */
export type EngineChoice = 'auto' | EngineName | 'all';

/** What `--engine` can be. */
export function engineChoices(loadNative: LoadNative | undefined = NATIVE_ENGINE): readonly EngineChoice[] {
  return loadNative === undefined
    ? ['auto', 'replay', 'tlc', 'all']
    : ['auto', 'replay', 'native', 'tlc', 'all'];
}
