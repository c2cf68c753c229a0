/**
 * As Array.prototype.map, for the items of values. V8 lays out the result of that method in several ways, and code that
 * meets a new layout is compiled again: an array that is filled from its start is always of one.
 */
export function mapped<Item, Result>(items: readonly Item[], of: (item: Item) => Result): Result[] {
  const results: Result[] = [];
  for (const item of items) results.push(of(item));
  return results;
}
