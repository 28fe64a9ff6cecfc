import type { WriteOutcome } from '../core/sync-object.ts';
import { callOf, inTurn } from './own-outcome.ts';

/**
 * A batch in which each record takes calls of its own: what it is refused for stops no other, and any other failure ends
 * the batch there.
 *
 * @returns one outcome for each, in order.
 */
export async function oneByOne<Item>(
  items: readonly Item[],
  write: (item: Item) => Promise<WriteOutcome>,
): Promise<WriteOutcome[]> {
  const places = [...items.keys()];
  const outcomes = await inTurn(places.map((at) => callOf(at, () => write(items[at] as Item))));
  return places.map((at) => outcomes.get(at) as WriteOutcome);
}
