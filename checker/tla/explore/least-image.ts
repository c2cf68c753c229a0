import type { State } from '../compile/compiled-spec.ts';
import { itemAt } from '../values/item-at.ts';
import { compare, substitute } from '../values/operations.ts';
import type { Permutation } from './explored-model.ts';

/**
 * The least of a state and its images in TLC's order of values, variable by variable: that of which TLC takes the VIEW
 * (tlc2.tool.TLCStateMut.fingerPrint). Which image it is shows in the counts, where a view is not that of every image.
 *
 * @param order the places of the variables, the one that decides first at the head
 * @throws EvaluationError where values of two images cannot be compared, as TLC does
 */
export function leastImage(state: State, group: readonly Permutation[], order: readonly number[]): State {
  let least = state;
  for (const permutation of group) least = lesserImage(state, permutation, order, least) ?? least;
  return least;
}

/** The image of a state if it is less than another one. Once that is decided, nothing more is compared. */
function lesserImage(
  state: State,
  permutation: Permutation,
  order: readonly number[],
  least: State,
): State | undefined {
  const image = [...state];
  let compared = 0;
  for (const variable of order) {
    const value = substitute(itemAt(state, variable), permutation);
    if (compared === 0) compared = compare(value, itemAt(least, variable));
    if (compared > 0) return undefined;
    image[variable] = value;
  }
  return compared < 0 ? image : undefined;
}
