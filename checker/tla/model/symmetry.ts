import type { Permutation } from '../explore/explored-model.ts';
import type { Span } from '../syntax/span.ts';
import { entries } from '../values/functions.ts';
import { elements, format } from '../values/operations.ts';
import { isFunction, isSet, ModelValue, type Value } from '../values/value.ts';
import { mismatch } from './configured-names.ts';

/**
 * The permutations that a SYMMETRY names: a set of functions of model values.
 *
 * @throws CodedError RC1902 if it is something else
 */
export function permutationsOf(value: Value, span: Span): Permutation[] {
  if (!isSet(value)) throw mismatch(span, `SYMMETRY names no set of permutations, but ${format(value)}`);
  return [...elements(value)].map((each) => {
    if (!isFunction(each)) throw mismatch(span, `SYMMETRY contains no permutation, but ${format(each)}`);
    const permutation = new Map<ModelValue, Value>();
    for (const [from, to] of entries(each)) {
      if (!(from instanceof ModelValue)) {
        throw mismatch(span, `SYMMETRY permutes ${format(from)}, which is no model value`);
      }
      permutation.set(from, to);
    }
    return permutation;
  });
}
