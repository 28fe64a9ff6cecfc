import { join } from 'node:path';
import express, { type Router } from 'express';

export const SDK_PATH = '/widget-sdk/ZohoEmbededAppSDK.js';

/** The script that widgets load in the sandbox instead of Zoho's. */
export function widgetSdk(): Router {
  const router = express.Router();
  router.use(
    '/widget-sdk',
    express.static(join(import.meta.dirname, 'assets'), {
      index: false,
      setHeaders(response) {
        // A page of another origin runs it, as Zoho's own is run.
        response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
        response.setHeader('X-Content-Type-Options', 'nosniff');
      },
    }),
  );
  return router;
}
