import { asLiaisonError } from '../core/errors.ts';
import type { WriteOutcome } from '../core/sync-object.ts';

/** Each record's own failure is its outcome; what is not known to have happened fails as a whole. */
export async function oneByOne<Item>(
  items: readonly Item[],
  write: (item: Item) => Promise<WriteOutcome>,
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (const item of items) {
    try {
      outcomes.push(await write(item));
    } catch (thrown) {
      const error = asLiaisonError(thrown);
      const isOwn = ['rejected', 'gone', 'conflict'].includes(error.kind);
      if (!isOwn || error.details.mayHaveHappened === true) throw error;
      outcomes.push({ ok: false, error });
    }
  }
  return outcomes;
}
