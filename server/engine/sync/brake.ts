import type { LiaisonError } from '../../core/errors.ts';
import type { Fact } from '../../core/facts/facts.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { SyncSettings } from '../../core/sync-flow.ts';
import { raiseAlert } from '../../store/alerts.ts';
import { tell } from '../../store/dispatches.ts';
import { countLinks } from '../../store/sync-links.ts';
import { pendingEnds } from '../../store/sync-records.ts';
import { recentRemoves } from '../../store/sync-writes.ts';
import { type Pause, saveSync } from '../../store/syncs.ts';
import type { SyncAtWork } from './work.ts';

const HOUR_MS = 3_600_000;

/** More records seem to be gone than is usual. Nothing was deleted. */
export class Braked extends Error {
  override readonly name = 'Braked';
  readonly count: number;
  /** Of them: records that are there, and do not fit their side's filter any more. */
  readonly unfitting: number;
  constructor(count: number, unfitting = 0) {
    super(`${count} records seem to be gone`);
    this.count = count;
    this.unfitting = unfitting;
  }
}

/** More than so many records, and more than so large a part of what is linked. */
export const tooMany = (brake: SyncSettings['brake'], count: number, links: number): boolean =>
  count > brake.records && count > (links * brake.percent) / 100;

/**
 * Stops before an unusual number of deletes: those that wait, and those of the last hour.
 *
 * @throws Braked.
 */
export async function checkBrake(work: SyncAtWork): Promise<void> {
  const { count: waiting, unfitting } = await pendingEnds(work.database, work.key);
  if (waiting === 0 || waiting <= work.row.deletesApproved) return;
  const done = await recentRemoves(work.database, work.key, HOUR_MS);
  const links = await countLinks(work.database, work.key);
  if (tooMany(work.settings.brake, waiting + done, links + done)) throw new Braked(waiting, unfitting);
}

/** Stops the sync until a person has looked, and tells them once; unless a person moved it on meanwhile. */
export async function pauseSync(work: SyncAtWork, why: Pause): Promise<void> {
  const { database, key } = work;
  await database.transaction(async (sql) => {
    if (!(await saveSync(sql, key, { phase: 'paused', pause: why }, work.row))) return;
    await tell(sql, key, {
      type: 'integration.paused',
      key: `paused ${work.newId()}`,
      data: { reason: { code: why.code, en: why.en, fr: why.fr } },
    } satisfies Fact);
    // What a person did themselves is no alert.
    if (why.code === 'admin' || why.code === 'undo') return;
    await raiseAlert(sql, {
      organisationId: key.organisationId,
      integration: key.integration,
      cause: `sync-${why.code} ${key.integration}`,
      sentence: { en: why.en, fr: why.fr },
    });
  });
  work.row = { ...work.row, phase: 'paused', pause: why };
}

const unfittingWords = (count: number): Sentence =>
  count === 1
    ? {
        en: '1 linked record does not fit the filter any more',
        fr: '1 fiche liée ne correspond plus au filtre',
      }
    : {
        en: `${count} linked records do not fit the filter any more`,
        fr: `${count} fiches liées ne correspondent plus au filtre`,
      };

const deletedWords = (count: number): Sentence =>
  count === 1
    ? { en: '1 linked record seems to have been deleted', fr: '1 fiche liée semble avoir été supprimée' }
    : {
        en: `${count} linked records seem to have been deleted`,
        fr: `${count} fiches liées semblent avoir été supprimées`,
      };

export function brakePause(work: SyncAtWork, { count, unfitting }: Braked): Pause {
  const about = { code: 'brake' as const, count, phase: work.row.phase };
  const { en, fr } = work.sync.titles;
  const deleted = deletedWords(count - unfitting);
  if (unfitting > 0) {
    const left = unfittingWords(unfitting);
    const [andEn, andFr] = count > unfitting ? [`, and ${deleted.en}`, `, et ${deleted.fr}`] : ['', ''];
    return {
      ...about,
      en: `${en} is paused: ${left.en}${andEn}. Nothing was unlinked or removed. Look at the filter and at both sides, then continue or keep the records.`,
      fr: `${fr} est en pause : ${left.fr}${andFr}. Rien n’a été délié ni supprimé. Vérifiez le filtre et les deux côtés, puis continuez ou gardez les fiches.`,
    };
  }
  return {
    ...about,
    en: `${en} is paused: ${deleted.en} at once. Nothing was deleted on the other side. Look at both sides, then continue or keep the records.`,
    fr: `${fr} est en pause : ${deleted.fr} d’un coup. Rien n’a été supprimé de l’autre côté. Vérifiez les deux côtés, puis continuez ou gardez les fiches.`,
  };
}

/** A side keeps refusing what is asked of it, or answering what cannot be right: nothing is concluded from that. */
export function doubtPause(work: SyncAtWork, { details: { sentence } }: LiaisonError): Pause {
  return {
    code: 'doubt',
    phase: work.row.phase,
    en: `${work.sync.titles.en} is paused: it was tried several times in a row. ${sentence.en} Nothing was deleted because of it. See to that, then continue.`,
    fr: `${work.sync.titles.fr} est en pause après plusieurs essais. ${sentence.fr} Rien n’a été supprimé pour autant. Remédiez-y, puis continuez.`,
  };
}
