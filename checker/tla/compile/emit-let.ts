import type { Expression, ExpressionOf } from '../syntax/ast.ts';
import { type Environment, type LetLocal, type Local, withInstance, withLocals } from './environment.ts';
import type { Unit } from './unit.ts';

/**
 * A LET as a JavaScript expression: a function that declares what the body needs, called at once. Nothing that is read
 * changes meanwhile, so the values of its names are kept.
 */
export function emitLet(
  unit: Unit,
  expression: ExpressionOf<'let'>,
  environment: Environment,
  emitBody: (inside: Environment) => string,
): string {
  return `(() => { ${emitLetOnce(unit, expression, environment, emitBody)} })()`;
}

/** The body of a function: a LET at its top needs no function of its own. */
export function emitReturn(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  emit: (unit: Unit, expression: Expression, environment: Environment) => string,
): string {
  if (expression.kind !== 'let') return `return ${emit(unit, expression, environment)};`;
  return emitLetOnce(
    unit,
    expression,
    environment,
    (inside) => `return ${emit(unit, expression.body, inside)};`,
  );
}

/** As emitLetStatements, where nothing that is read changes. */
function emitLetOnce(
  unit: Unit,
  expression: ExpressionOf<'let'>,
  environment: Environment,
  emitBody: (inside: Environment) => string,
): string {
  const { draft } = environment;
  return emitLetStatements(unit, expression, { ...environment, draft: undefined }, (inside) =>
    emitBody({ ...inside, draft }),
  );
}

/** A LET as statements: the declarations that the body turns out to need come before it. */
export function emitLetStatements(
  _unit: Unit,
  expression: ExpressionOf<'let'>,
  environment: Environment,
  emitBody: (inside: Environment) => string,
): string {
  const declarations: string[] = [];
  let inside = environment;
  const locals: LetLocal[] = [];
  for (const definition of expression.definitions) {
    if (definition.kind === 'instance') {
      inside = withInstance(inside, definition);
    } else {
      const local: LetLocal = { kind: 'let', definition, environment, names: new Map(), declarations };
      locals.push(local);
      inside = withLocals(inside, [[definition, local]]);
    }
  }
  const complete = withLocals(
    inside,
    locals.map((local): [typeof local.definition, Local] => [local.definition, local]),
  );
  for (const local of locals) local.environment = complete;
  const body = emitBody(complete);
  return `${declarations.join(' ')} ${body}`;
}
