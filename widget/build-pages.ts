import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
import { CRM_METAS, CRM_ORIGINS, ZOHO_SDK_URL } from './crm-origins.ts';

/** The pages that the CRM shows: they know where it is, and where its script is. Other folders have none of these names. */
const IN_CRM = new Set<string>(['record.html', 'settings.html']);

/**
 * Builds the pages into `outDir`. Addresses are relative, so that they work from any folder and from
 * inside a package.
 *
 * @param root the folder of the pages, the widget's or Outlook's: each `.html` in it is one.
 */
export async function buildPages(root: string, outDir: string): Promise<void> {
  const pages = (await readdir(root)).filter((name) => name.endsWith('.html'));
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'warn',
    clearScreen: false,
    plugins: [react(), crmMetas, wordsBeforeStyles],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      cssTarget: 'chrome123',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: { input: pages.map((page) => join(root, page)) },
    },
  });
}

const crmMetas: Plugin = {
  name: 'liaison-crm-metas',
  transformIndexHtml: (_html, { path }) =>
    IN_CRM.has(path.replace(/^\//, ''))
      ? [meta(CRM_METAS.origins, CRM_ORIGINS.join(' ')), meta(CRM_METAS.sdk, ZOHO_SDK_URL)]
      : [],
};

/**
 * A style sheet in the head holds back everything on a slow line. After the first words it holds back only
 * what the scripts draw: they wait for it.
 */
const wordsBeforeStyles: Plugin = {
  name: 'liaison-words-before-styles',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const sheets = html.match(/<link rel="stylesheet"[^>]*>/g) ?? [];
      const without = sheets.reduce((rest, sheet) => rest.replace(sheet, ''), html);
      return without.replace('</body>', `${sheets.join('')}</body>`);
    },
  },
};

const meta = (name: string, content: string) => ({
  tag: 'meta',
  attrs: { name, content },
  injectTo: 'head' as const,
});
