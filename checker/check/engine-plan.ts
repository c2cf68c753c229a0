import { availableParallelism } from 'node:os';
import { CodedError } from '../diagnostics/coded-error.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { findJava, NEEDED_JAVA } from '../tlc/java.ts';
import { ensureTlcJar } from '../tlc/tlc-install.ts';
import { findTlcJar, type TlcJar } from '../tlc/tlc-jar.ts';
import {
  type EngineChoice,
  engineChoices,
  type LoadNative,
  NATIVE_ENGINE,
  type NativeCheck,
} from './engines.ts';
import type { UserSpec } from './user-spec.ts';

/** What becomes of TLC in a check. */
export type TlcPlan =
  | { readonly type: 'off' }
  | { readonly type: 'run' | 'if-short'; readonly jar: Pick<TlcJar, 'path'>; readonly workers: number }
  /** It was not asked for by name and is not there: said in a note. */
  | { readonly type: 'missing'; readonly note: Diagnostic }
  /** It was asked for by name and is not there: the check fails. */
  | { readonly type: 'broken'; readonly code: string; readonly message: string };

/** Which engines run. */
export interface EnginePlan {
  readonly replay: boolean;
  /** Absent where it does not run. */
  readonly native?: NativeCheck;
  readonly tlc: TlcPlan;
  /** What is to be said beside each verdict. */
  readonly notes?: readonly Diagnostic[];
}

export interface EnginePlanOptions {
  /** A jar named by the user, in place of the one that is found or installed. */
  readonly jarFlag?: string;
  readonly workers?: number;
  readonly onProgress?: (text: string) => void;
  /** A user's variant of the spec: replay, whose rules are those of the package's own, does not apply then. */
  readonly spec?: UserSpec;
  /** In place of NATIVE_ENGINE. */
  readonly loadNative?: LoadNative | undefined;
}

/**
 * Finds the engines for a choice: `auto` is replay and native, or replay and TLC where there is no native engine. TLC
 * that is asked for by name is installed if it is not there yet; one that nobody asked for is used only if it is there.
 *
 * @throws CodedError RC6001 where an engine is asked for that does not exist, or does not know the spec
 */
export async function planEngines(
  choice: EngineChoice,
  options: EnginePlanOptions = {},
): Promise<EnginePlan> {
  const workers = options.workers ?? availableParallelism();
  const loadNative = 'loadNative' in options ? options.loadNative : NATIVE_ENGINE;
  if (options.spec !== undefined) return planForSpec(choice, options.spec, loadNative, options, workers);
  switch (choice) {
    case 'replay':
      return { replay: true, tlc: { type: 'off' } };
    case 'auto':
      if (loadNative === undefined) return { replay: true, tlc: findTlc(options, workers) };
      return { replay: true, native: await loadNative(false), tlc: { type: 'off' } };
    case 'native':
      return { replay: false, native: await requireNative(loadNative, false), tlc: { type: 'off' } };
    case 'all':
      return {
        replay: true,
        ...(loadNative === undefined ? {} : { native: await loadNative(false) }),
        tlc: await requireTlc(options, workers),
      };
    case 'tlc':
      return { replay: false, tlc: await requireTlc(options, workers) };
  }
}

/** The same without replay; so `auto` needs TLC where there is no native engine. */
async function planForSpec(
  choice: EngineChoice,
  { folder }: UserSpec,
  loadNative: LoadNative | undefined,
  options: EnginePlanOptions,
  workers: number,
): Promise<EnginePlan> {
  if (choice === 'replay') {
    throw new CodedError(
      'RC6001',
      `replay knows the rules of raftcheck's own spec only, not those of ${folder}`,
      {
        hint: `--engine ${engineChoices(loadNative)
          .filter((each) => each !== 'replay')
          .join(' or ')}`,
      },
    );
  }
  const runsNative = choice === 'native' || (choice !== 'tlc' && loadNative !== undefined);
  const runsTlc = choice === 'tlc' || choice === 'all' || !runsNative;
  return {
    replay: false,
    ...(runsNative ? { native: await requireNative(loadNative, true) } : {}),
    tlc: runsTlc ? await requireTlc(options, workers) : { type: 'off' },
    notes: [
      {
        code: 'RC7006',
        severity: 'note',
        message: `replay did not run: its rules are those of raftcheck's own spec, not those of ${folder}; so no property of Raft was checked, only whether each event is a step of that spec`,
      },
    ],
  };
}

async function requireNative(loadNative: LoadNative | undefined, isUsers: boolean): Promise<NativeCheck> {
  if (loadNative === undefined) throw new CodedError('RC6001', 'this raftcheck has no native engine');
  return loadNative(isUsers);
}

function findTlc({ jarFlag }: EnginePlanOptions, workers: number): TlcPlan {
  const jar = findTlcJar(jarFlag === undefined ? {} : { flag: jarFlag });
  if (jar === undefined) return missing('TLC is not installed', 'raftcheck tlc install');
  if (findJava() === undefined)
    return missing(`there is no Java ${NEEDED_JAVA} or newer`, 'raftcheck doctor');
  return { type: 'if-short', jar, workers };
}

function missing(reason: string, command: string): TlcPlan {
  return {
    type: 'missing',
    note: {
      code: 'RC7005',
      severity: 'note',
      message: `TLC did not run: ${reason}, so the verdict is that of replay alone`,
      hint: command,
    },
  };
}

async function requireTlc({ jarFlag, onProgress }: EnginePlanOptions, workers: number): Promise<TlcPlan> {
  try {
    const jar = await ensureTlcJar({
      ...(jarFlag === undefined ? {} : { flag: jarFlag }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    if (findJava() !== undefined) return { type: 'run', jar, workers };
    return {
      type: 'broken',
      code: 'RC5002',
      message: `TLC needs Java ${NEEDED_JAVA} or newer, and there is none`,
    };
  } catch (error) {
    if (error instanceof CodedError) return { type: 'broken', code: error.code, message: error.message };
    throw error;
  }
}
