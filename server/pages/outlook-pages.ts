import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { compressedAssets } from './compressed-assets.ts';
import { OFFICE_JS_URL, OUTLOOK_ORIGINS } from './outlook-hosts.ts';
import { inBrowsersLanguage } from './start-page.ts';

export interface OutlookPagesOptions {
  /** Where the built pages are. */
  readonly folder: string;
  /** The script that speaks with Outlook; null: Microsoft's own. */
  readonly officeUrl: string | null;
  /** Origins that Outlook is shown at, beside Microsoft's. */
  readonly origins: readonly string[];
}

/** The pages, and whether Outlook has them in a frame. The dialog is a window of its own. */
const PAGES = { 'pane.html': true, 'send.html': true, 'dialog.html': false } as const;

/**
 * The pages of the pane in Outlook. Theirs alone is leave to run Microsoft's script, and only Outlook's own pages
 * may frame them.
 */
export function outlookPages({ folder, officeUrl, origins }: OutlookPagesOptions): Router {
  const router = express.Router();
  const office = officeUrl ?? OFFICE_JS_URL;
  const ancestors = [...new Set([...OUTLOOK_ORIGINS, ...origins])].join(' ');
  for (const [name, isFramed] of Object.entries(PAGES)) {
    router.get(`/${name}`, async (request, response, next) => {
      const built = await readFile(join(folder, name), 'utf8').catch(() => null);
      if (built === null) return next();
      response.set({
        'content-security-policy': policy(new URL(office).origin, isFramed ? ancestors : "'none'"),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache',
      });
      const page = built.replace(OFFICE_JS_URL, () => office.replaceAll('"', '%22'));
      response.type('html').send(inBrowsersLanguage(page, request, response));
    });
  }
  const assets = {
    index: false,
    setHeaders: (response: express.Response) => response.setHeader('x-content-type-options', 'nosniff'),
  } as const;
  router.use(
    '/assets',
    compressedAssets(join(folder, 'assets')),
    // Their names hold a digest of what they are.
    express.static(join(folder, 'assets'), { ...assets, immutable: true, maxAge: '1y' }),
  );
  router.use('/icons', express.static(join(folder, 'icons'), { ...assets, maxAge: '1d' }));
  return router;
}

const policy = (office: string, ancestors: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${office}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `frame-ancestors ${ancestors}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
