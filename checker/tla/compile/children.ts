import type { Argument, Bound, Expression, Parameter } from '../syntax/ast.ts';

/** The expressions directly inside one, operators that are passed by name left out, a LET's definitions too. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'reference':
    case 'at':
    case 'unsupported':
      return [];
    case 'apply':
      return expression.arguments.flatMap(insideArgument);
    case 'conjunction':
    case 'disjunction':
    case 'set':
    case 'tuple':
    case 'product':
      return expression.items;
    case 'if':
      return [expression.condition, expression.consequence, expression.alternative];
    case 'case':
      return [
        ...expression.arms.flatMap((arm) => [arm.condition, arm.value]),
        ...(expression.other === undefined ? [] : [expression.other]),
      ];
    case 'let':
      return [expression.body];
    case 'quantified':
    case 'map':
    case 'function':
    case 'recursive-function':
      return [...expression.bindings.map((binding) => binding.set), expression.body];
    case 'choose':
      return [expression.binding.set, expression.body];
    case 'filter':
      return [expression.binding.set, expression.predicate];
    case 'function-set':
      return [expression.domain, expression.range];
    case 'record':
    case 'record-set':
      return expression.fields.map((field) => field.value);
    case 'except':
      return [
        expression.base,
        ...expression.updates.flatMap((update) => [...insidePath(update), update.value]),
      ];
    case 'application':
      return [expression.function, ...expression.arguments];
    case 'field':
      return [expression.record];
    case 'prime':
    case 'unchanged':
    case 'enabled':
    case 'always':
    case 'eventually':
      return [expression.operand];
    case 'action-or-stutter':
    case 'fairness':
      return [expression.action, expression.subscript];
    case 'leads-to':
      return [expression.from, expression.to];
    case 'within':
      return [expression.body];
  }
}

function insideArgument(argument: Argument): readonly Expression[] {
  if (argument.kind === 'operator') return [];
  return argument.kind === 'lambda' ? [argument.body] : [argument];
}

function insidePath(update: {
  readonly path: readonly { readonly kind: string; readonly arguments?: readonly Expression[] }[];
}): readonly Expression[] {
  return update.path.flatMap((step) => step.arguments ?? []);
}

export function isExpression(argument: Argument): argument is Expression {
  return argument.kind !== 'operator' && argument.kind !== 'lambda';
}

export function insideOf(
  expression: Extract<Expression, { kind: 'reference' | 'apply' }>,
): readonly Argument[] {
  return expression.kind === 'apply' ? expression.arguments : [];
}

export function bodiesOf(definitions: Extract<Expression, { kind: 'let' }>['definitions']): Expression[] {
  return definitions.flatMap((definition) => (definition.kind === 'definition' ? [definition.body] : []));
}

/** What the instances of a LET put in the place of constants and variables. */
export function substitutedIn(
  definitions: Extract<Expression, { kind: 'let' }>['definitions'],
): readonly Expression[] {
  return definitions.flatMap((definition) =>
    definition.kind === 'instance' ? [...definition.substitutions.values()].flatMap(insideArgument) : [],
  );
}

/** The names that an expression binds in what is directly inside it; those of a LET's definitions are not among them. */
export function boundBy(expression: Expression): readonly (Bound | Parameter)[] {
  switch (expression.kind) {
    case 'quantified':
    case 'map':
    case 'function':
      return expression.bindings.flatMap((binding) => binding.names);
    case 'recursive-function':
      return [expression.self, ...expression.bindings.flatMap((binding) => binding.names)];
    case 'choose':
    case 'filter':
      return expression.binding.names;
    case 'apply':
      return expression.arguments.flatMap((argument) =>
        argument.kind === 'lambda' ? argument.parameters : [],
      );
    default:
      return [];
  }
}
