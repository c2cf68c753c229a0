import type { Argument, Definition, Expression, ExpressionOf } from '../syntax/ast.ts';
import { isExpression, LEVEL } from './analysis.ts';
import { variableBehind } from './assigned-variable.ts';
import { emitLet, emitReturn } from './emit-let.ts';
import {
  bindArguments,
  emitArguments,
  meaningOf,
  needsExpansion,
  parameterLocals,
  usesOf,
} from './emit-use.ts';
import { arrow, emitArms, emitBoolean, emitValue, insideLoops, located, loopsOf } from './emit-value.ts';
import {
  type Environment,
  environmentOf,
  insideDefinition,
  type LetLocal,
  withLocals,
} from './environment.ts';
import type { Unit } from './unit.ts';

/**
 * An action that can be taken in at most one way, as a JavaScript expression: it assigns what the action assigns and
 * is true, or false somewhere on the way. Whoever evaluates it puts back what was assigned. Most of an action is of this
 * kind, and it needs no function for what comes after.
 */
export function emitDirect(unit: Unit, expression: Expression, environment: Environment): string {
  const direct = (inner: Expression): string => emitDirect(unit, inner, environment);
  if (unit.analysis.level(expression, environment) < LEVEL.action)
    return emitBoolean(unit, expression, environment);
  switch (expression.kind) {
    case 'conjunction':
      return `(${expression.items.map(direct).join(' && ')})`;
    case 'if':
      return `(${emitBoolean(unit, expression.condition, environment)} ? ${direct(expression.consequence)} : ${direct(expression.alternative)})`;
    case 'case':
      return emitDirectCase(unit, expression, environment);
    case 'let':
      return emitLet(
        unit,
        expression,
        environment,
        (inside) => `return ${emitDirect(unit, expression.body, inside)};`,
      );
    case 'quantified': {
      // Only \A is of this kind.
      const loops = loopsOf(unit, expression.bindings, environment);
      const body = emitDirect(unit, expression.body, insideLoops(environment, loops));
      return loops.reduceRight((inner, loop) => `every(${loop.set}, ${arrow(loop, inner)})`, body);
    }
    case 'reference':
      return emitDirectUse(unit, expression, [], environment);
    case 'apply':
      return emitDirectUse(unit, expression, expression.arguments, environment);
    case 'unchanged':
      return emitDirectUnchanged(unit, expression.operand, environment);
    case 'action-or-stutter': {
      // Only <<A>>_v is of this kind.
      const stutter: Expression = {
        kind: 'unchanged',
        operand: expression.subscript,
        span: expression.span,
      };
      return `(${direct(expression.action)} && !${emitBoolean(unit, stutter, environment)})`;
    }
    case 'within':
      return emitDirect(unit, expression.body, unit.contexts.follow(expression.via, environment));
    default:
      return emitBoolean(unit, expression, environment);
  }
}

function emitDirectCase(unit: Unit, expression: ExpressionOf<'case'>, environment: Environment): string {
  const { declarations, conditions } = emitArms(unit, expression, environment);
  const otherwise =
    expression.other === undefined ? 'noArm()' : emitDirect(unit, expression.other, environment);
  const arms = expression.arms.map(
    (arm, index) => `${conditions[index]} ? ${emitDirect(unit, arm.value, environment)} : `,
  );
  const value = `(${arms.join('')}${otherwise})`;
  return declarations === '' ? value : `(() => { ${declarations}return ${value}; })()`;
}

function emitDirectUse(
  unit: Unit,
  expression: (ExpressionOf<'reference'> | ExpressionOf<'apply'>) & Expression,
  inside: readonly Argument[],
  environment: Environment,
): string {
  const meaning = meaningOf(unit, expression.reference, environment);
  switch (meaning.kind) {
    case 'builtin':
      return emitDirectBuiltin(unit, expression, meaning.name, inside, environment);
    case 'definition':
      return emitDirectCall(unit, meaning.definition, meaning.place, inside, environment);
    case 'let':
      return emitDirectLetUse(unit, meaning.local, inside, environment);
    case 'macro':
      return isExpression(meaning.argument)
        ? emitDirect(unit, meaning.argument, meaning.place)
        : emitBoolean(unit, expression, environment);
    default:
      return emitBoolean(unit, expression, environment);
  }
}

function emitDirectBuiltin(
  unit: Unit,
  expression: Expression,
  name: string,
  inside: readonly Argument[],
  environment: Environment,
): string {
  const [left, right] = inside;
  if (left === undefined || right === undefined || !isExpression(left) || !isExpression(right)) {
    return emitBoolean(unit, expression, environment);
  }
  if (name === '=>') {
    return `(!${emitBoolean(unit, left, environment)} || ${emitDirect(unit, right, environment)})`;
  }
  const variable = name === '=' ? primedVariable(unit, left, environment) : undefined;
  if (variable === undefined) return emitBoolean(unit, expression, environment);
  return located(
    unit,
    expression,
    `assign(${environment.next}, ${variable}, ${emitValue(unit, right, environment)})`,
  );
}

/** The index of the variable behind `x'`, or behind a parameter that stands for it. */
function primedVariable(unit: Unit, left: Expression, environment: Environment): number | undefined {
  if (left.kind === 'prime') return variableBehind(unit, left.operand, environment);
  if (left.kind !== 'reference') return undefined;
  const meaning = meaningOf(unit, left.reference, environment);
  return meaning.kind === 'macro' && isExpression(meaning.argument)
    ? primedVariable(unit, meaning.argument, meaning.place)
    : undefined;
}

function emitDirectUnchanged(unit: Unit, operand: Expression, environment: Environment): string {
  if (operand.kind === 'tuple') {
    if (operand.items.length === 0) return 'true';
    return `(${operand.items.map((item) => emitDirectUnchanged(unit, item, environment)).join(' && ')})`;
  }
  if (operand.kind === 'reference') {
    const meaning = meaningOf(unit, operand.reference, environment);
    if (meaning.kind === 'variable') {
      return `assign(${environment.next}, ${meaning.index}, ${emitValue(unit, operand, environment)})`;
    }
    if (meaning.kind === 'macro' && isExpression(meaning.argument)) {
      return emitDirectUnchanged(unit, meaning.argument, meaning.place);
    }
    if (meaning.kind === 'definition') {
      const { definition, place } = meaning;
      return emitDirectUnchanged(unit, definition.body, insideDefinition(definition, place));
    }
  }
  return emitBoolean(unit, { kind: 'unchanged', operand, span: operand.span }, environment);
}

function emitDirectCall(
  unit: Unit,
  definition: Definition,
  place: Environment,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): string {
  if (place.context.isOpen || needsExpansion(unit, definition, inside, argumentsPlace)) {
    return emitDirectExpansion(unit, definition, place, inside, argumentsPlace);
  }
  const name = directFunction(unit, definition, place);
  const strict = unit.analysis.strictParameters(definition);
  const passed = emitArguments(unit, definition, inside, argumentsPlace, strict);
  return `${name}(${[argumentsPlace.current, argumentsPlace.next, ...passed].join(', ')})`;
}

function directFunction(unit: Unit, definition: Definition, place: Environment): string {
  const key = `direct:${unit.contexts.idOf(definition)}:${place.context.id}`;
  return unit.hoist(key, definition.name, (name) => {
    const strict = unit.analysis.strictParameters(definition);
    const { locals, names } = parameterLocals(unit, definition.parameters, strict);
    const current = unit.fresh('current');
    const next = unit.fresh('next');
    const inside = withLocals(environmentOf(place.context, current, next, definition.module), locals);
    const body = emitReturn(unit, definition.body, inside, emitDirect);
    return `function ${name}(${[current, next, ...names].join(', ')}) { ${body} }`;
  });
}

function emitDirectExpansion(
  unit: Unit,
  definition: Definition,
  place: Environment,
  inside: readonly Argument[],
  argumentsPlace: Environment,
): string {
  return unit.expanding(definition, () => {
    const bound = bindArguments(
      unit,
      definition.parameters,
      inside,
      argumentsPlace,
      usesOf(unit, definition),
    );
    const body = emitDirect(
      unit,
      definition.body,
      withLocals(insideDefinition(definition, place), bound.locals),
    );
    return bound.declarations === '' ? body : `(() => { ${bound.declarations}return ${body}; })()`;
  });
}

function emitDirectLetUse(
  unit: Unit,
  local: LetLocal,
  inside: readonly Argument[],
  environment: Environment,
): string {
  const { definition } = local;
  const place = { ...local.environment, current: environment.current, next: environment.next };
  const isAtHome =
    local.environment.current === environment.current && local.environment.next === environment.next;
  if (!isAtHome || needsExpansion(unit, definition, inside, environment)) {
    return emitDirectExpansion(unit, definition, place, inside, environment);
  }
  const strict = unit.analysis.strictParameters(definition);
  let name = local.names.get('direct');
  if (name === undefined) {
    name = unit.fresh(definition.name);
    local.names.set('direct', name);
    const { locals, names } = parameterLocals(unit, definition.parameters, strict);
    const body = emitReturn(unit, definition.body, withLocals(local.environment, locals), emitDirect);
    local.declarations.push(`const ${name} = (${names.join(', ')}) => { ${body} };`);
  }
  return `${name}(${emitArguments(unit, definition, inside, environment, strict).join(', ')})`;
}
