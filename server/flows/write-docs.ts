import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { connectors } from '../connectors/index.ts';
import { documentAutomation, documentSync, type FlowDocument } from '../core/flow-document.ts';
import { flowMarkdown } from '../core/flow-markdown.ts';
import { settingWords } from '../core/setting-words.ts';
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
      );
      return documentAutomation(flow, titles, { settings, words });
    }),
    ...[...syncs.values()].map((sync) => documentSync(sync)),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const folder = join(import.meta.dirname, '..', '..', 'docs', 'flows');
  await mkdir(folder, { recursive: true });
  for (const document of flowDocuments()) {
    for (const language of ['en', 'fr'] as const) {
      await writeFile(join(folder, `${document.id}.${language}.md`), flowMarkdown(document, language));
    }
  }
}
