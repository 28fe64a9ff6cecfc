import type { Connector } from '../core/connector.ts';
import type { Automation } from '../core/flow.ts';
import { documentAutomation, documentSync, type FlowDocument } from '../core/flow-document.ts';
import { integrationTitle } from '../core/integration-title.ts';
import { settingWords } from '../core/setting-words.ts';
import { type SyncFlow, syncFor } from '../core/sync-flow.ts';
import { settingsOf } from '../engine/sync/open-sync.ts';
import type { Database } from '../store/database.ts';
import { type IntegrationRow, integrationsOf } from '../store/integrations.ts';
import { organisationById } from '../store/organisations.ts';
import { flowSettings } from './flow-settings.ts';

export interface DocumentParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly offeredSyncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
}

/**
 * Every integration as the organisation has it now, and each flow that none was made of as it would begin, in the
 * order of the registries. Asks no vendor.
 */
export async function storedDocuments(parts: DocumentParts, organisationId: string): Promise<FlowDocument[]> {
  const { flows, offeredSyncs } = parts;
  const [organisation, rows] = await Promise.all([
    organisationById(parts.database, organisationId),
    integrationsOf(parts.database, organisationId),
  ]);
  /** One document of each integration of a flow; of none, one without. */
  const each = (
    flow: string,
    document: (row: IntegrationRow | undefined) => FlowDocument,
  ): FlowDocument[] => {
    const own = rows.filter((row) => row.flow === flow);
    return own.length === 0 ? [document(undefined)] : own.map((row) => ({ ...document(row), id: row.id }));
  };
  const automations = [...flows.values()].flatMap((flow) =>
    each(flow.id, (row) => {
      const { schema, values, read } = flowSettings(flow, row);
      const set = { settings: read, words: settingWords(schema, values), roles: row?.roles ?? [] };
      const document = documentAutomation(flow, parts.connectors, set);
      return row === undefined ? document : { ...document, titles: integrationTitle(row, flows) };
    }),
  );
  const syncs = [...offeredSyncs.values()].flatMap((flow) =>
    each(flow.id, (row) => {
      const sync = syncFor(flow, row ?? null);
      const settings =
        organisation === null ? sync.defaults : settingsOf(sync, organisation, row?.settings ?? {});
      const document = documentSync(sync, settings);
      return row === undefined ? document : { ...document, titles: integrationTitle(row, offeredSyncs) };
    }),
  );
  return [...automations, ...syncs];
}
