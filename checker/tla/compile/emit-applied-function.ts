import type { Bound, Expression, ExpressionOf } from '../syntax/ast.ts';
import { meaningOf } from './emit-use.ts';
import { emitValue, located } from './emit-value.ts';
import {
  type Environment,
  type FunctionAction,
  insideDefinition,
  type Local,
  placeOf,
  withLocals,
} from './environment.ts';
import { LEVEL } from './levels.ts';
import type { Rest } from './rest.ts';
import type { Unit } from './unit.ts';

/** [x \in S |-> e], or f[x \in S] == e, where it is read. */
export interface FunctionLiteral {
  readonly expression: ExpressionOf<'function'> | ExpressionOf<'recursive-function'>;
  readonly name: Bound;
  readonly set: Expression;
  readonly place: Environment;
}

/**
 * `f[e]` as an action, where f is given by a rule: TLC does not compute the function, but takes its body as the action,
 * that of a recursive function again and again (tlc2.tool.impl.Tool.getNextStates of a FcnLambdaValue). undefined
 * where f is a value, such as a constant.
 *
 * @param emitBody emits the body as an action, with what comes after
 */
export function emitAppliedFunction(
  unit: Unit,
  expression: ExpressionOf<'application'>,
  environment: Environment,
  emitBody: (body: Expression, inside: Environment, after: Rest) => string,
  rest: Rest,
): string | undefined {
  const [index, ...others] = expression.arguments;
  if (index === undefined || others.length > 0) return undefined;
  const again = actionUnderWay(expression.function, environment);
  if (again !== undefined) return `${again}(${emitValue(unit, index, environment)}, () => { ${rest()} });`;
  const literal = functionLiteral(unit, expression.function, environment);
  if (literal === undefined) return undefined;
  const { name, set, place } = literal;
  const argument = unit.fresh(name.name);
  const proceed = unit.fresh('proceed');
  const action = unit.fresh('action');
  const self = unit.fresh('self');
  const domain = unit.fresh('domain');
  const isOfDraft = unit.levels.readsDraft(expression.function, environment);
  const inside = withLocals(place, [
    [name, { kind: 'value', js: argument }],
    ...selfOf(literal, self, { js: action, current: place.current, next: place.next }, isOfDraft),
  ]);
  // Outside of the domain the application is refused.
  return [
    `{ const ${self} = new ${isOfDraft ? 'Again' : 'Lazy'}(() => ${emitValue(unit, expression.function, environment)});`,
    `const ${action} = (${argument}, ${proceed}) => {`,
    `const ${domain} = ${emitValue(unit, set, place)};`,
    `if (${located(unit, expression, `isMember(${argument}, ${domain})`)}) { ${emitBody(literal.expression.body, inside, () => `${proceed}();`)} }`,
    `else ${located(unit, expression, refusedOutside(domain, argument))}; };`,
    `${action}(${emitValue(unit, index, environment)}, () => { ${rest()} }); }`,
  ].join('\n');
}

/** JavaScript that refuses an argument as one outside of a function's domain. */
export function refusedOutside(domain: string, argument: string): string {
  return `apply(lazyFunction(${domain}, () => false, false), ${argument})`;
}

function selfOf(
  { expression }: FunctionLiteral,
  self: string,
  action: FunctionAction,
  isOfDraft: boolean,
): readonly (readonly [Bound, Local])[] {
  return expression.kind === 'function'
    ? []
    : [[expression.self, { kind: 'lazy', js: self, action, isOfDraft }]];
}

/** A use of a recursive function in its own body, in the same states. */
function actionUnderWay(expression: Expression, environment: Environment): string | undefined {
  if (expression.kind !== 'reference') return undefined;
  const { target } = expression.reference;
  const local = target.kind === 'bound' ? environment.scope.get(target) : undefined;
  if (local === undefined || local.kind === 'macro' || local.kind === 'let') return undefined;
  const { action } = local;
  const isSame = action?.current === environment.current && action.next === environment.next;
  return isSame ? action.js : undefined;
}

/** The function that is read, where it is given by a rule. */
export function functionLiteral(
  unit: Unit,
  expression: Expression,
  environment: Environment,
): FunctionLiteral | undefined {
  if (expression.kind === 'function' || expression.kind === 'recursive-function')
    return asLiteral(expression, environment);
  if (expression.kind !== 'reference') return undefined;
  const meaning = meaningOf(unit, expression.reference, environment);
  if (meaning.kind === 'let') {
    const { definition } = meaning.local;
    return definition.parameters.length > 0
      ? undefined
      : functionLiteral(unit, definition.body, placeOf(meaning.local, environment));
  }
  if (meaning.kind !== 'definition' || meaning.definition.parameters.length > 0) return undefined;
  const { definition, place } = meaning;
  // TLC has computed the constants of a module before.
  if (unit.levels.ofDefinition(definition, place) === LEVEL.constant) return undefined;
  return functionLiteral(unit, definition.body, insideDefinition(definition, place));
}

function asLiteral(
  expression: ExpressionOf<'function'> | ExpressionOf<'recursive-function'>,
  place: Environment,
): FunctionLiteral | undefined {
  const [binding, ...others] = expression.bindings;
  if (binding === undefined || others.length > 0 || binding.pattern === 'tuple') return undefined;
  const [name, ...names] = binding.names;
  if (name === undefined || names.length > 0) return undefined;
  return { expression, name, set: binding.set, place };
}
