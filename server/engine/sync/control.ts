import { LiaisonError } from '../../core/errors.ts';
import { sameValue } from '../../core/sync/canonical.ts';
import type { Side } from '../../core/sync/mapping.ts';
import type { SyncFilter } from '../../core/sync/side-filter.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import { closeAlert } from '../../store/alerts.ts';
import type { Database, Sql } from '../../store/database.ts';
import { lockIntegration, setFilter } from '../../store/integrations.ts';
import { forgetMade, keepUnfitting } from '../../store/sync-filtered.ts';
import { type Inclusion, includeRecords } from '../../store/sync-left-out.ts';
import { choose, type SyncKey } from '../../store/sync-links.ts';
import { insertPass, passOf, previewedWrites, savePass } from '../../store/sync-passes.ts';
import { doubtDeleted, keepDeleted, retryRecords } from '../../store/sync-records.ts';
import { ensureSync, type SyncPhase, type SyncRow, saveSync } from '../../store/syncs.ts';
import { unread } from './begin-preview.ts';

export interface ControlParts {
  readonly database: Database;
  readonly newId: () => string;
}

const notNow = (en: string, fr: string): LiaisonError =>
  new LiaisonError('conflict', { sentence: { en, fr } });

/**
 * Starts a preview: both sides are read anew, nothing is written to either. What an earlier set-up linked
 * stays linked.
 *
 * @returns the id of the pass to look at.
 * @throws conflict while the sync is live, applying, or being previewed.
 */
export async function startPreview(parts: ControlParts, key: SyncKey): Promise<string> {
  const row = await ensureSync(parts.database, key.organisationId, key.integration);
  if (row.phase === 'applying' || row.phase === 'live' || row.phase === 'undoing') {
    throw notNow(
      'This sync is running. Pause it before a new preview.',
      'Cette synchronisation est en marche. Mettez-la en pause avant un nouvel aperçu.',
    );
  }
  if (row.phase === 'previewing' && row.passId !== null) return row.passId;
  const id = parts.newId();
  await parts.database.transaction(async (sql) => {
    // What was stopped half-way is given up for it.
    if (row.passId !== null) await savePass(sql, row.passId, { state: 'cancelled' });
    await insertPass(sql, key, { id, kind: 'preview' });
    await saveSync(sql, key, {
      phase: 'previewing',
      passId: id,
      pause: null,
      deletesApproved: 0,
      error: null,
      attempt: 0,
      nextIn: 0,
      // For whoever looks before its first turn, which begins with this again.
      left: unread(row.left),
      right: unread(row.right),
    });
  });
  return id;
}

/**
 * Does what the last preview showed, then stays live.
 *
 * @param check refuses what may not begin, by what stands when it does; belongs to the same transaction.
 * @throws conflict when nothing was previewed: the first write is never a surprise.
 */
export async function apply(
  parts: ControlParts,
  key: SyncKey,
  check?: (sql: Sql) => Promise<void>,
): Promise<string> {
  const id = parts.newId();
  await parts.database.transaction(async (sql) => {
    await lockIntegration(sql, key);
    await check?.(sql);
    const row = await ensureSync(sql, key.organisationId, key.integration);
    if (row.phase !== 'previewed') throw notNow('Look at a preview first.', 'Regardez d’abord un aperçu.');
    const total = await previewedWrites(sql, key);
    await insertPass(sql, key, { id, kind: 'apply', progress: { done: 0, total, stage: 'writing' } });
    await saveSync(sql, key, { phase: 'applying', passId: id, nextIn: 0 });
  });
  return id;
}

/**
 * Stops after the batch in hand. What was done stays done; `resume` goes on from there.
 *
 * @param owner whose own it is; null: the organisation's, which an admin stops.
 */
export async function stop(parts: ControlParts, key: SyncKey, owner: string | null = null): Promise<void> {
  const row = await ensureSync(parts.database, key.organisationId, key.integration);
  if (row.phase === 'previewing') {
    await parts.database.transaction(async (sql) => {
      if (row.passId !== null) await savePass(sql, row.passId, { state: 'cancelled' });
      await saveSync(sql, key, { phase: 'new', passId: null });
    });
    return;
  }
  if (row.phase !== 'applying' && row.phase !== 'live' && row.phase !== 'undoing') return;
  const pause = {
    code: 'admin' as const,
    phase: row.phase,
    ...(owner === null ? BY_ADMIN : PAUSED),
  };
  await saveSync(parts.database, key, { phase: 'paused', pause });
}

const BY_ADMIN = {
  en: 'Paused by an admin. What was done stays done.',
  fr: 'Mise en pause par un administrateur. Ce qui a été fait reste fait.',
};
/** By whose own it is, or by an admin for them. */
const PAUSED = {
  en: 'Paused. What was done stays done.',
  fr: 'Mise en pause. Ce qui a été fait reste fait.',
};

/**
 * Goes on after a pause. After the brake, both sides are read anew first.
 *
 * @param deletes what to do about the records that seem to be gone: `look` again (and brake again if they
 *   still are), `delete` them on the other side as the settings say, or `keep` the other side's records.
 */
export async function resume(
  parts: ControlParts,
  key: SyncKey,
  deletes: 'look' | 'delete' | 'keep',
): Promise<void> {
  const row = await ensureSync(parts.database, key.organisationId, key.integration);
  if (row.phase !== 'paused') return;
  const phase: SyncPhase = row.pause?.phase ?? 'live';
  const braked = row.pause?.code === 'brake';
  await parts.database.transaction(async (sql) => {
    if (braked && deletes === 'keep') {
      await keepUnfitting(sql, key);
      await keepDeleted(sql, key);
    }
    if (braked && deletes !== 'keep') await doubtDeleted(sql, key);
    await saveSync(sql, key, {
      phase,
      pause: null,
      nextIn: 0,
      unfinished: false,
      attempt: 0,
      error: null,
      deletesApproved: braked && deletes === 'delete' ? (row.pause?.count ?? 0) : 0,
      ...(braked ? { left: unread(row.left), right: unread(row.right) } : {}),
    });
    await closeAlert(sql, key.organisationId, `sync-${row.pause?.code} ${key.integration}`);
  });
}

/**
 * The mapping or another choice changed: what was read no longer holds, and a preview comes first again. Belongs
 * in the transaction that stores the choice: no turn goes by it before.
 */
export async function settingsChanged(sql: Sql, key: SyncKey): Promise<void> {
  const row: SyncRow = await ensureSync(sql, key.organisationId, key.integration);
  if (row.passId !== null) await savePass(sql, row.passId, { state: 'cancelled' });
  await saveSync(sql, key, { phase: 'new', passId: null, pause: null });
}

/**
 * Other records take part from now on: a preview comes first again. What Liaison made under the former filter of a side
 * is judged by the new one as everybody is. Belongs in the transaction that locks the integration.
 */
export async function filterChanged(
  sql: Sql,
  key: SyncKey,
  before: SyncFilter | null,
  filter: SyncFilter | null,
): Promise<void> {
  await setFilter(sql, { organisationId: key.organisationId, id: key.integration }, filter);
  for (const side of ['left', 'right'] as const) {
    const [was, is] = [before, filter].map((one) => (one?.[side]?.filter ?? null) as FieldValue);
    if (!sameValue(was ?? null, is ?? null)) await forgetMade(sql, key, side);
  }
  await settingsChanged(sql, key);
}

/** Takes back what is left out, and what an undo left different. @returns how many; a pair counts once. */
export async function include(parts: ControlParts, key: SyncKey, which: Inclusion): Promise<number> {
  return parts.database.transaction(async (sql) => {
    const count = await includeRecords(sql, key, which);
    if (count > 0) await saveSync(sql, key, { nextIn: 0 });
    return count;
  });
}

/** Tries shelved records again. @returns how many. */
export async function retry(
  parts: ControlParts,
  key: SyncKey,
  which: { side: Side; id: string } | 'shelf',
): Promise<number> {
  return parts.database.transaction(async (sql) => {
    const count = await retryRecords(sql, key, which);
    await saveSync(sql, key, { nextIn: 0 });
    return count;
  });
}

/** A person decides a field in conflict, by left field id. @returns false when there is no such conflict. */
export async function decide(
  parts: ControlParts,
  key: SyncKey,
  linkId: string,
  choices: Readonly<Record<string, Side>>,
): Promise<boolean> {
  return parts.database.transaction(async (sql) => {
    const found = await choose(sql, key, linkId, choices);
    if (found) await saveSync(sql, key, { nextIn: 0 });
    return found;
  });
}

/** A pass as it stands. */
export const pass = (parts: ControlParts, key: SyncKey, id: string) => passOf(parts.database, key, id);
