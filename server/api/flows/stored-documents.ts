import type { Connector } from '../../core/connector.ts';
import type { Automation } from '../../core/flow.ts';
import { documentAutomation, documentSync, type FlowDocument } from '../../core/flow-document.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import { type SetValue, settingWords } from '../../core/setting-words.ts';
import { type SyncFlow, syncFor } from '../../core/sync-flow.ts';
import { settingsOf } from '../../engine/sync/open-sync.ts';
import type { Database } from '../../store/database.ts';
import { type IntegrationRow, integrationsOf } from '../../store/integrations.ts';
import { organisationById } from '../../store/organisations.ts';
import { filterView, placeOf } from '../integrations/filter-view.ts';
import { fieldTitles } from './field-titles.ts';
import { flowSettings } from './flow-settings.ts';

export interface DocumentParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly offeredSyncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
}

const FILTER_TITLES = {
  once: {
    en: 'Which records, once each, when they begin to fit',
    fr: 'Quelles fiches, une fois chacune, dès qu’elles conviennent',
  },
  each: {
    en: 'Which records, at each change at which they fit',
    fr: 'Quelles fiches, à chaque changement où elles conviennent',
  },
} as const;

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
  const place = placeOf(organisation, new Date());
  const filterWords = (row: IntegrationRow | undefined): SetValue[] => {
    const { filterWords: value, filterTakes } = filterView(row?.filter, place);
    if (value === null) return [];
    return [{ titles: FILTER_TITLES[filterTakes ?? 'once'], value }];
  };
  /** One document of each integration of a flow; of none, one without. */
  const each = (
    flow: string,
    document: (row: IntegrationRow | undefined) => FlowDocument,
  ): FlowDocument[] => {
    const own = rows.filter((row) => row.flow === flow);
    return own.length === 0 ? [document(undefined)] : own.map((row) => ({ ...document(row), id: row.id }));
  };
  const fieldNames = (connector: string, field: string) =>
    fieldTitles([parts.connectors.get(connector)], field);
  const automations = [...flows.values()].flatMap((flow) =>
    each(flow.id, (row) => {
      const { schema, values, read } = flowSettings(flow, row);
      const words = [...settingWords(schema, values, fieldNames), ...filterWords(row)];
      const set = { settings: read, words, roles: row?.roles ?? [] };
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
