import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import type { Companions } from '../../core/sync/companions.ts';
import type { Side } from '../../core/sync/mapping.ts';
import type { FieldValues } from '../../core/sync-object.ts';
import { storable } from '../../store/storable.ts';
import {
  beginCompanions,
  type CompanionEnd,
  endCompanions,
  forgetCompanions,
  openCompanions,
} from '../../store/sync-companions.ts';
import { storedError } from '../stored-error.ts';
import { call, SIDES, type SyncAtWork } from './work.ts';

/** Names of companions that a side needs, one spelling of each, by their key. */
export type Wanted = Map<string, string>;

/** Adds what the values of a write on a side need. */
export function addWanted(work: SyncAtWork, side: Side, values: FieldValues, wanted: Wanted): void {
  const { object, options } = work.sides[side];
  const name = object.companions?.wanted(values, options) ?? null;
  if (object.companions === undefined || name === null) return;
  const key = object.companions.key(name);
  if (!wanted.has(key)) wanted.set(key, name);
}

/** Those of the names that nothing stands for yet, and that can be made. */
export async function missingCompanions(work: SyncAtWork, side: Side, wanted: Wanted): Promise<string[]> {
  const { object, client } = work.sides[side];
  const { companions } = object;
  const names = [...wanted.values()];
  if (companions === undefined || names.length === 0) return [];
  const found = await call(work, () => companions.find(client, names));
  return names.filter((_, index) => found[index]?.kind === 'none');
}

/**
 * Makes what records are about to need: remembered before it is made, so that the history names each, and an
 * undo takes it back.
 *
 * @returns why some cannot be made, by key.
 * @throws LiaisonError when none could be made: nothing of the records was sent.
 */
export async function makeCompanions(
  work: SyncAtWork,
  passId: string,
  side: Side,
  values: readonly FieldValues[],
): Promise<ReadonlyMap<string, LiaisonError>> {
  const { object, client, options } = work.sides[side];
  const { companions } = object;
  const refused = new Map<string, LiaisonError>();
  if (companions === undefined) return refused;
  const wanted: Wanted = new Map();
  for (const one of values) addWanted(work, side, one, wanted);
  const names = await missingCompanions(work, side, wanted);
  if (names.length === 0) return refused;
  const ids = await beginCompanions(work.database, work.key, passId, side, names.map(storable));
  const made = await call(work, () => companions.make(client, names, options)).catch(
    async (thrown: unknown) => {
      const error = asLiaisonError(thrown);
      if (error.details.mayHaveHappened === true) await leaveUnknown(work, ids);
      else await forgetCompanions(work.database, ids);
      throw beforeTheWrite(error);
    },
  );
  await endCompanions(
    work.database,
    ids.map((id, index): CompanionEnd => {
      const one = made[index];
      if (one?.ok) {
        const { id: recordId, version } = one.companion;
        return { id, state: 'made', recordId, version, error: null };
      }
      const error = one === undefined ? null : storable(storedError(one.error));
      return { id, state: one === undefined ? 'unknown' : 'failed', recordId: null, version: null, error };
    }),
  );
  names.forEach((name, index) => {
    const one = made[index];
    if (one?.ok === false) refused.set(companions.key(name), ofField(companions, one.error));
  });
  return refused;
}

const leaveUnknown = (work: SyncAtWork, ids: readonly string[]): Promise<void> =>
  endCompanions(
    work.database,
    ids.map((id) => ({ id, state: 'unknown', recordId: null, version: null, error: null })),
  );

/** The records themselves were not sent yet. */
function beforeTheWrite({ kind, details }: LiaisonError): LiaisonError {
  const { mayHaveHappened: _companionsOnly, ...rest } = details;
  return new LiaisonError(kind, rest);
}

/** What a companion is refused for is told of the field that names it. */
const ofField = ({ field }: Companions, { kind, details }: LiaisonError): LiaisonError =>
  new LiaisonError(kind, { ...details, field });

/** Why this record cannot have the companion that it needs; null when it can, or needs none. */
export function companionRefusal(
  work: SyncAtWork,
  side: Side,
  values: FieldValues,
  refused: ReadonlyMap<string, LiaisonError>,
): LiaisonError | null {
  if (refused.size === 0) return null;
  const { object, options } = work.sides[side];
  const name = object.companions?.wanted(values, options) ?? null;
  return name === null ? null : (refused.get(object.companions?.key(name) ?? '') ?? null);
}

/** Finds out what became of those whose making was not answered, or never stored: what stands there now is ours. */
export async function resolveCompanions(work: SyncAtWork): Promise<void> {
  const open = await openCompanions(work.database, work.key);
  for (const side of SIDES) {
    const { object, client } = work.sides[side];
    const { companions } = object;
    const own = open.filter((row) => row.side === side);
    if (own.length === 0 || companions === undefined) continue;
    const names = own.map(({ name }) => name);
    const found = await call(work, () => companions.find(client, names));
    await endCompanions(
      work.database,
      own.map(({ id }, index): CompanionEnd => {
        const one = found[index];
        if (one?.kind !== 'one') return { id, state: 'failed', recordId: null, version: null, error: null };
        const { id: recordId, version } = one.companion;
        return { id, state: 'made', recordId, version, error: null };
      }),
    );
  }
}
