import type { Argument, Expression } from '../syntax/ast.ts';
import { isExpression } from './children.ts';
import { emitOperator } from './emit-use.ts';
import { emitBoolean, emitValue } from './emit-value.ts';
import type { Environment } from './environment.ts';
import type { Unit } from './unit.ts';

/** Builtins that are a function of their arguments' values: the name of the function in the runtime. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  '=': 'equal',
  '\\in': 'isMember',
  '\\cup': 'union',
  '\\cap': 'intersection',
  '\\': 'difference',
  '\\subseteq': 'isSubset',
  SUBSET: 'powerSet',
  UNION: 'bigUnion',
  DOMAIN: 'domain',
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '^': 'power',
  '..': 'interval',
  '<': 'less',
  '>': 'greater',
  '<=': 'lessOrEqual',
  '>=': 'greaterOrEqual',
  '\\div': 'divide',
  '%': 'modulo',
  '-.': 'negate',
  Seq: 'sequencesOver',
  Len: 'length',
  '\\o': 'concat',
  Append: 'append',
  Head: 'head',
  Tail: 'tail',
  SubSeq: 'subSeq',
  IsFiniteSet: 'isFinite',
  Cardinality: 'cardinality',
  IsABag: 'isABag',
  BagToSet: 'bagToSet',
  SetToBag: 'setToBag',
  BagIn: 'bagIn',
  '(+)': 'bagPlus',
  '(-)': 'bagMinus',
  '\\sqsubseteq': 'bagSubset',
  BagUnion: 'bagUnion',
  SubBag: 'subBag',
  BagCardinality: 'bagCardinality',
  CopiesIn: 'copiesIn',
  ':>': 'mapsTo',
  '@@': 'combine',
  Permutations: 'permutations',
  TLCEval: 'normalise',
};

const VALUES: Readonly<Record<string, string>> = {
  BOOLEAN: 'BOOLEANS',
  STRING: 'STRINGS',
  Nat: 'NATURALS',
  Int: 'INTEGERS',
  EmptyBag: 'EMPTY_BAG',
  Any: 'ANY',
};

/** A builtin applied to its arguments, as a JavaScript expression. */
export function emitBuiltin(
  unit: Unit,
  name: string,
  inside: readonly Argument[],
  environment: Environment,
): string {
  const value = (index: number): string => emitArgumentValue(unit, inside[index], environment);
  const boolean = (index: number): string => emitArgumentBoolean(unit, inside[index], environment);
  const constant = VALUES[name];
  const domain = name === '\\in' || name === '\\notin' ? functionBehindDomain(inside[1]) : undefined;
  if (domain !== undefined) {
    const test = `isInDomain(${value(0)}, ${emitValue(unit, domain, environment)})`;
    return name === '\\in' ? test : `!${test}`;
  }
  if (constant !== undefined) return constant;
  const operation = FUNCTIONS[name];
  if (operation !== undefined) return `${operation}(${inside.map((_, index) => value(index)).join(', ')})`;
  switch (name) {
    case '#':
      return `!equal(${value(0)}, ${value(1)})`;
    case '~':
      return `!${boolean(0)}`;
    case '=>':
      return `(!${boolean(0)} || ${boolean(1)})`;
    case '<=>':
      return `(${boolean(0)} === ${boolean(1)})`;
    case '\\notin':
      return `!isMember(${value(0)}, ${value(1)})`;
    case 'SelectSeq':
      return `selectSeq(${value(0)}, testOf(${emitTest(unit, inside[1], environment)}))`;
    case 'SortSeq':
      return `sortSeq(${value(0)}, testOf(${emitTest(unit, inside[1], environment)}))`;
    case 'BagOfAll':
      return `bagOfAll(${emitTest(unit, inside[0], environment)}, ${value(1)})`;
    case 'PrintT':
      return `host.print(${value(0)})`;
    case 'Print':
      return `(host.print(${value(0)}), ${value(1)})`;
    case 'Assert':
      return `(${boolean(0)} || assertionFails(${value(1)}))`;
    case 'ToString':
      return `string(format(${value(0)}))`;
    case 'TLCGet':
      return `host.register(${value(0)})`;
    case 'TLCSet':
      return `host.setRegister(${value(0)}, ${value(1)})`;
    default:
      return `refuse(${JSON.stringify(name)})`;
  }
}

/** f, where an argument is DOMAIN f: whether it has an argument can be told without the set. */
function functionBehindDomain(argument: Argument | undefined): Expression | undefined {
  if (argument?.kind !== 'apply' || argument.reference.target.kind !== 'builtin') return undefined;
  const [inside] = argument.arguments;
  const isDomain = argument.reference.target.name === 'DOMAIN';
  return isDomain && inside !== undefined && isExpression(inside) ? inside : undefined;
}

function emitArgumentValue(unit: Unit, argument: Argument | undefined, environment: Environment): string {
  return argument !== undefined && isExpression(argument)
    ? emitValue(unit, argument, environment)
    : 'refuse("an operator as a value")';
}

function emitArgumentBoolean(unit: Unit, argument: Argument | undefined, environment: Environment): string {
  return argument !== undefined && isExpression(argument)
    ? emitBoolean(unit, argument, environment)
    : 'refuse("an operator as a formula")';
}

/** An operator argument of a builtin: called with values, its result as it is. */
function emitTest(unit: Unit, argument: Argument | undefined, environment: Environment): string {
  return argument !== undefined && !isExpression(argument)
    ? emitOperator(unit, argument, environment)
    : 'refuse("an expression as an operator")';
}
