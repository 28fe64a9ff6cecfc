import type { Connector } from '../../core/connector.ts';
import { dayIn } from '../../core/day-in.ts';
import { startOfDay } from '../../core/filter/asked.ts';
import type { Automation } from '../../core/flow.ts';
import { connectorsInUse } from '../../core/roles.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import { listConnections } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { looksOf } from '../../store/gaps.ts';
import { turnsOf } from '../../store/integration-changes.ts';
import { type IntegrationRow, integrationsOf } from '../../store/integrations.ts';
import { organisationById } from '../../store/organisations.ts';
import { shelvedRunsOf } from '../../store/run-log.ts';
import { type FreshRow, freshnessOf, runsSince, syncStandings, writtenSince } from '../../store/standings.ts';
import { shelvedRecordsOf } from '../../store/sync-views.ts';
import { userNames } from '../../store/users.ts';
import { applicationView } from '../connections/application-view.ts';
import type { Overview, OverviewItem } from '../contract.ts';
import { isPausedByPerson } from '../syncs/sync-view.ts';
import type { Asker } from './integration-services.ts';
import { integrationFactsView } from './integration-view.ts';
import { standingOf } from './standing.ts';

export interface StoredOverviewParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly offeredSyncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** Epoch milliseconds; absent: the machine's clock. */
  readonly now?: () => number;
}

const NOTHING = { done: 0, skipped: 0, shelved: 0, open: 0, written: 0, refused: 0 };

const byIntegration = <Row extends { readonly integration: string }>(rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.integration, row]));

/** Every integration that the asker may know of, in one line each: a dozen statements, however many there are. */
export async function storedOverview(parts: StoredOverviewParts, asker: Asker): Promise<Overview> {
  const { database, flows, offeredSyncs, connectors } = parts;
  const { organisationId } = asker;
  const [organisation, all] = await Promise.all([
    organisationById(database, organisationId),
    integrationsOf(database, organisationId),
  ]);
  const timeZone = organisation?.timeZone ?? 'UTC';
  const since = new Date(startOfDay(dayIn(timeZone, (parts.now ?? Date.now)()), timeZone));
  const rows = all.filter(
    ({ owner }) => asker.role === 'admin' || owner === null || owner === asker.user?.id,
  );
  const ids = rows.map(({ id }) => id);
  const brought = rows.flatMap(({ id, flow }) => {
    const object = flows.get(flow)?.freshness;
    return object === undefined ? [] : [{ integration: id, object }];
  });
  const [connections, names, syncs, shelvedRuns, shelvedRecords, turns, looks, runs, writes, fresh] =
    await Promise.all([
      listConnections(database, organisationId),
      userNames(database, organisationId),
      syncStandings(database, organisationId).then(byIntegration),
      shelvedRunsOf(database, organisationId),
      shelvedRecordsOf(database, organisationId),
      turnsOf(database, organisationId, ids).then((found) => Map.groupBy(found, (turn) => turn.integration)),
      looksOf(database, organisationId),
      runsSince(database, organisationId, since).then(byIntegration),
      writtenSince(database, organisationId, since).then(byIntegration),
      freshnessOf(database, organisationId, brought).then(byIntegration),
    ]);
  const shelved = Map.groupBy([...shelvedRuns, ...shelvedRecords], ({ integration }) => integration);

  function item(row: IntegrationRow): OverviewItem | null {
    const flow = flows.get(row.flow) ?? offeredSyncs.get(row.flow);
    if (flow === undefined) return null;
    const { roles, kind, direction } = flow;
    const facts = integrationFactsView(row, { flow, roles, connectors, connections });
    const own = turns.get(row.id) ?? [];
    const look = looks.find(({ integration }) => integration === row.id);
    const sync = kind === 'sync' ? (syncs.get(row.id) ?? null) : null;
    const pause = sync?.pause ?? null;
    const standing = standingOf({
      enabled: row.enabled,
      connections: facts.connections,
      offSince: row.enabled ? null : (own.findLast(({ enabled }) => !enabled)?.at.toISOString() ?? null),
      wasOn: own.some(({ enabled }) => enabled),
      failure: (kind === 'sync' ? sync?.error?.sentence : look?.error?.sentence) ?? null,
      shelved: (shelved.get(row.id) ?? []).reduce((sum, { count }) => sum + count, 0),
      sync:
        kind !== 'sync'
          ? null
          : {
              phase: sync?.phase ?? 'new',
              begun: sync?.begun ?? false,
              conflicts: sync?.conflicts ?? 0,
              pause: pause && {
                isByPerson: isPausedByPerson(pause),
                sentence: { en: pause.en, fr: pause.fr },
              },
            },
    });
    return {
      ...facts,
      kind,
      direction,
      applications: connectorsInUse(roles, row.roles).map((id) => applicationView(connectors, id)),
      person: row.owner === null ? null : { name: names.get(row.owner) ?? '' },
      standing,
      fresh: freshView(fresh.get(row.id)),
      today: { ...NOTHING, ...workOf(runs.get(row.id)), ...workOf(writes.get(row.id)) },
    };
  }

  return { since: since.toISOString(), integrations: rows.flatMap((row) => item(row) ?? []) };
}

const freshView = (row: FreshRow | undefined): OverviewItem['fresh'] =>
  row === undefined ? null : { at: row.at.toISOString(), summary: row.summary };

function workOf<Row extends { readonly integration: string }>(row: Row | undefined) {
  if (row === undefined) return {};
  const { integration: _whose, ...counts } = row;
  return counts;
}
