import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestOf } from '../../marketplace/manifest.ts';
import { scopesTable, withScopes } from '../../marketplace/scopes-table.ts';
import { connectors } from '../../server/connectors/index.ts';
import { flowMarkdown } from '../../server/core/flow-markdown.ts';
import { SAMPLE_MESSAGES } from '../../server/flows/fact-samples.ts';
import { flowDocuments } from '../../server/flows/flow-documents.ts';
import { factsTable, withFacts } from './facts-table.ts';

/** What writes them. */
export const COMMAND = 'npm run generate';

const FLOWS = 'docs/flows';
const SCOPES = 'docs/marketplace.md';

/** A text that is made from what the code declares: its path from the project's folder, and what it must say. */
export interface Generated {
  readonly path: string;
  readonly text: string;
}

/** Every text that is made from the code, before the formatter had it. @param root where the present ones stand. */
export function generatedTexts(root: string): Generated[] {
  return [
    ...flowDocuments().flatMap((document) =>
      (['en', 'fr'] as const).map((language) => ({
        path: `${FLOWS}/${document.id}.${language}.md`,
        text: flowMarkdown(document, language),
      })),
    ),
    ...(['en', 'fr'] as const).map((language) => {
      const path = `docs/webhooks.${language}.md`;
      return { path, text: withFacts(readFileSync(join(root, path), 'utf8'), factsTable(language)) };
    }),
    // What Zapier shows of each event before one came: what is sent.
    { path: 'zapier/samples.json', text: `${JSON.stringify(SAMPLE_MESSAGES, null, 2)}\n` },
    { path: 'plugin-manifest.json', text: `${JSON.stringify(manifestOf(connectors), null, 2)}\n` },
    { path: SCOPES, text: withScopes(readFileSync(join(root, SCOPES), 'utf8'), scopesTable(connectors)) },
  ];
}

/** Documents of flows that are no more. */
export function leftOver(root: string, texts: readonly Generated[]): string[] {
  const made = new Set(texts.map(({ path }) => path));
  return readdirSync(join(root, FLOWS))
    .map((name) => `${FLOWS}/${name}`)
    .filter((path) => !made.has(path));
}

/** Whether two texts say the same: the formatter breaks lines of JSON and aligns the columns of tables. */
export function saysTheSame(path: string, one: string, other: string): boolean {
  if (path.endsWith('.json')) return JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
  const words = (text: string) => text.replace(/ +/g, ' ').replace(/-+/g, '-').trim();
  return words(one) === words(other);
}
