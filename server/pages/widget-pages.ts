import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { type Router } from 'express';
import { compressedAssets } from './compressed-assets.ts';
import { inBrowsersLanguage } from './start-page.ts';

export interface WidgetPagesOptions {
  /** Where the built pages are. */
  readonly folder: string;
  /** The script that speaks with the CRM; null: the one that the pages name. */
  readonly sdkUrl: string | null;
  /** Origins that the CRM is shown at, beside those that the pages know. */
  readonly crmOrigins: readonly string[];
}

/** What the pages know of the CRM stands in them, in two elements of this form. */
const META = {
  origins: /(<meta name="liaison-crm-origins" content=")([^"]*)(">)/,
  sdk: /(<meta name="liaison-crm-sdk" content=")([^"]*)(">)/,
} as const;

const NAMES = ['record.html', 'settings.html'] as const;

/**
 * The pages that the CRM frames. Who may frame them and which origins they speak with are one list: the
 * CRM's own, from the pages, and what this server adds.
 */
export function widgetPages({ folder, sdkUrl, crmOrigins }: WidgetPagesOptions): Router {
  const router = express.Router();
  for (const name of NAMES) {
    router.get(`/${name}`, async (request, response, next) => {
      const built = await readFile(join(folder, name), 'utf8').catch(() => null);
      if (built === null) return next();
      const known = META.origins.exec(built)?.[2]?.split(' ') ?? [];
      const origins = [...new Set([...known, ...crmOrigins])];
      const sdk = sdkUrl ?? META.sdk.exec(built)?.[2] ?? '';
      response.set({
        'content-security-policy': policy(origins, new URL(sdk).origin),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache',
      });
      const page = withMeta(withMeta(built, META.origins, origins.join(' ')), META.sdk, sdk);
      response.type('html').send(inBrowsersLanguage(page, request, response));
    });
  }
  router.use(
    '/assets',
    compressedAssets(join(folder, 'assets')),
    express.static(join(folder, 'assets'), {
      index: false,
      // Their names hold a digest of what they are.
      immutable: true,
      maxAge: '1y',
      setHeaders: (response) => response.setHeader('x-content-type-options', 'nosniff'),
    }),
  );
  return router;
}

const withMeta = (page: string, meta: RegExp, content: string): string =>
  page.replace(meta, (_all, before: string, _old: string, after: string) => before + content + after);

const policy = (origins: readonly string[], sdkOrigin: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${sdkOrigin}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `frame-ancestors ${origins.join(' ')}`,
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');

/** The names under which a browser on this machine may show what listens on these ports. */
export function localOrigins(ports: readonly number[]): string[] {
  // A policy cannot name an IPv6 address.
  const names = ['127.0.0.1', 'localhost'];
  return [...new Set(ports)].flatMap((port) => names.map((name) => `http://${name}:${port}`));
}
