import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import { withMe } from '../../core/filter/me.ts';
import type { Log } from '../../core/log.ts';
import type { Side } from '../../core/sync/mapping.ts';
import { type SideFilter, USUAL_LEAVING } from '../../core/sync/side-filter.ts';
import type { StandIn } from '../../core/sync/stand-in.ts';
import { syncFor } from '../../core/sync-flow.ts';
import type { Database } from '../../store/database.ts';
import { integrationById } from '../../store/integrations.ts';
import { savePass } from '../../store/sync-passes.ts';
import { dueSyncs, isSyncDue, type SyncRow, saveSync, sideChange, syncOf } from '../../store/syncs.ts';
import { ownerOf } from '../../store/users.ts';
import type { CrashPoints } from '../crash-point.ts';
import type { IfFree } from '../exclusive.ts';
import { isOwnTrouble } from '../own-trouble.ts';
import type { Timing, World } from '../ports.ts';
import type { StoreTrouble } from '../store-trouble.ts';
import { storedError } from '../stored-error.ts';
import { beginPreview } from './begin-preview.ts';
import { pauseSync } from './brake.ts';
import { contradictionOf } from './contradiction.ts';
import { oneTransactionAtATime } from './one-transaction-at-a-time.ts';
import { settingsOf, sideOpener } from './open-sync.ts';
import { slice } from './slice.ts';
import { unchosen } from './unchosen.ts';
import { SIDES, type SideAtWork, type SyncAtWork } from './work.ts';

export interface SyncEngineParts {
  readonly database: Database;
  readonly world: World;
  readonly timing: Timing;
  readonly log: Log;
  readonly crash: CrashPoints;
  readonly trouble: StoreTrouble;
  readonly ifFree: IfFree;
  /** Aborted when this process has waited long enough for what it has in hand. */
  readonly ending: AbortSignal;
  readonly newId: () => string;
  readonly onChange: (key: { organisationId: string; integration: string }) => void;
  /** Works for one organisation alone; all of them when absent. */
  readonly only?: string;
}

const LOOKED_AT = 20;
/** A vendor call that takes longer than this is given up. */
const PATIENCE_MS = 120_000;
const NO_ACCOUNT_SECONDS = 60;

/** Gives due syncs their turns, each to one process at a time. */
export function syncEngine(parts: SyncEngineParts): { once(): Promise<boolean> } {
  const { database, world, timing, log } = parts;
  const openSide = sideOpener(world, timing.now);

  async function open(row: SyncRow, ending: AbortSignal): Promise<SyncAtWork | null> {
    const { organisationId } = row;
    // As it is stored now: what was changed just before a preview is what it is to show.
    const integration = await integrationById(database, organisationId, row.integration);
    const flow = world.syncs.find((candidate) => candidate.id === integration?.flow);
    if (flow === undefined || integration === null) return null;
    const sync = syncFor(flow, integration);
    const organisation = await world.organisation(organisationId);
    const settings = settingsOf(sync, organisation, integration.settings);
    const lacking = unchosen(sync, settings);
    if (lacking !== null) return waitForChoice(row, lacking);
    const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ending]);
    const kept = integration.sideFilters ?? null;
    const me = await ownerOf(database, organisationId, integration.owner);
    const filterOf = (side: Side): SideFilter | null => (kept?.[side] ? withMe(kept[side], me) : null);
    const about = { organisation, integration, sync, settings, owner: me?.id ?? null, signal };
    const [left, right] = await Promise.all([
      openSide({ ...about, side: 'left', filter: filterOf('left') }),
      openSide({ ...about, side: 'right', filter: filterOf('right') }),
    ]);
    const { timeZone, currency } = organisation;
    const place = { timeZone, currency, now: new Date(row.now) };
    const key = { organisationId, integration: row.integration };
    const titles = Object.fromEntries([...left.schema].map(([id, field]) => [id, field.titles]));
    const needs = { left: requiredOf(left), right: requiredOf(right) };
    const standIns = { left: standInsOf(left), right: standInsOf(right) };
    const named = { ...settings, rules: { ...settings.rules, titles, needs, standIns } };
    return {
      ...parts,
      ending,
      database: oneTransactionAtATime(parts.database),
      key,
      sync,
      settings: named,
      row,
      sides: { left, right },
      judging: { place, leaving: kept?.leaving ?? USUAL_LEAVING },
      spent: { calls: 0, ms: 0 },
    };
  }

  /** Only a person can go on from here: the sync stands still, and says what it lacks. */
  async function waitForChoice(row: SyncRow, error: LiaisonError): Promise<null> {
    const { organisationId, integration, passId } = row;
    await database.transaction(async (sql) => {
      if (passId !== null) await savePass(sql, passId, { state: 'failed', error: storedError(error) });
      await saveSync(
        sql,
        { organisationId, integration },
        { phase: 'new', passId: null, error: storedError(error), attempt: 0 },
        row,
      );
    });
    return null;
  }

  /** Another account than the one that was read is not an emptied one: nothing is concluded from it. */
  async function accountsHold(work: SyncAtWork): Promise<boolean> {
    for (const side of SIDES) {
      const { account } = work.sides[side];
      const state = work.row[side];
      if (state.account === null) {
        const next = { ...state, account };
        await saveSync(database, work.key, sideChange(side, next));
        work.row = { ...work.row, [side]: next };
      } else if (state.account !== account) {
        const name = work.sides[side].object.connector.titles;
        await pauseSync(work, {
          code: 'account',
          phase: work.row.phase,
          en: `${work.sync.titles.en} is paused: another ${name.en} account is connected than the one it was set up with. Connect the former account, or start again with a preview.`,
          fr: `${work.sync.titles.fr} est en pause\u00a0: le compte ${name.fr} connecté n’est pas celui de départ. Reconnectez l’ancien compte, ou recommencez par un aperçu.`,
        });
        return false;
      }
    }
    return true;
  }

  async function give(organisationId: string, integration: string, ending: AbortSignal): Promise<void> {
    const found = await syncOf(database, organisationId, integration);
    if (found === null || !['previewing', 'applying', 'live', 'undoing'].includes(found.phase)) return;
    const row = await beginPreview(database, found);
    if (row === null) return;
    try {
      const work = await open(row, ending);
      if (work === null || !(await accountsHold(work))) return;
      const against = await contradictionOf(world, work);
      if (against !== null) return await pauseSync(work, against);
      await slice(work);
    } catch (thrown) {
      if (ending.aborted) return;
      // Our own database was away: the sync stays due, and its turn comes when the database is well.
      if (isOwnTrouble(thrown)) throw thrown;
      const error = asLiaisonError(thrown);
      log.warn({ organisationId, integration, error: storedError(error) }, 'a sync could not begin its turn');
      const change = { error: storedError(error), attempt: row.attempt + 1, nextIn: NO_ACCOUNT_SECONDS };
      await saveSync(database, { organisationId, integration }, change, row);
    } finally {
      parts.onChange({ organisationId, integration });
    }
  }

  return {
    /** Gives the longest waiting free sync its turn. @returns whether there was one. */
    async once() {
      for (const { organisationId, integration } of await dueSyncs(database, LOOKED_AT, parts.only)) {
        const done = await parts.ifFree(`sync ${organisationId} ${integration}`, async (lost) => {
          // Another process may have had it in hand between the look and the lock.
          if (!parts.ending.aborted && (await isSyncDue(database, organisationId, integration)))
            await give(organisationId, integration, AbortSignal.any([parts.ending, lost]));
        });
        if (done) return true;
      }
      return false;
    },
  };
}

const requiredOf = ({ schema }: SideAtWork): string[] =>
  [...schema.values()].flatMap(({ id, required }) => (required === true ? id : []));

const standInsOf = ({ schema }: SideAtWork): StandIn[] =>
  [...schema.values()].flatMap(({ id, required, standIns, maxLength }) =>
    required === true && standIns !== undefined
      ? { field: id, from: standIns, maxLength: maxLength ?? null }
      : [],
  );
