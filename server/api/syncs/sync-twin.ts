import type { Connector } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { Side } from '../../core/sync/mapping.ts';
import { type Sync, type SyncFlow, syncFor } from '../../core/sync-flow.ts';
import { settingsOf } from '../../engine/sync/open-sync.ts';
import { listConnections } from '../../store/connections.ts';
import type { Sql } from '../../store/database.ts';
import { type IntegrationRow, integrationById, integrationsOf, lockSyncs } from '../../store/integrations.ts';
import { organisationById } from '../../store/organisations.ts';
import { syncOf } from '../../store/syncs.ts';
import { connectionOfRole } from '../integrations/integration-view.ts';

/** Before these nothing is written; a sync that was stopped and is set up anew is asked again. */
const WRITES_NOTHING: ReadonlySet<string> = new Set(['new', 'previewing', 'previewed']);
const SIDES = ['left', 'right'] as const;

interface SetUp {
  readonly sync: Sync;
  readonly integration: IntegrationRow;
}

/**
 * Two syncs between the same records would each make what the other has not linked yet: every new record twice.
 *
 * @throws conflict where another sync is at work between the same accounts, calendars or audiences, whichever flow
 * it is of.
 */
export async function demandNoTwin(
  parts: { readonly database: Sql; readonly connectors: ReadonlyMap<string, Connector> },
  syncs: ReadonlyMap<string, SyncFlow>,
  { sync: ownSync, integration: own }: SetUp,
): Promise<void> {
  const { database, connectors } = parts;
  const { organisationId } = own;
  // One by one: in a transaction they are asked over one connection.
  const rows = await integrationsOf(database, organisationId);
  const connections = await listConnections(database, organisationId);
  const organisation = await organisationById(database, organisationId);
  if (organisation === null) return;
  /** Which records a side is about: the account's, and of them those of what was chosen there. */
  const recordsOf = ({ sync, integration: row }: SetUp, side: Side): string => {
    const connector = sync[side].object.connector.id;
    const account =
      row.roles.find(({ role }) => role === side)?.accountId ??
      connectionOfRole(row, side, { connector }, { connections, connectors })?.account.id;
    const chosen = settingsOf(sync, organisation, row.settings).options[side];
    const places = sync[side].options
      .filter(({ holdsRecords }) => holdsRecords === true)
      .map(({ id, fallback }) => chosen[id] ?? fallback);
    return JSON.stringify([sync[side].object.id, account ?? null, places]);
  };
  const ownRecords = SIDES.map((side) => recordsOf({ sync: ownSync, integration: own }, side));
  for (const row of rows) {
    const flow = syncs.get(row.flow);
    if (row.id === own.id || flow === undefined) continue;
    const other = { sync: syncFor(flow, row), integration: row };
    if (SIDES.some((side, index) => recordsOf(other, side) !== ownRecords[index])) continue;
    const phase = (await syncOf(database, organisationId, row.id))?.phase ?? 'new';
    if (!WRITES_NOTHING.has(phase)) throw twinOf(other, own);
  }
}

/**
 * The same, for a sync that begins to write when the transaction ends: of two that begin at once the second one finds
 * the first at work.
 *
 * @param sql the transaction in which it begins.
 */
export async function demandNoTwinBegins(
  sql: Sql,
  connectors: ReadonlyMap<string, Connector>,
  syncs: ReadonlyMap<string, SyncFlow>,
  { sync, integration: { organisationId, id } }: SetUp,
): Promise<void> {
  // Whichever flows they are of: two of them may be about the same records.
  await lockSyncs(sql, organisationId);
  // As it is by now: accounts and calendars may have been chosen anew since it was asked for.
  const own = await integrationById(sql, organisationId, id);
  if (own !== null) await demandNoTwin({ database: sql, connectors }, syncs, { sync, integration: own });
}

/** What one person called their own is nobody else's to read. */
function twinOf({ sync, integration: other }: SetUp, own: IntegrationRow): LiaisonError {
  const isOpen = other.owner === null || other.owner === own.owner;
  const { en, fr } = integrationTitle(other, new Map([[sync.id, sync]]));
  const named = isOpen
    ? { en: `“${en}”`, fr: `«\u00a0${fr}\u00a0»` }
    : { en: 'Somebody’s own sync', fr: 'La synchronisation d’une autre personne' };
  return new LiaisonError('conflict', {
    sentence: {
      en: `${named.en} keeps these same records equal already: with both, each new one would be made twice. Choose another account, calendar or audience for one of them, or delete one.`,
      fr: `${named.fr} maintient déjà ces mêmes fiches identiques\u00a0: avec les deux, chaque nouvelle fiche serait créée deux fois. Choisissez pour l’une un autre compte, agenda ou audience, ou supprimez-en une.`,
    },
  });
}
