import type { CodedError } from '../../diagnostics/coded-error.ts';
import type { ModelVerdict, UncheckedProperty } from '../../model/model-verdict.ts';
import type { CounterexampleStep } from '../../tlc/tlc-counterexample.ts';
import type { Counts, Failure, Violation } from '../explore/explore-report.ts';
import type { Lasso } from '../liveness/lasso.ts';
import { format, same } from '../values/operations.ts';
import { type Behaviour, explainPath } from './behaviour.ts';
import { explainDepth } from './circular-replacement.ts';
import type { Coverage } from './coverage.ts';
import type { Common } from './exhausted.ts';
import type { PreparedModel } from './prepared-model.ts';
import type { NotChecked } from './properties.ts';
import { refusalOf } from './refusal.ts';

/** A verdict of the native engine, with the counterexample as values. */
export interface NativeRun {
  readonly verdict: ModelVerdict;
  readonly behaviour?: Behaviour;
  /** Where it was asked for. */
  readonly coverage?: Coverage;
}

export function commonOf(
  counts: Counts | undefined,
  elapsedMs: number,
  notChecked: readonly NotChecked[],
): Common {
  return {
    engine: 'native',
    distinct: counts?.distinct ?? null,
    generated: counts?.generated ?? null,
    depth: counts?.depth ?? null,
    elapsedMs: Math.round(elapsedMs),
    tlcVersion: null,
    notChecked: notChecked.map(unchecked),
  };
}

/** As it is told to users. */
export function unchecked({ part: { property, what, file, line }, why }: NotChecked): UncheckedProperty {
  return { property, why: `${what}: ${why}`, file, line };
}

/** What all parts of properties about infinite behaviours are where none of them is looked at. */
export function allUnchecked({ liveness }: PreparedModel, why: string): readonly NotChecked[] {
  return liveness.map((part) => ({ part, why }));
}

/** Nothing is violated, and every state was looked at. */
export function completed(common: Common): ModelVerdict {
  if (common.notChecked.length === 0) return { ...common, verdict: 'holds' };
  const names = [...new Set(common.notChecked.map((each) => each.property))].join(', ');
  return {
    ...common,
    verdict: 'inconclusive',
    code: 'RC4280',
    message: `what was checked holds; not checked: ${names}`,
  };
}

export function violated(common: Common, violation: Violation, model: PreparedModel): NativeRun {
  const behaviour = explainPath(violation.path, model);
  const steps = counterexampleOf(behaviour);
  const initially = violation.path.length === 1 ? ' by the initial state' : '';
  switch (violation.kind) {
    case 'deadlock': {
      const message = 'Deadlock reached.';
      const verdict = {
        ...common,
        verdict: 'violated',
        code: 'RC3002',
        kind: 'deadlock',
        property: null,
      } as const;
      return { behaviour, verdict: { ...verdict, message, steps } };
    }
    case 'invariant':
      return violatedBy('invariant', `Invariant ${violation.name} is violated${initially}.`, violation.name);
    case 'initial':
      return violatedBy(
        'temporalProperty',
        `Property ${violation.name} is violated${initially}.`,
        violation.name,
      );
    case 'step':
      return violatedBy('actionProperty', `Action property ${violation.name} is violated.`, violation.name);
  }

  function violatedBy(
    kind: 'invariant' | 'temporalProperty' | 'actionProperty',
    message: string,
    property: string,
  ): NativeRun {
    const verdict = {
      ...common,
      verdict: 'violated',
      code: 'RC3001',
      kind,
      property,
      message,
      steps,
    } as const;
    return { behaviour, verdict };
  }
}

/** A behaviour that goes on for ever and violates a property. */
export function violatedForEver(
  common: Common,
  property: string,
  { path, loopsTo }: Lasso,
  model: PreparedModel,
): NativeRun {
  const behaviour = { ...explainPath(path, model), loopsTo };
  const verdict = {
    ...common,
    verdict: 'violated',
    code: 'RC3001',
    kind: 'temporalProperty',
    property,
    message: `Temporal property ${property} is violated.`,
    steps: counterexampleOf(behaviour),
    loopsTo: loopsTo === null ? null : loopsTo + 1,
  } as const;
  return { behaviour, verdict };
}

/** The steps as texts, as a counterexample of TLC has them. */
export function counterexampleOf({ variables, steps }: Behaviour): CounterexampleStep[] {
  return steps.map(({ state, action, span }, index) => {
    const before = steps[index - 1]?.state;
    const changed = variables.filter((_name, at) => {
      const [old, value] = [before?.[at], state[at]];
      return old === undefined || value === undefined || !same(old, value);
    });
    return {
      number: index + 1,
      action,
      ...(span === undefined ? {} : { module: moduleOf(span.file), line: span.line }),
      variables: Object.fromEntries(
        variables.map((name, at) => {
          const value = state[at];
          return [name, value === undefined ? '' : format(value)];
        }),
      ),
      changed,
    };
  });
}

function moduleOf(file: string): string {
  return (file.split(/[\\/]/).at(-1) ?? file).replace(/\.tla$/, '');
}

/** Evaluation failed: with what, in which state, and how that is reached. */
export function failed({ error: thrown, during, path }: Failure, model: PreparedModel): CodedError {
  const error = explainDepth(thrown, model);
  const what = during.name === '' ? `the ${during.what}` : `the ${during.what} ${during.name}`;
  if (path.length === 0) return refusalOf(error, `in ${what}`);
  const { steps } = explainPath(path, model);
  const actions = steps.slice(1).map((step) => step.action);
  const state = steps.at(-1)?.state ?? [];
  const values = model.compiled.variables.map((name, at) => {
    const value = state[at];
    return `${name} = ${value === undefined ? '' : format(value)}`;
  });
  const way = actions.length === 0 ? 'an initial state' : `the state after ${actions.join(', ')}`;
  return refusalOf(error, `in ${what}`, `in ${way}: ${values.join(', ')}`);
}
