import type { RunContext } from '../../../core/flow.ts';

/** Of what Books found, that which no other account's run remembers under the same name. */
export async function ownOf<Found extends { readonly id: string }>(
  { linkedElsewhere }: Pick<RunContext<unknown, never>, 'linkedElsewhere'>,
  key: string,
  found: readonly Found[],
): Promise<readonly Found[]> {
  if (found.length === 0) return found;
  const others = new Set(await linkedElsewhere(key));
  return found.filter(({ id }) => !others.has(id));
}
