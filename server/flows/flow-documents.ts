import { z } from 'zod';
import { connectors } from '../connectors/index.ts';
import { documentAutomation, documentSync, type FlowDocument } from '../core/flow-document.ts';
import { settingWords } from '../core/setting-words.ts';
import { syncFor } from '../core/sync-flow.ts';
import { flows, syncs } from './index.ts';

/** The documentation of every flow and sync, in the order of the registry. */
export function flowDocuments(): FlowDocument[] {
  const titles = new Map(connectors.map((connector) => [connector.id, connector]));
  return [
    ...[...flows.values()].map((flow) => {
      const settings = flow.settings.parse({});
      const words = settingWords(
        z.toJSONSchema(flow.settings, { io: 'input' }),
        settings as Record<string, unknown>,
        (connector, field) => titles.get(connector)?.fieldTitles?.[field] ?? null,
      );
      return documentAutomation(flow, titles, { settings, words });
    }),
    ...[...syncs.values()].map((sync) => documentSync(syncFor(sync, null))),
  ];
}
