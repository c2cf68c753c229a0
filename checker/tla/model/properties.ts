import { CodedError } from '../../diagnostics/coded-error.ts';
import type { Expression, ExpressionKind } from '../syntax/ast.ts';
import { placeOf } from '../syntax/span.ts';
import { type Formula, type Formulas, partOf, wholeOf } from './formulas.ts';

/** A formula to be checked, under the name that the configuration gives it. */
export interface NamedFormula {
  readonly name: string;
  readonly formula: Expression;
}

/** A part of a property that is about infinite behaviours. */
export interface LivenessPart {
  /** The name that the configuration uses. */
  readonly property: string;
  /** In words: what it says, and where it stands. */
  readonly what: string;
  readonly file: string;
  readonly line: number;
  readonly formula: Expression;
}

/** A part of a property that is not checked. */
export interface NotChecked {
  readonly part: LivenessPart;
  /** In words. */
  readonly why: string;
}

/** A property taken apart. It holds if every part does. */
export interface PropertyParts {
  /** About the first state of a behaviour. */
  readonly initial: readonly NamedFormula[];
  /** About every state: P of []P. */
  readonly invariants: readonly NamedFormula[];
  /** About every step: [A]_v of [][A]_v. */
  readonly steps: readonly NamedFormula[];
  readonly liveness: readonly LivenessPart[];
}

interface Collected {
  readonly initial: NamedFormula[];
  readonly invariants: NamedFormula[];
  readonly steps: NamedFormula[];
  readonly liveness: LivenessPart[];
}

/**
 * Takes a PROPERTY apart at its conjunctions, through names, instances (a refinement I!Spec falls into its initial
 * predicate, its steps and its fairness), LET, [] of a conjunction, and \A over a constant set.
 *
 * @throws CodedError RC1902 if it is an action
 */
export function takePropertyApart(name: string, expression: Expression, formulas: Formulas): PropertyParts {
  const parts: Collected = { initial: [], invariants: [], steps: [], liveness: [] };
  new Splitter(name, formulas, parts).behaviour(formulas.formulaOf(expression));
  return parts;
}

class Splitter {
  readonly #name: string;
  readonly #formulas: Formulas;
  readonly #parts: Collected;

  constructor(name: string, formulas: Formulas, parts: Collected) {
    this.#name = name;
    this.#formulas = formulas;
    this.#parts = parts;
  }

  /** A formula that must be true of every behaviour. */
  behaviour(formula: Formula): void {
    const { expression } = formula;
    if (this.#formulas.isStateLevel(formula)) {
      this.#parts.initial.push(this.#named(formula));
      return;
    }
    if (expression.kind === 'always') {
      this.#always(partOf(formula, expression.operand));
      return;
    }
    const parts = this.#split(formula);
    if (parts !== undefined) {
      for (const part of parts) this.behaviour(part);
    } else if (this.#formulas.isTemporal(formula)) {
      this.#leave(formula, expression);
    } else {
      throw new CodedError(
        'RC1902',
        `the property ${this.#name} says something about a step without [][..]_v around it`,
        { file: expression.span.file, line: expression.span.line },
      );
    }
  }

  /** A formula under []. */
  #always(formula: Formula): void {
    const { expression } = formula;
    if (this.#formulas.isStateLevel(formula)) {
      this.#parts.invariants.push(this.#named(formula));
    } else if (expression.kind === 'action-or-stutter' && expression.form === 'box') {
      this.#parts.steps.push(this.#named(formula));
    } else if (expression.kind === 'always') {
      this.#always(partOf(formula, expression.operand));
    } else {
      const parts = this.#split(formula);
      if (parts === undefined)
        this.#leave(formula, { kind: 'always', operand: expression, span: expression.span });
      else for (const part of parts) this.#always(part);
    }
  }

  /** The formulas that are together equivalent to this one, each for itself; both under [] and outside. */
  #split(formula: Formula): readonly Formula[] | undefined {
    const { expression, inContext } = formula;
    if (expression.kind === 'conjunction') return expression.items.map((item) => partOf(formula, item));
    if (expression.kind === 'quantified' && expression.quantifier === 'forall') {
      const sets = expression.bindings.map((binding) => partOf(formula, binding.set));
      if (!sets.every((set) => this.#formulas.isConstant(set))) return undefined;
      const { body, ...around } = expression;
      return [{ ...formula, expression: body, inContext: (part) => inContext({ ...around, body: part }) }];
    }
    const inner = this.#formulas.unfold(formula);
    return inner === undefined ? undefined : [inner];
  }

  #named(formula: Formula): NamedFormula {
    return { name: this.#name, formula: wholeOf(formula) };
  }

  /** @param whole the formula's expression with what stands before it */
  #leave(formula: Formula, whole: Expression): void {
    const { span, kind } = formula.expression;
    this.#parts.liveness.push({
      property: this.#name,
      what: `${DESCRIPTIONS[kind] ?? 'a temporal formula'} at ${placeOf(span)}`,
      file: span.file,
      line: span.line,
      formula: formula.inContext(whole),
    });
  }
}

const DESCRIPTIONS: Readonly<Partial<Record<ExpressionKind, string>>> = {
  eventually: '<> (something happens at some time)',
  'leads-to': '~> (one thing leads to another)',
  fairness: 'a fairness condition (WF, SF)',
};
