import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type Router } from 'express';
import type { Metrics } from '../metrics/metrics.ts';
import { compressedAssets } from '../pages/compressed-assets.ts';
import { outlookPages } from '../pages/outlook-pages.ts';
import { startPage } from '../pages/start-page.ts';
import { widgetPages } from '../pages/widget-pages.ts';
import type { Readiness } from '../readiness.ts';

const WIDGET = join(import.meta.dirname, '..', '..', 'dist', 'widget');
const OUTLOOK = join(import.meta.dirname, '..', '..', 'dist', 'outlook');

export interface AppParts {
  readonly metrics: Pick<Metrics, 'text'>;
  /** Whether this server can do its work now. Answers in time, whatever the database does. */
  readonly readiness: () => Promise<Readiness>;
  readonly api: Router;
  readonly signingIn: Router;
  readonly connecting: Router;
  /** Other applications that people let act in Liaison. */
  readonly lettingIn: Router;
  /** Where pages in the CRM load the CRM's script from; null: from Zoho. */
  readonly sdkUrl: string | null;
  /** Pages that may frame the widget, beside Zoho's own. */
  readonly crmOrigins: readonly string[];
  /** Where pages in Outlook load Office's script from; null: from Microsoft. */
  readonly officeUrl: string | null;
  /** Pages that may frame the pane in Outlook, beside Microsoft's own. */
  readonly outlookOrigins: readonly string[];
}

/** All that is served but the open door for webhooks: what machines ask, the API, sign-in, consent, the pages. */
export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => void response.json({ alive: true }));
  app.get('/readyz', async (_request, response) => {
    const found = await parts.readiness();
    if (found.ready) response.json({ ready: true });
    else
      response
        .status(503)
        .set('retry-after', '2')
        .json({ ready: false, reason: found.reason.en, sentence: found.reason });
  });
  app.get('/metrics', async (_request, response) => {
    const { contentType, body } = await parts.metrics.text();
    response.type(contentType).send(body);
  });
  app.use('/api/v1', parts.api);
  app.use(parts.signingIn);
  app.use(parts.connecting);
  app.use(parts.lettingIn);
  const { sdkUrl, crmOrigins, officeUrl, outlookOrigins } = parts;
  app.use('/widget', widgetPages({ folder: WIDGET, sdkUrl, crmOrigins }));
  app.use('/outlook', outlookPages({ folder: OUTLOOK, officeUrl, origins: outlookOrigins }));
  app.use(pageHeaders);
  app.get(['/', '/index.html'], startPage(WIDGET));
  app.use('/assets', compressedAssets(`${WIDGET}/assets`));
  if (existsSync(WIDGET)) app.use(express.static(WIDGET, { index: false }));
  return app;
}

function pageHeaders(
  _request: express.Request,
  response: express.Response,
  next: express.NextFunction,
): void {
  response.set({
    'content-security-policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  next();
}
