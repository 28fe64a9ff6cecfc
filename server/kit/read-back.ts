import { asLiaisonError, LiaisonError } from '../core/errors.ts';
import type { WriteOutcome } from '../core/sync-object.ts';

/**
 * What writes came to whose answers do not show it (an outcome without values), read once for all of them. Where it
 * cannot be read, a change is in doubt and looked at again; what was made, or written in part, stays known as that.
 *
 * @param outcomes of a batch, in order.
 * @param shown of one that stands there now; undefined: it is there no more.
 */
export async function readBack<Held>(
  outcomes: readonly WriteOutcome[],
  {
    isNew,
    read,
    shown,
  }: {
    readonly isNew: boolean;
    /** By id. */
    readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Held>>;
    readonly shown: (held: Held | undefined, at: number) => WriteOutcome;
  },
): Promise<WriteOutcome[]> {
  const isOpen = (one: WriteOutcome): one is WriteOutcome & { ok: true } =>
    one.ok && one.values === undefined;
  const ids = outcomes.filter(isOpen).map(({ id }) => id);
  if (ids.length === 0) return [...outcomes];
  let held: ReadonlyMap<string, Held>;
  try {
    held = await read(ids);
  } catch (thrown) {
    const { kind, details } = asLiaisonError(thrown);
    const error = new LiaisonError(kind, { ...details, mayHaveHappened: true });
    return outcomes.map((one) =>
      !isOpen(one) || isNew || one.unwritten !== undefined ? one : { ok: false, error, ofCall: true },
    );
  }
  return outcomes.map((one, at) => {
    if (!isOpen(one)) return one;
    const after = shown(held.get(one.id), at);
    return after.ok && one.unwritten !== undefined ? { ...after, unwritten: one.unwritten } : after;
  });
}
