/** The items in batches of at most so many, in order. @throws RangeError for a size that is no whole number above 0. */
export function inBatches<Item>(items: readonly Item[], most: number): Item[][] {
  if (!Number.isInteger(most) || most < 1) throw new RangeError('a batch holds at least one');
  const batches: Item[][] = [];
  for (let from = 0; from < items.length; from += most) batches.push(items.slice(from, from + most));
  return batches;
}
