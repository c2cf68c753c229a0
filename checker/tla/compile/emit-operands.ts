import type { Definition, Expression, ExpressionOf } from '../syntax/ast.ts';
import { usesOfValue } from './argument-passing.ts';
import { insideOf, isExpression } from './children.ts';
import { bindArguments } from './emit-call.ts';
import { type Meaning, meaningOf } from './emit-use.ts';
import { emitBoolean, emitValue } from './emit-value.ts';
import { type Environment, insideDefinition, withLocals } from './environment.ts';
import { LEVEL } from './levels.ts';
import type { Unit } from './unit.ts';

/** What a value is computed from, and JavaScript for the value of that; it fails where it was not needed. */
export interface Operand {
  readonly expression: Expression;
  readonly code: string;
}

/**
 * What the value that a variable is assigned is computed from: `commitIndex[s]`, `m.leaderCommit` and `LastNewIndex(m)`, for
 * `[commitIndex EXCEPT ![s] = CommitIndexAfter(s, m)]`. Sums are gone through, and operators that read the state or pick
 * one of their arguments, such as Max; of an IF the arm that is chosen.
 */
export function emitOperands(
  unit: Unit,
  expression: Expression,
  environment: Environment,
): readonly Operand[] {
  const finder = new OperandFinder(unit);
  finder.collect(expression, { environment, wrap: (code) => code, calls: 0 });
  return finder.found;
}

/** Operators within each other that are gone into. */
const MOST_CALLS = 8;

/** Where an expression stands, and what its code has to stand in. */
interface Place {
  readonly environment: Environment;
  readonly wrap: (code: string) => string;
  readonly calls: number;
}

class OperandFinder {
  readonly found: Operand[] = [];
  readonly #unit: Unit;

  constructor(unit: Unit) {
    this.#unit = unit;
  }

  collect(expression: Expression, place: Place): void {
    switch (expression.kind) {
      case 'number':
      case 'string':
      case 'boolean':
        return;
      case 'if':
        this.#collectArms(expression, place);
        return;
      case 'except': {
        const [update, ...others] = expression.updates;
        if (update !== undefined && others.length === 0) this.collect(update.value, place);
        return;
      }
      case 'reference':
      case 'apply':
        this.#collectUse(expression, place);
        return;
      default:
        this.#add(expression, place);
    }
  }

  #add(expression: Expression, { environment, wrap }: Place): void {
    this.found.push({ expression, code: wrap(emitValue(this.#unit, expression, environment)) });
  }

  #collectArms({ condition, consequence, alternative }: ExpressionOf<'if'>, place: Place): void {
    const test = emitBoolean(this.#unit, condition, place.environment);
    const arm = (inner: Expression, isChosen: string): void =>
      this.collect(inner, { ...place, wrap: (code) => place.wrap(`(${isChosen} ? ${code} : noArm())`) });
    arm(consequence, test);
    arm(alternative, `!${test}`);
  }

  #collectUse(expression: ExpressionOf<'reference'> | ExpressionOf<'apply'>, place: Place): void {
    const meaning = meaningOf(this.#unit, expression.reference, place.environment);
    // A variable as a whole: it stays, or another of its values changes.
    if (meaning.kind === 'variable') return;
    const operands = insideOf(expression);
    if (goesThrough(meaning)) {
      for (const each of operands) if (isExpression(each)) this.collect(each, place);
    } else if (meaning.kind === 'definition' && place.calls < MOST_CALLS && this.#readsState(meaning)) {
      this.#collectBody(expression, meaning, place);
    } else this.#add(expression, place);
  }

  #readsState({ definition, place }: Extract<Meaning, { kind: 'definition' }>): boolean {
    return !definition.isRecursive && this.#unit.levels.ofDefinition(definition, place) !== LEVEL.constant;
  }

  #collectBody(
    expression: ExpressionOf<'reference'> | ExpressionOf<'apply'>,
    { definition, place: home }: Extract<Meaning, { kind: 'definition' }>,
    { environment, wrap, calls }: Place,
  ): void {
    const unit = this.#unit;
    const inside = insideOf(expression);
    const uses = usesOfValue(unit, { definition, home, inside, argumentsPlace: environment });
    const { locals, declarations } = bindArguments(unit, definition.parameters, inside, environment, uses);
    this.collect(definition.body, {
      environment: withLocals(insideDefinition(definition, home), locals),
      wrap: (code) => wrap(declarations === '' ? code : `(() => { ${declarations} return ${code}; })()`),
      calls: calls + 1,
    });
  }
}

function goesThrough(meaning: Meaning): boolean {
  if (meaning.kind === 'builtin') return meaning.name === '+' || meaning.name === '-';
  return meaning.kind === 'definition' && picksAnArgument(meaning.definition);
}

/** Max and Min: an IF between parameters. */
function picksAnArgument({ body }: Definition): boolean {
  return body.kind === 'if' && [body.consequence, body.alternative].every(isParameter);
}

function isParameter(expression: Expression): boolean {
  return expression.kind === 'reference' && expression.reference.target.kind === 'parameter';
}
