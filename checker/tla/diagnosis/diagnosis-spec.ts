import type { Header } from '../../../traces/trace-format.ts';
import type { Account } from '../compile/account.ts';
import type { State } from '../compile/compiled-spec.ts';
import type { MetChoice, MetCondition } from '../compile/probe.ts';
import type { Expression } from '../syntax/ast.ts';
import { bindTraceSpec, type TraceSpec } from '../trace/trace-spec.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import { SequenceValue, StringValue, type Value } from '../values/value.ts';

/** A recorded value that is not the spec's. */
export interface ValueDifference {
  readonly what: string;
  readonly specified: Value;
}

/** What the spec makes of an event in a state. */
export interface Evaluation {
  /** Undefined: the action is not enabled. */
  readonly after: State | undefined;
  /** Everything that is not as it was recorded, in the spec's order. */
  readonly differences: readonly ValueDifference[];
}

/**
 * RaftTrace.tla, but what is recorded otherwise than the spec has it does not stop the walk: so all differences of an
 * event are found, and where its action leads.
 */
const MODULE = `---- MODULE Diagnosis ----
EXTENDS RaftTrace
Told(e, what, agrees, specified) == IF agrees THEN TRUE ELSE PrintT(<<"differs", what, specified>>)
====`;

/** Evaluates single events in given states; nothing of it changes a verdict. */
export class DiagnosisSpec {
  readonly spec: TraceSpec;
  readonly #next: (from: State, found: (to: State) => void) => void;
  readonly #printed: ValueDifference[];
  #conditions: Conditions | undefined;

  private constructor(spec: TraceSpec, printed: ValueDifference[]) {
    this.spec = spec;
    this.#printed = printed;
    this.#next = spec.compiled.compileNext(spec.next);
  }

  /**
   * `initParser()` must have been awaited.
   *
   * @throws TlaError where a user's spec cannot be extended
   */
  static open(header: Header, specFolder: string | undefined): DiagnosisSpec {
    const cluster = clusterOf(header, specFolder);
    if (latest === undefined || latest.cluster !== cluster) {
      latest = { cluster, spec: DiagnosisSpec.#load(header, specFolder) };
    }
    return latest.spec;
  }

  static #load(header: Header, specFolder: string | undefined): DiagnosisSpec {
    const printed: ValueDifference[] = [];
    const print = (value: Value): void => {
      const difference = readDifference(value);
      if (difference !== undefined) printed.push(difference);
    };
    const spec = bindTraceSpec(
      header,
      { print },
      {
        root: 'Diagnosis',
        sources: new Map([['Diagnosis', MODULE]]),
        overrides: new Map([['Explained', 'Told']]),
        ...(specFolder === undefined ? {} : { specFolder }),
      },
    );
    return new DiagnosisSpec(spec, printed);
  }

  /** @returns undefined where the event makes the spec apply something outside of its domain */
  evaluate(state: State, event: Value): Evaluation | undefined {
    return this.#evaluating(event, (found) => this.#next(state, found));
  }

  #evaluating(event: Value, run: (found: (to: State) => void) => void): Evaluation | undefined {
    this.spec.present(event);
    this.#printed.length = 0;
    let after: State | undefined;
    try {
      run((found) => {
        after ??= found;
      });
    } catch (error) {
      if (error instanceof EvaluationError) return undefined;
      throw error;
    }
    return { after, differences: [...this.#printed] };
  }

  /** Every condition and assignment that the spec evaluates for an event, in order, as far as it comes. */
  conditions(state: State, event: Value): readonly MetCondition[] {
    this.spec.present(event);
    this.#conditions ??= this.spec.compiled.compileConditions(this.spec.next);
    return metBy(this.#conditions, state);
  }

  /** The conditions of IF and CASE that the spec evaluates for an event, in order. */
  choices(state: State, event: Value): readonly MetChoice[] {
    const met: MetChoice[] = [];
    this.#evaluateWith(state, event, (choice) => {
      met.push(choice);
      return choice.holds;
    });
    return met;
  }

  /** As evaluate, but some conditions of IF and CASE count as what they are not. */
  evaluateOtherwise(
    state: State,
    event: Value,
    isOther: (choice: MetChoice) => boolean,
  ): Evaluation | undefined {
    return this.#evaluateWith(state, event, (choice) => choice.holds !== isOther(choice));
  }

  #evaluateWith(state: State, event: Value, chose: (choice: MetChoice) => boolean): Evaluation | undefined {
    this.#conditions ??= this.spec.compiled.compileConditions(this.spec.next);
    const conditions = this.#conditions;
    return this.#evaluating(event, (found) => conditions(state, found, { chose }));
  }

  /** Why a formula about a state is true or false. */
  account(formula: Expression, state: State): Account | undefined {
    return this.spec.compiled.compileAccount(formula)(state);
  }
}

type Conditions = ReturnType<TraceSpec['compiled']['compileConditions']>;

function metBy(conditions: Conditions, state: State): readonly MetCondition[] {
  const met: MetCondition[] = [];
  try {
    conditions(state, () => {}, { met: (condition) => met.push(condition) });
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
  }
  return met;
}

/** Of many rejected traces of one cluster the spec is loaded once. */
let latest: { readonly cluster: string; readonly spec: DiagnosisSpec } | undefined;

function clusterOf(
  { servers, configuration, features, observed, initial }: Header,
  specFolder: string | undefined,
): string {
  return JSON.stringify([servers, configuration, features, observed, initial, specFolder]);
}

function readDifference(value: Value): ValueDifference | undefined {
  if (!(value instanceof SequenceValue) || value.length !== 3) return undefined;
  const [kind, what, specified] = value.toArray();
  if (!(kind instanceof StringValue) || kind.text !== 'differs') return undefined;
  return what instanceof StringValue && specified !== undefined ? { what: what.text, specified } : undefined;
}
