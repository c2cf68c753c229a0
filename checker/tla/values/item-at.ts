/**
 * The item at an index that the caller knows to be inside the array. The one place where the type is asserted: a test
 * for undefined in each of the inner loops would cost, and could never be true.
 */
export function itemAt<Item>(items: readonly Item[], index: number): Item {
  return items[index] as Item;
}
