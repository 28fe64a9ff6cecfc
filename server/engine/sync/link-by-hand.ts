import { saidTitle } from '../../core/calendar/untitled.ts';
import { LiaisonError } from '../../core/errors.ts';
import { labelWords } from '../../core/label.ts';
import type { Side } from '../../core/sync/mapping.ts';
import { insertLinks, type SyncKey } from '../../store/sync-links.ts';
import { markDirty, recordsById } from '../../store/sync-records.ts';
import { saveSync } from '../../store/syncs.ts';
import type { ControlParts } from './control.ts';

/**
 * A person says that two records are the same, which no key could tell. They then meet for the first time:
 * each fills what the other lacks, and where both have something the master decides.
 *
 * @returns the id of the link; null when one of them is not known, or gone.
 * @throws conflict when one of them has a counterpart already, or takes no part by its vendor or its side's filter.
 */
export async function linkByHand(
  parts: ControlParts,
  key: SyncKey,
  ids: Readonly<Record<Side, string>>,
): Promise<string | null> {
  return parts.database.transaction(async (sql) => {
    const [left] = await recordsById(sql, key, 'left', [ids.left]);
    const [right] = await recordsById(sql, key, 'right', [ids.right]);
    if (left === undefined || right === undefined || left.deleted || right.deleted) return null;
    if (left.linkId !== null || right.linkId !== null) {
      throw new LiaisonError('conflict', {
        sentence: {
          en: 'One of the two is linked already.',
          fr: 'L’une des deux est déjà liée.',
        },
      });
    }
    const unfitting = [left, right].find(({ excluded }) => excluded?.code === 'filter');
    if (unfitting !== undefined) {
      const name = labelWords(saidTitle(unfitting.label));
      throw new LiaisonError('conflict', {
        sentence: {
          en: `“${name.en}” does not fit the filter of its side. Change the record or the filter, then link the two.`,
          fr: `«\u00a0${name.fr}\u00a0» ne correspond pas au filtre de son côté. Modifiez la fiche ou le filtre, puis liez les deux.`,
        },
      });
    }
    const kept = [left, right].find(({ excluded }) => excluded?.code === 'vendor');
    if (kept?.excluded) {
      const { en, fr } = kept.excluded;
      throw new LiaisonError('conflict', {
        sentence: {
          en: `One of the two takes no part: ${en} Change it there, then link the two.`,
          fr: `L’une des deux ne participe pas\u00a0: ${fr} Modifiez-la là-bas, puis liez les deux.`,
        },
      });
    }
    const [link] = await insertLinks(sql, key, [
      { leftId: left.id, rightId: right.id, base: {}, conflicts: null },
    ]);
    await markDirty(sql, key, [left, right]);
    await saveSync(sql, key, { nextIn: 0 });
    return link?.id ?? null;
  });
}
