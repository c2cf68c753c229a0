import { itemAt } from './item-at.ts';
import { compare } from './order.ts';
import { emptyInterval, emptySet, IntervalValue, SetValue } from './set-value.ts';
import type { Value } from './value.ts';

/** Up to so many items an insertion sort is quicker. */
const FEW = 12;

/**
 * The set of these items, refused if they cannot be compared with each other. The array is kept, and sorted in place:
 * hand over one that nobody else uses.
 */
export function setOf(items: Value[]): SetValue {
  if (items.length === 0) return emptySet;
  if (!isAscending(items)) {
    if (items.length <= FEW) insertionSort(items);
    else items.sort(compare);
    dropRepeated(items);
  }
  return new SetValue(items);
}

/**
 * Whether the items are in TLC's order and all different. As TLC does where it sorts, it compares the later item with the
 * earlier one, which settles a lazy set unless it is the first.
 */
export function isAscending(items: readonly Value[]): boolean {
  for (let i = 1; i < items.length; i++)
    if (compare(itemAt(items, i), itemAt(items, i - 1)) <= 0) return false;
  return true;
}

function insertionSort(items: Value[]): void {
  for (let i = 1; i < items.length; i++) {
    const item = itemAt(items, i);
    let j = i - 1;
    while (j >= 0 && compare(item, itemAt(items, j)) < 0) {
      items[j + 1] = itemAt(items, j);
      j--;
    }
    items[j + 1] = item;
  }
}

function dropRepeated(items: Value[]): void {
  let kept = 1;
  for (let i = 1; i < items.length; i++) {
    const item = itemAt(items, i);
    if (compare(itemAt(items, kept - 1), item) !== 0) items[kept++] = item;
  }
  items.length = kept;
}

/** BOOLEAN */
export const BOOLEANS = new SetValue([false, true]);

/** The integers from low to high. */
export function intervalOf(low: number, high: number): SetValue | IntervalValue {
  return high < low ? emptyInterval : new IntervalValue(low, high);
}
