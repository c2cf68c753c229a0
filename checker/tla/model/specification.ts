import { CodedError } from '../../diagnostics/coded-error.ts';
import type { Expression } from '../syntax/ast.ts';
import { placeOf, type Span } from '../syntax/span.ts';
import { type Formula, type Formulas, partOf, wholeOf } from './formulas.ts';

/** A specification taken apart: Init /\ [][Next]_v /\ fairness. */
export interface Specification {
  readonly init: Expression;
  readonly next: Expression;
  /** The conjuncts about whole behaviours. Safety does not depend on them: every prefix can be continued. */
  readonly fairness: readonly Expression[];
}

/**
 * Takes a specification apart as TLC does: through names, instances, LET and conjunctions.
 *
 * @param name how the configuration calls it
 * @throws CodedError RC1902 if it is not of the form Init /\ [][Next]_v /\ fairness
 */
export function takeSpecificationApart(
  name: string,
  expression: Expression,
  formulas: Formulas,
): Specification {
  const parts: Parts = { init: [], next: [], fairness: [] };
  collect(name, formulas.formulaOf(expression), formulas, parts);
  const [next, second] = parts.next;
  if (next === undefined) throw wrongForm(name, expression.span, 'it has no conjunct [][Next]_v');
  if (second !== undefined) {
    throw wrongForm(name, second.span, `it has a second conjunct [][Next]_v at ${placeOf(second.span)}`);
  }
  const [init] = parts.init;
  if (init === undefined) throw wrongForm(name, expression.span, 'it says nothing about the first state');
  return {
    init: parts.init.length === 1 ? init : { kind: 'conjunction', items: parts.init, span: init.span },
    next,
    fairness: parts.fairness,
  };
}

interface Parts {
  readonly init: Expression[];
  readonly next: Expression[];
  readonly fairness: Expression[];
}

function collect(name: string, formula: Formula, formulas: Formulas, parts: Parts): void {
  const { expression } = formula;
  if (formulas.isStateLevel(formula)) {
    parts.init.push(wholeOf(formula));
    return;
  }
  if (expression.kind === 'conjunction') {
    for (const item of expression.items) collect(name, partOf(formula, item), formulas, parts);
    return;
  }
  const inner = formulas.unfold(formula);
  if (inner !== undefined) {
    collect(name, inner, formulas, parts);
    return;
  }
  const action =
    expression.kind === 'always' ? boxedAction(partOf(formula, expression.operand), formulas) : undefined;
  if (action !== undefined) parts.next.push(action);
  else if (formulas.isTemporal(formula)) parts.fairness.push(wholeOf(formula));
  else
    throw wrongForm(
      name,
      expression.span,
      `an action stands at ${placeOf(expression.span)} without [][..]_v`,
    );
}

/** A of [A]_v; also where a name stands for [A]_v. */
function boxedAction(formula: Formula, formulas: Formulas): Expression | undefined {
  const { expression } = formula;
  if (expression.kind === 'action-or-stutter' && expression.form === 'box') {
    return formula.inContext(expression.action);
  }
  const inner = formulas.unfold(formula);
  return inner === undefined ? undefined : boxedAction(inner, formulas);
}

function wrongForm(name: string, span: Span, what: string): CodedError {
  return new CodedError(
    'RC1902',
    `the specification ${name} is not of the form Init /\\ [][Next]_v /\\ fairness: ${what}`,
    {
      file: span.file,
      line: span.line,
    },
  );
}
