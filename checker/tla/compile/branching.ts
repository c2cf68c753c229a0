import type { Definition, Expression, ExpressionOf, Parameter } from '../syntax/ast.ts';
import { type Call, needsExpansion, usesOfAction } from './argument-passing.ts';
import { isExpression } from './children.ts';
import { meaningOf } from './emit-use.ts';
import { type Environment, insideDefinition, type Local, placeOf, withLocals } from './environment.ts';
import type { Unit } from './unit.ts';

type Use = ExpressionOf<'reference'> | ExpressionOf<'apply'>;

/**
 * Whether TLC may find a formula true in more than one way where it stands. Its form may only say that it depends on what
 * its names stand for: p \in S is one condition if p is a value, and a way for each element if p is x'.
 */
export function isBranching(unit: Unit, expression: Expression, environment: Environment): boolean {
  return unit.forms.isBranching(expression, (use) => isBranchingUse(unit, use, environment));
}

function isBranchingUse(unit: Unit, use: Use, environment: Environment): boolean {
  if (!unit.forms.isBranching(use)) return false;
  const meaning = meaningOf(unit, use.reference, environment);
  switch (meaning.kind) {
    case 'local':
      return !isValue(meaning.local);
    case 'builtin':
      return isBranchingBuiltin(unit, use, meaning.name, environment);
    case 'definition':
      return isBranchingCall(unit, callOf(use, meaning.definition, meaning.place, environment));
    case 'let': {
      const { definition } = meaning.local;
      return isBranchingCall(unit, callOf(use, definition, placeOf(meaning.local, environment), environment));
    }
    default:
      return true;
  }
}

function isBranchingBuiltin(unit: Unit, use: Use, name: string, environment: Environment): boolean {
  const [left, right] = use.kind === 'apply' ? use.arguments : [];
  if (left === undefined || right === undefined || !isExpression(left) || !isExpression(right)) return true;
  if (name === '=>') return isBranching(unit, right, environment);
  if (left.kind !== 'reference') return true;
  const meaning = meaningOf(unit, left.reference, environment);
  return meaning.kind !== 'local' || !isValue(meaning.local);
}

/** Neither a recursive function that is under way as an action, nor what a recursive action reads again and again. */
function isValue(local: Local): boolean {
  if (local.kind !== 'value' && local.kind !== 'lazy') return false;
  return local.action === undefined && local.isOfDraft !== true;
}

function callOf(use: Use, definition: Definition, home: Environment, argumentsPlace: Environment): Call {
  return { definition, home, inside: use.kind === 'apply' ? use.arguments : [], argumentsPlace };
}

/** A call whose arguments are computed before is true in as many ways as its body, where the parameters are values. */
function isBranchingCall(unit: Unit, call: Call): boolean {
  const { definition, home } = call;
  const isKnown = !definition.isRecursive && !unit.contexts.isReplaced(definition.name);
  if (!isKnown || definition.parameters.some(({ arity }) => arity > 0)) return true;
  if (needsExpansion(unit, call, usesOfAction(unit, call))) return true;
  if (home.context.isOpen || !unit.contexts.isTopLevel(definition))
    return isBranchingBody(unit, definition, home);
  const key = `${unit.contexts.idOf(definition)}:${home.context.id}`;
  return unit.forms.ofValues(key, () => isBranchingBody(unit, definition, home));
}

function isBranchingBody(unit: Unit, definition: Definition, home: Environment): boolean {
  const values = definition.parameters.map((parameter): [Parameter, Local] => {
    return [parameter, { kind: 'value', js: parameter.name }];
  });
  return isBranching(unit, definition.body, withLocals(insideDefinition(definition, home), values));
}
