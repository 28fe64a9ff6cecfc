import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Database, Sql } from '../../store/database.ts';
import { type IntegrationRow, integrationById, lockIntegration } from '../../store/integrations.ts';
import { type PersonalSync, personalSyncs } from '../../store/personal-syncs.ts';
import { announceSync } from '../notify.ts';
import { apply, startPreview } from '../sync/control.ts';
import type { Forecast } from '../sync/preview.ts';

export interface SettleParts {
  readonly database: Database;
  /** Of a pass. */
  readonly newPassId: () => string;
  /** Refuses what may not begin, in the transaction in which it would. Throws a LiaisonError. */
  readonly mayBegin: (sql: Sql, integration: IntegrationRow) => Promise<void>;
  readonly log: Log;
}

/** Records that a preview would write, on both sides, with those beside them. */
export const writesOf = ({ counts, companions }: Pick<Forecast, 'counts' | 'companions'>): number =>
  (['left', 'right'] as const).reduce((sum, side) => {
    const { create, update, remove } = counts[side];
    return sum + create + update + remove + (companions[side]?.create ?? 0);
  }, 0);

/**
 * Brings persons' own syncs on their way under their templates: one that is new, or whose template changed, is
 * previewed; a preview is applied where it writes no more than the template approves, and otherwise waits for its
 * person. Safe to repeat, from any number of processes.
 *
 * @param only one integration; absent: all of them.
 */
export async function settlePersonal(
  parts: SettleParts,
  only?: { readonly organisationId: string; readonly integration: string },
): Promise<void> {
  for (const one of await personalSyncs(parts.database, only)) await settle(parts, one);
}

async function settle(parts: SettleParts, one: PersonalSync): Promise<void> {
  const { database } = parts;
  const key = { organisationId: one.organisationId, integration: one.integration };
  try {
    if (one.phase === 'new') {
      // Turned off meanwhile: its person paused it.
      if ((await integrationById(database, key.organisationId, key.integration))?.enabled !== true) return;
      await startPreview({ database, newId: parts.newPassId }, key);
    } else if (one.plan === null || writesOf(one.plan as Forecast) > one.approves) return;
    else await apply({ database, newId: parts.newPassId }, key, (sql) => demandMeant(parts, sql, one));
    await announceSync(database, key);
  } catch (thrown) {
    const { kind, message } = asLiaisonError(thrown);
    parts.log.info({ ...key, kind, reason: message }, 'a personal sync did not go on by itself');
  }
}

/** What is approved is this preview, under what the template says when it begins. */
async function demandMeant(parts: SettleParts, sql: Sql, one: PersonalSync): Promise<void> {
  const row = await lockIntegration(sql, one);
  const [now] = await personalSyncs(sql, one);
  if (row?.enabled !== true || now === undefined || now.preview !== one.preview)
    throw new LiaisonError('conflict', {
      sentence: {
        en: 'It was changed meanwhile. Look at a new preview.',
        fr: 'Elle a été modifiée entre-temps. Regardez un nouvel aperçu.',
      },
    });
  await parts.mayBegin(sql, row);
}
