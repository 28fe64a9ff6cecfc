import type { Connector } from '../core/connector.ts';
import type { Automation } from '../core/flow.ts';
import { documentAutomation, documentSync, type FlowDocument } from '../core/flow-document.ts';
import { settingWords } from '../core/setting-words.ts';
import type { Sync } from '../core/sync-flow.ts';
import { settingsOf } from '../engine/sync/open-sync.ts';
import type { Database } from '../store/database.ts';
import { integrationsOf } from '../store/integrations.ts';
import { organisationById } from '../store/organisations.ts';
import { flowSettings } from './flow-settings.ts';

export interface DocumentParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly offeredSyncs: ReadonlyMap<string, Sync>;
  readonly connectors: ReadonlyMap<string, Connector>;
}

/** Every flow and sync as the organisation has it now, in the order of the registries. Asks no vendor. */
export async function storedDocuments(parts: DocumentParts, organisationId: string): Promise<FlowDocument[]> {
  const [organisation, rows] = await Promise.all([
    organisationById(parts.database, organisationId),
    integrationsOf(parts.database, organisationId),
  ]);
  const rowOf = (id: string) => rows.find((row) => row.id === id);
  const automations = [...parts.flows.values()].map((flow) => {
    const { schema, values, read } = flowSettings(flow, rowOf(flow.id));
    return documentAutomation(flow, parts.connectors, {
      settings: read,
      words: settingWords(schema, values),
    });
  });
  const syncs = [...parts.offeredSyncs.values()].map((sync) =>
    documentSync(
      sync,
      organisation === null ? sync.defaults : settingsOf(sync, organisation, rowOf(sync.id)?.settings ?? {}),
    ),
  );
  return [...automations, ...syncs];
}
