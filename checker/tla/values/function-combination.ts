import { elementsInChooseOrder } from './elements.ts';
import { entries, functionOf } from './functions.ts';
import { refuseType } from './refusals.ts';
import { setOf } from './sets.ts';
import { isFunction, type Value } from './value.ts';

/** key :> value, of the module TLC. */
export function mapsTo(key: Value, value: Value): Value {
  return functionOf([key], [value]);
}

/** f @@ g, of the module TLC: where both have a value, that of f. */
export function combine(f: Value, g: Value): Value {
  if (!isFunction(f)) throw refuseType('@@', 'functions', f);
  if (!isFunction(g)) throw refuseType('@@', 'functions', g);
  const pairs = [...entries(f), ...entries(g)];
  return functionOf(
    pairs.map(([key]) => key),
    pairs.map(([, value]) => value),
  );
}

/** Permutations(S), of the module TLC: the bijections of S. */
export function permutations(set: Value): Value {
  const items = [...elementsInChooseOrder(set)];
  const all: Value[] = [];
  const arrange = (chosen: Value[]): void => {
    if (chosen.length === items.length) {
      all.push(functionOf(items, chosen));
      return;
    }
    for (const item of items) if (!chosen.includes(item)) arrange([...chosen, item]);
  };
  arrange([]);
  return setOf(all);
}
