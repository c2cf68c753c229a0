import type { Argument, Expression, ExpressionOf } from '../syntax/ast.ts';
import type { AccountForm } from './account.ts';
import { usesOfValue, usesWithProbes } from './argument-passing.ts';
import { insideOf, isExpression } from './children.ts';
import { partsOfCondition } from './condition-parts.ts';
import { bindArguments } from './emit-call.ts';
import { emitLetStatements } from './emit-let.ts';
import { nestedLoops } from './emit-quantified-action.ts';
import { type Meaning, meaningOf } from './emit-use.ts';
import { declareSets, emitBoolean, emitValue, insideLoops, loopsOf } from './emit-value.ts';
import { type Environment, insideDefinition, placeOf, withLocals } from './environment.ts';
import { LEVEL } from './levels.ts';
import type { Unit } from './unit.ts';

/** So many formulas of one condition are told: operators are put in where they are used, and may double at each level. */
const MOST_FORMULAS = 200;

/**
 * Why a formula is TRUE or FALSE: JavaScript that makes an account of it (account.ts). undefined where it depends on the
 * state that is being made, which is another by the time that the account is looked at.
 */
export function emitAccount(
  unit: Unit,
  expression: Expression,
  environment: Environment,
): string | undefined {
  if (unit.levels.of(expression, environment) >= LEVEL.action) return undefined;
  return new Accountant(unit).account(expression, environment);
}

/** What an account says besides the value of the formula. */
interface Told {
  readonly form: AccountForm;
  /** The statements that yield the accounts of its parts. */
  readonly inner: string;
  /** What the statements and values need, declared before. */
  readonly declarations?: string;
}

const PLAIN: Told = { form: 'plain', inner: '' };

class Accountant {
  readonly #unit: Unit;
  #left = MOST_FORMULAS;

  constructor(unit: Unit) {
    this.#unit = unit;
  }

  account(expression: Expression, environment: Environment): string {
    const unit = this.#unit;
    this.#left -= 1;
    const told = this.#left > 0 ? this.#told(expression, environment) : PLAIN;
    const parts = partsOfCondition(expression);
    const site = unit.toldSite(expression, parts);
    const values = parts.map((part) => `() => ${emitValue(unit, part, environment)}`);
    const fields = [
      `site: ${site}`,
      `form: ${JSON.stringify(told.form)}`,
      `holds: () => ${emitBoolean(unit, expression, environment)}`,
      `parts: [${values.join(', ')}]`,
      `inner: function* () { ${told.inner} }`,
    ];
    const made = `{ ${fields.join(', ')} }`;
    return told.declarations ? `(() => { ${told.declarations} return ${made}; })()` : `(${made})`;
  }

  #yield(expression: Expression, environment: Environment): string {
    return `yield ${this.account(expression, environment)};`;
  }

  #told(expression: Expression, environment: Environment): Told {
    const all = (items: readonly Expression[]): string =>
      items.map((item) => this.#yield(item, environment)).join(' ');
    switch (expression.kind) {
      case 'conjunction':
        return { form: 'all', inner: all(expression.items) };
      case 'disjunction':
        return { form: 'any', inner: all(expression.items) };
      case 'quantified':
        return this.#quantified(expression, environment);
      case 'if':
        return this.#if(expression, environment);
      case 'case':
        return this.#case(expression, environment);
      case 'let':
        return { form: 'inside', inner: this.#let(expression, environment) };
      case 'within': {
        const place = this.#unit.contexts.inside(expression, environment);
        return { form: 'inside', inner: this.#yield(expression.body, place) };
      }
      case 'reference':
      case 'apply':
        return this.#use(expression, environment);
      default:
        return PLAIN;
    }
  }

  #quantified(expression: ExpressionOf<'quantified'>, environment: Environment): Told {
    const { declarations, loops } = declareSets(
      this.#unit,
      loopsOf(this.#unit, expression.bindings, environment),
    );
    const body = this.#yield(expression.body, insideLoops(environment, loops));
    return {
      form: expression.quantifier === 'forall' ? 'all' : 'any',
      inner: declarations + nestedLoops(this.#unit, loops, body),
    };
  }

  #if({ condition, consequence, alternative }: ExpressionOf<'if'>, environment: Environment): Told {
    const test = emitBoolean(this.#unit, condition, environment);
    const arm = `if (${test}) { ${this.#yield(consequence, environment)} } else { ${this.#yield(alternative, environment)} }`;
    return { form: 'choice', inner: `${this.#yield(condition, environment)} ${arm}` };
  }

  #case({ arms, other }: ExpressionOf<'case'>, environment: Environment): Told {
    const tests = arms.map(({ condition, value }) => {
      const test = emitBoolean(this.#unit, condition, environment);
      return `if (${test}) { ${this.#yield(condition, environment)} ${this.#yield(value, environment)} } else `;
    });
    const otherwise = other === undefined ? '{}' : `{ ${this.#yield(other, environment)} }`;
    return { form: 'choice', inner: tests.join('') + otherwise };
  }

  #let(expression: ExpressionOf<'let'>, environment: Environment): string {
    return emitLetStatements(this.#unit, expression, { ...environment, draft: undefined }, (inside) =>
      this.#yield(expression.body, inside),
    );
  }

  #use(expression: ExpressionOf<'reference'> | ExpressionOf<'apply'>, environment: Environment): Told {
    const meaning = meaningOf(this.#unit, expression.reference, environment);
    const inside = insideOf(expression);
    switch (meaning.kind) {
      case 'builtin':
        return this.#builtin(meaning.name, inside, environment);
      case 'macro':
        return isExpression(meaning.argument)
          ? { form: 'inside', inner: this.#yield(meaning.argument, meaning.place) }
          : PLAIN;
      case 'let':
      case 'definition':
        return this.#call(meaning, inside, environment);
      default:
        return PLAIN;
    }
  }

  #builtin(name: string, inside: readonly Argument[], environment: Environment): Told {
    if ((name !== '~' && name !== '=>') || !inside.every(isExpression)) return PLAIN;
    const inner = inside.map((argument) => this.#yield(argument, environment)).join(' ');
    return { form: name === '~' ? 'not' : 'implies', inner };
  }

  #call(
    meaning: Extract<Meaning, { kind: 'let' | 'definition' }>,
    inside: readonly Argument[],
    environment: Environment,
  ): Told {
    const unit = this.#unit;
    const isLet = meaning.kind === 'let';
    const definition = isLet ? meaning.local.definition : meaning.definition;
    const home = isLet ? placeOf(meaning.local, environment) : meaning.place;
    if (definition.isRecursive) return PLAIN;
    const { parameters, body } = definition;
    const call = { definition, home, inside, argumentsPlace: environment };
    const uses = usesWithProbes(unit, call, usesOfValue(unit, call));
    const { locals, declarations } = bindArguments(unit, parameters, inside, environment, uses);
    const place = withLocals(insideDefinition(definition, home), locals);
    const inner = this.#yield(body, place);
    // A name of a LET is shorthand: the reader sees what it stands for.
    const form = isLet && parameters.length === 0 ? 'inside' : 'call';
    return { form, inner, declarations };
  }
}
