import { type CounterexampleStep, parseStep, parseVariables } from './tlc-counterexample.ts';
import { TLC_CODE, type TlcListener, type TlcMessage } from './tlc-messages.ts';

/** How large the searched state space is. */
export interface StateCounts {
  readonly distinct: number;
  readonly generated: number;
  /** States that were found but not yet looked at: 0 once the search is complete. */
  readonly queue: number;
  /** The length of the longest shortest behaviour, its initial state included; TLC does not always tell. */
  readonly depth?: number;
}

/** What a model violates. */
export interface Violation {
  readonly kind: 'invariant' | 'actionProperty' | 'temporalProperty' | 'deadlock' | 'assumption';
  /** Its name; null where TLC does not tell (temporal properties) or there is none (deadlock). */
  readonly property: string | null;
  readonly message: string;
}

/** Something that TLC complains about, apart from violations. */
export interface TlcComplaint {
  readonly code: number;
  readonly message: string;
  /** The module that it is about, without `.tla`. */
  readonly module?: string;
  readonly line?: number;
}

/** All that TLC has said, read into data. */
export interface TlcReport {
  readonly version?: string;
  readonly counts?: StateCounts;
  /** TLC says in so many words that it came to the end and found no error; its exit code alone does not tell. */
  readonly isComplete: boolean;
  readonly violation?: Violation;
  readonly counterexample: readonly CounterexampleStep[];
  /** Where a counterexample of a liveness property loops back to, or null if it stutters at its end. */
  readonly loopsTo?: number | null;
  readonly complaints: readonly TlcComplaint[];
  /** What the spec itself printed (Print, PrintT), a line each. */
  readonly printed: readonly string[];
}

const COUNTS =
  /([\d,]+) states generated.*?, ([\d,]+) distinct states found.*?, ([\d,]+) states? left on queue/s;

/** The counts in a progress or a final message, with the depth in `Progress(12)`; undefined if there are none. */
export function parseCounts(text: string): StateCounts | undefined {
  const [, generated, distinct, queue] = COUNTS.exec(text) ?? [];
  if (generated === undefined || distinct === undefined || queue === undefined) return undefined;
  const [, depth] = /Progress\(([\d,]+)\)/.exec(text) ?? [];
  return {
    distinct: toNumber(distinct),
    generated: toNumber(generated),
    queue: toNumber(queue),
    ...(depth === undefined ? {} : { depth: toNumber(depth) }),
  };
}

function toNumber(text: string): number {
  return Number(text.replaceAll(',', ''));
}

/** Listens to one run of TLC and sums it up. */
export class TlcReporter implements TlcListener {
  #version: string | undefined;
  #counts: StateCounts | undefined;
  #depth: number | undefined;
  #violation: Violation | undefined;
  #loopsTo: number | null | undefined;
  #insideSany = false;
  #isComplete = false;
  readonly #steps: CounterexampleStep[] = [];
  readonly #complaints: TlcComplaint[] = [];
  readonly #sany: string[] = [];
  readonly #printed: string[] = [];

  onLine(line: string): void {
    if (this.#insideSany) this.#sany.push(line);
    else if (line.trim() !== '') this.#printed.push(line);
  }

  onMessage(message: TlcMessage): void {
    const { code, severity, text } = message;
    switch (code) {
      case TLC_CODE.version:
        this.#version = /Version (\S+)/.exec(text)?.[1];
        break;
      case TLC_CODE.sanyStart:
        this.#insideSany = true;
        break;
      case TLC_CODE.sanyEnd:
        this.#insideSany = false;
        break;
      case TLC_CODE.success:
        this.#isComplete = true;
        break;
      case TLC_CODE.counts:
      case TLC_CODE.progress:
        this.#counts = parseCounts(text) ?? this.#counts;
        break;
      case TLC_CODE.depth:
        this.#depth = toNumber(/is ([\d,]+)/.exec(text)?.[1] ?? '');
        break;
      case TLC_CODE.state:
        this.#takeStep(text);
        break;
      case TLC_CODE.backToState:
        this.#loopsTo = Number.parseInt(text, 10);
        break;
      case TLC_CODE.stuttering:
        this.#loopsTo = null;
        break;
      default:
        if (severity === 1 || severity === 2) this.#takeError(message);
    }
  }

  /** What was said so far. */
  report(): TlcReport {
    const depth = this.#depth ?? this.#counts?.depth;
    return {
      ...(this.#version === undefined ? {} : { version: this.#version }),
      ...(this.#counts === undefined
        ? {}
        : { counts: { ...this.#counts, ...(depth === undefined ? {} : { depth }) } }),
      isComplete: this.#isComplete,
      ...(this.#violation === undefined ? {} : { violation: this.#violation }),
      counterexample: this.#steps,
      ...(this.#loopsTo === undefined ? {} : { loopsTo: this.#loopsTo }),
      complaints: this.#complaints,
      printed: this.#printed,
    };
  }

  #takeStep(text: string): void {
    const step = parseStep(text, this.#steps.at(-1));
    if (step !== undefined) this.#steps.push(step);
    else if (/^\d+: Stuttering/.test(text)) this.#loopsTo = null;
  }

  #takeError({ code, text }: TlcMessage): void {
    // The first violation is the one that the counterexample is about.
    const violation = this.#violation ?? readViolation(code, text);
    if (violation !== undefined && this.#violation === undefined) {
      this.#violation = violation;
      if (code === TLC_CODE.invariantViolatedInitially || code === TLC_CODE.propertyViolatedInitially) {
        const variables = parseVariables(text.split('\n').slice(1));
        this.#steps.push({
          number: 1,
          action: 'Initial predicate',
          variables,
          changed: Object.keys(variables),
        });
      }
      return;
    }
    if (NOT_COMPLAINTS.has(code)) return;
    const position =
      code === SANY_FAILED ? readSanyErrors(this.#sany) : code === TLC_CODE.expressionPositions ? text : '';
    if (code === TLC_CODE.expressionPositions && this.#complaints.length > 0) {
      // It says where the error before it happened; the last position is the innermost.
      const last = this.#complaints.pop();
      const [, line, module] = [...text.matchAll(/Line (\d+), column .* in (\w+)/g)].at(-1) ?? [];
      if (last !== undefined) {
        this.#complaints.push({
          ...last,
          ...(module === undefined ? {} : { module, line: Number(line) }),
        });
      }
      return;
    }
    this.#complaints.push(
      typeof position === 'string'
        ? { code, message: position === '' ? text : position }
        : { code, ...position },
    );
  }
}

/** Parsing or semantic analysis failed: what went wrong stands in SANY's own lines. */
const SANY_FAILED = 3002;
/** Headings such as "The behavior up to this point is:". */
const NOT_COMPLAINTS: ReadonlySet<number> = new Set([2121, 2264, 2120]);

function readViolation(code: number, text: string): Violation | undefined {
  const message = text.split('\n')[0] ?? text;
  const name = (pattern: RegExp) => pattern.exec(message)?.[1] ?? null;
  switch (code) {
    case TLC_CODE.invariantViolated:
    case TLC_CODE.invariantViolatedInitially:
      return { kind: 'invariant', property: name(/Invariant (\S+) is violated/), message };
    case TLC_CODE.actionPropertyViolated:
      return { kind: 'actionProperty', property: name(/property (\S+) is violated/i), message };
    case TLC_CODE.propertyViolatedInitially:
      return { kind: 'temporalProperty', property: name(/property (\S+) is violated/i), message };
    case TLC_CODE.temporalPropertyViolated:
      return { kind: 'temporalProperty', property: null, message };
    case TLC_CODE.deadlock:
      return { kind: 'deadlock', property: null, message };
    case TLC_CODE.assumptionFalse:
      return { kind: 'assumption', property: null, message };
    default:
      return undefined;
  }
}

/** The first error in SANY's own lines: a syntax error or an unknown name. */
function readSanyErrors(lines: readonly string[]): Omit<TlcComplaint, 'code'> {
  const text = lines.join('\n');
  const syntax = /\*\*\*Parse Error\*\*\*\s*([\s\S]*?)at line (\d+), column \d+([^\n]*)/.exec(text);
  if (syntax !== null) {
    const [, what = '', line, rest = ''] = syntax;
    const module =
      /In module (\w+)/.exec(text)?.[1] ??
      /Fatal errors while parsing TLA\+ spec in file (\w+)/.exec(text)?.[1];
    return {
      message: `${what}${rest}`.replaceAll(/\s+/g, ' ').trim(),
      ...(module === undefined ? {} : { module }),
      line: Number(line),
    };
  }
  const semantic = /line (\d+), col \d+ to line \d+, col \d+ of module (\w+)\s+(\S[^\n]*)/.exec(
    text.slice(Math.max(0, text.search(/^(Semantic errors|\*\*\* Errors)/m))),
  );
  if (semantic !== null) {
    const [, line, module = '', message = ''] = semantic;
    return { message: message.trim(), module, line: Number(line) };
  }
  const fatal =
    lines.find((line) => /cannot find/i.test(line)) ?? lines.find((line) => /could not/i.test(line));
  return { message: (fatal ?? 'parsing or semantic analysis failed').trim() };
}
