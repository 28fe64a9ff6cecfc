import { LiaisonError } from '../../core/errors.ts';
import { ContactErrors } from './failures.ts';
import type { Person } from './person.ts';

/** What became of one contact of a batch. `person` is null where the answer did not show it. */
export type PersonResult =
  | { readonly ok: true; readonly person: Person | null }
  | { readonly ok: false; readonly error: LiaisonError };

type Keyed<Item> = readonly [key: string, item: Item];

/**
 * Sends a batch that Google does as a whole or not at all: when it names contacts at fault, they are taken
 * out and the rest is sent again.
 *
 * @param send resolves to the people in the order of what it was given.
 * @param keyAt under which key Google names the contact that stands at a place of what was sent.
 * @throws LiaisonError when the batch failed otherwise: none of it was done, unless the error says that it may.
 */
export async function withoutCulprits<Item>(
  items: readonly Keyed<Item>[],
  send: (some: readonly Keyed<Item>[]) => Promise<readonly (Person | undefined)[]>,
  keyAt: (index: number, key: string) => string,
): Promise<PersonResult[]> {
  const results = new Map<string, PersonResult>();
  let left = items;
  while (left.length > 0) {
    try {
      const answered = await send(left);
      for (const [index, [key]] of left.entries())
        results.set(key, { ok: true, person: answered[index] ?? null });
      break;
    } catch (thrown) {
      const errors = errorsIn(thrown);
      if (errors === null) throw thrown;
      const culprits = left.map(([key], index) => errors.get(keyAt(index, key)));
      // Names that are not ours would be sent again for ever.
      if (!culprits.some((error) => error !== undefined)) throw thrown;
      for (const [index, [key]] of left.entries()) {
        const error = culprits[index];
        if (error) results.set(key, { ok: false, error });
      }
      left = left.filter((_, index) => culprits[index] === undefined);
    }
  }
  return items.flatMap(([key]) => results.get(key) ?? []);
}

function errorsIn(thrown: unknown): ReadonlyMap<string, LiaisonError> | null {
  if (!(thrown instanceof LiaisonError) || thrown.details.mayHaveHappened) return null;
  return thrown.details.cause instanceof ContactErrors ? thrown.details.cause.byKey : null;
}
