import type { CompiledModule } from '../compile/compile-spec.ts';
import {
  type Atom,
  always,
  and,
  constant,
  eventually,
  literal,
  negation,
  or,
  type Temporal,
} from '../liveness/temporal.ts';
import type { Binding, Bound, Expression, ExpressionOf, Reference } from '../syntax/ast.ts';
import { replaceBound } from '../syntax/replace-bound.ts';
import type { Span } from '../syntax/span.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import { elements, format } from '../values/operations.ts';
import { SequenceValue, type Value } from '../values/value.ts';
import { type Formula, type Formulas, partOf, wholeOf } from './formulas.ts';

/** A quantifier with more instances is taken for a mistake: each instance is evaluated in every state. */
const MOST_INSTANCES = 2_000;
const TOO_MANY = `a quantifier with more than ${MOST_INSTANCES} instances`;

const CANNOT_BE_ENUMERATED = 'RC1854';

/** A temporal formula has a form that is not supported. */
export class UnreadableFormula extends Error {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

/**
 * Reads temporal formulas: what is about a state or a step becomes an atom, quantifiers over constant sets become
 * conjunctions and disjunctions, and WF and SF become what they stand for (Lamport: Specifying Systems, 8.4-8.7).
 */
export class TemporalReader {
  readonly #atoms: Atom[];
  readonly #formulas: Formulas;
  readonly #compiled: CompiledModule;
  /** The name of the property that is read, for messages; empty for the fairness of the specification. */
  readonly #name: string;

  /** @param atoms where atoms are kept, also those of others */
  constructor(name: string, formulas: Formulas, compiled: CompiledModule, atoms: Atom[]) {
    this.#name = name;
    this.#formulas = formulas;
    this.#compiled = compiled;
    this.#atoms = atoms;
  }

  /**
   * @param expression of the root module
   * @throws UnreadableFormula
   */
  read(expression: Expression): Temporal {
    return this.#read(this.#formulas.formulaOf(expression));
  }

  #read(formula: Formula): Temporal {
    if (this.#formulas.isConstant(formula)) return constant(this.#isTrue(formula));
    if (this.#formulas.isStateLevel(formula)) return literal(this.#stateAtom(formula));
    const { expression } = formula;
    const read = (inner: Expression): Temporal => this.#read(partOf(formula, inner));
    switch (expression.kind) {
      case 'conjunction':
        return and(...expression.items.map(read));
      case 'disjunction':
        return or(...expression.items.map(read));
      case 'if': {
        const condition = read(expression.condition);
        return or(
          and(condition, read(expression.consequence)),
          and(negation(condition), read(expression.alternative)),
        );
      }
      case 'quantified': {
        const instances = this.#instances(formula, expression).map((each) => this.#read(each));
        return expression.quantifier === 'forall' ? and(...instances) : or(...instances);
      }
      case 'always':
        return always(this.#operand(partOf(formula, expression.operand), 'box'));
      case 'eventually':
        return eventually(this.#operand(partOf(formula, expression.operand), 'angle'));
      case 'leads-to':
        return always(or(negation(read(expression.from)), eventually(read(expression.to))));
      case 'fairness':
        return this.#fairness(formula, expression);
      case 'apply':
        return this.#connective(formula, expression) ?? this.#unfolded(formula);
      default:
        return this.#unfolded(formula);
    }
  }

  /**
   * The body of a quantifier for each choice of its names, which stand for values then.
   *
   * @throws UnreadableFormula where a set depends on the state, or is infinite
   */
  #instances(formula: Formula, { bindings, body }: ExpressionOf<'quantified'>): Formula[] {
    let choices: ReadonlyMap<Bound, Reference>[] = [new Map()];
    for (const binding of bindings) {
      const values = this.#elementsOf(partOf(formula, binding.set));
      for (const names of binding.pattern === 'tuple'
        ? [binding.names]
        : binding.names.map((name) => [name])) {
        if (choices.length * values.length > MOST_INSTANCES) throw unreadable(formula, TOO_MANY);
        choices = choices.flatMap((choice) =>
          values.map((value) => new Map([...choice, ...this.#bind(binding, names, value)])),
        );
      }
    }
    return choices.map((choice) => partOf(formula, replaceBound(body, choice)));
  }

  #unfolded(formula: Formula): Temporal {
    const inner = this.#formulas.unfold(formula);
    if (inner !== undefined) return this.#read(inner);
    throw unreadable(formula, 'a temporal formula of this form');
  }

  /** What stands under [] or <>: there it may be [A]_v or <<A>>_v. */
  #operand(formula: Formula, form: 'box' | 'angle'): Temporal {
    const { expression } = formula;
    if (this.#formulas.isStateLevel(formula)) return this.#read(formula);
    if (expression.kind === 'action-or-stutter') {
      if (expression.form === form) return literal(this.#stepAtom(formula));
      throw unreadable(formula, form === 'box' ? '[] of <<A>>_v' : '<> of [A]_v');
    }
    const inner =
      expression.kind === 'apply' && expression.reference.target.kind === 'builtin'
        ? undefined
        : this.#formulas.unfold(formula);
    return inner === undefined ? this.#read(formula) : this.#operand(inner, form);
  }

  #connective(
    formula: Formula,
    { reference, arguments: inside }: ExpressionOf<'apply'>,
  ): Temporal | undefined {
    const { target } = reference;
    if (target.kind !== 'builtin') return undefined;
    const [left, right] = inside.map((argument) => {
      if (argument.kind === 'operator' || argument.kind === 'lambda') {
        throw unreadable(formula, `the operator ${target.name} of a temporal formula`);
      }
      return this.#read(partOf(formula, argument));
    });
    if (left !== undefined && target.name === '~') return negation(left);
    if (left === undefined || right === undefined) return undefined;
    if (target.name === '=>') return or(negation(left), right);
    if (target.name === '<=>') return or(and(left, right), and(negation(left), negation(right)));
    throw unreadable(formula, `the operator ${target.name} of a temporal formula`);
  }

  #fairness(formula: Formula, { strength, action, subscript, span }: ExpressionOf<'fairness'>): Temporal {
    const step: Expression = { kind: 'action-or-stutter', form: 'angle', action, subscript, span };
    const disabled = literal(
      this.#stateAtom(partOf(formula, { kind: 'enabled', operand: step, span })),
      false,
    );
    const isTaken = always(eventually(literal(this.#stepAtom(partOf(formula, step)))));
    return or(strength === 'weak' ? always(eventually(disabled)) : eventually(always(disabled)), isTaken);
  }

  #elementsOf(set: Formula): readonly Value[] {
    if (!this.#formulas.isConstant(set))
      throw unreadable(set, 'a quantifier over a set that depends on the state');
    const values: Value[] = [];
    for (const value of elements(this.#constantValue(set))) {
      values.push(value);
      if (values.length > MOST_INSTANCES) throw unreadable(set, TOO_MANY);
    }
    return values;
  }

  #constantValue(set: Formula): Value {
    try {
      return this.#compiled.evaluate(wholeOf(set));
    } catch (error) {
      if (!(error instanceof EvaluationError) || error.code !== CANNOT_BE_ENUMERATED) throw error;
      throw unreadable(set, 'a quantifier over a set that cannot be enumerated');
    }
  }

  #bind({ pattern, set }: Binding, names: readonly Bound[], value: Value): [Bound, Reference][] {
    const parts = pattern === 'tuple' && value instanceof SequenceValue ? value.toArray() : [value];
    if (parts.length !== names.length) {
      throw new UnreadableFormula(`${format(value)} where ${names.length} values are named`, set.span);
    }
    return names.flatMap((name, index): [Bound, Reference][] => {
      const part = parts[index];
      return part === undefined ? [] : [[name, this.#compiled.keep(part, name.span)]];
    });
  }

  /** A formula that is the same in every state. */
  #isTrue(formula: Formula): boolean {
    return this.#compiled.compileState(this.#name, wholeOf(formula)).holds([]);
  }

  #stateAtom(formula: Formula): Atom {
    const predicate = this.#compiled.compileState(this.#name, wholeOf(formula));
    return this.#keep({ level: 'state', index: this.#atoms.length, predicate });
  }

  #stepAtom(formula: Formula): Atom {
    const predicate = this.#compiled.compileStep(this.#name, wholeOf(formula));
    return this.#keep({ level: 'step', index: this.#atoms.length, predicate });
  }

  #keep(atom: Atom): Atom {
    this.#atoms.push(atom);
    return atom;
  }
}

function unreadable({ expression }: Formula, what: string): UnreadableFormula {
  return new UnreadableFormula(`${what} is not supported`, expression.span);
}
