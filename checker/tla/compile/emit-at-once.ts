import type { Expression, ExpressionOf } from '../syntax/ast.ts';
import { isExpression } from './children.ts';
import { meaningOf } from './emit-use.ts';
import { type Environment, NO_STATE, placeOf } from './environment.ts';
import type { Unit } from './unit.ts';

/**
 * JavaScript for a value that can be had at once: what only reads, costs next to nothing and cannot fail. Where it has no
 * value after all, it is undefined, and whoever needs it finds out why. undefined for any other expression.
 */
export function emitAtOnce(unit: Unit, expression: Expression, environment: Environment): string | undefined {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'string':
      return unit.string(expression.value);
    case 'field': {
      const record = emitAtOnce(unit, expression.record, environment);
      return record === undefined ? undefined : `fieldAtOnce(${unit.fieldSite(expression.name)}, ${record})`;
    }
    case 'application':
      return emitItem(unit, expression, environment);
    case 'reference':
      return emitName(unit, expression, environment);
    default:
      return undefined;
  }
}

function emitItem(
  unit: Unit,
  { function: applied, arguments: inside }: ExpressionOf<'application'>,
  environment: Environment,
): string | undefined {
  const [index, ...others] = inside;
  if (index === undefined || others.length > 0) return undefined;
  const f = emitAtOnce(unit, applied, environment);
  const x = emitAtOnce(unit, index, environment);
  return f === undefined || x === undefined ? undefined : `itemAtOnce(${f}, ${x})`;
}

function emitName(
  unit: Unit,
  { reference }: ExpressionOf<'reference'>,
  environment: Environment,
): string | undefined {
  const meaning = meaningOf(unit, reference, environment);
  switch (meaning.kind) {
    case 'local':
      if (meaning.local.kind === 'value') return meaning.local.js;
      return meaning.local.kind === 'lazy' ? `known(${meaning.local.js})` : undefined;
    case 'variable':
      return environment.current === NO_STATE ? undefined : `${environment.current}[${meaning.index}]`;
    case 'macro':
      return isExpression(meaning.argument) ? emitAtOnce(unit, meaning.argument, meaning.place) : undefined;
    case 'let': {
      const { definition } = meaning.local;
      if (definition.parameters.length > 0 || definition.isRecursive) return undefined;
      return emitAtOnce(unit, definition.body, placeOf(meaning.local, environment));
    }
    default:
      return undefined;
  }
}
