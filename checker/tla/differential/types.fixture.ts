import type { Choices } from './choices.fixture.ts';

/** What a generated expression evaluates to if it evaluates. */
export type Type =
  | { readonly kind: 'integer' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'string' }
  | { readonly kind: 'model' }
  | { readonly kind: 'set'; readonly item: Type }
  | { readonly kind: 'sequence'; readonly item: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Type>> }
  | { readonly kind: 'function'; readonly from: Type; readonly to: Type }
  | { readonly kind: 'bag'; readonly item: Type };

export const INTEGER: Type = { kind: 'integer' };
export const BOOLEAN: Type = { kind: 'boolean' };
export const STRING: Type = { kind: 'string' };
export const MODEL: Type = { kind: 'model' };

export function setOf(item: Type): Type {
  return { kind: 'set', item };
}

export function sequenceOf(item: Type): Type {
  return { kind: 'sequence', item };
}

const ATOMS = [INTEGER, BOOLEAN, STRING, MODEL];

/** What indexes functions and bags: no explosion, and integers often, which turn functions into sequences. */
export function randomIndexType(choices: Choices): Type {
  return choices.from([INTEGER, STRING, MODEL, INTEGER, BOOLEAN]);
}

/** A type, nested so deep at most. */
export function randomType(choices: Choices, depth: number): Type {
  if (depth === 0) return choices.from(ATOMS);
  const inner = () => randomType(choices, depth - 1);
  return choices.grow<Type>([
    () => INTEGER,
    () => BOOLEAN,
    () => setOf(inner()),
    () => sequenceOf(inner()),
    () => choices.from([STRING, MODEL]),
    () => ({ kind: 'tuple', items: choices.several(2, 3, inner) }),
    () => ({ kind: 'record', fields: randomFields(choices, inner) }),
    () => ({ kind: 'function', from: randomIndexType(choices), to: inner() }),
    () => setOf(inner()),
    () => ({ kind: 'bag', item: randomIndexType(choices) }),
  ]);
}

function randomFields(choices: Choices, inner: () => Type): Record<string, Type> {
  const names = choices.from([['a'], ['b', 'a'], ['a', 'b', 'c']]);
  return Object.fromEntries(names.map((name) => [name, inner()]));
}

export function sameType(left: Type, right: Type): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
