import { join } from 'node:path';
import express, { type Router } from 'express';

const ASSETS = join(import.meta.dirname, 'assets');

/** The script that panes in Outlook load in the sandbox instead of Microsoft's, and what the page around them is made of. */
export function officeScript(): Router {
  const router = express.Router();
  router.get('/office-js/office.js', (_request, response) => {
    // A page of another origin runs it, as Microsoft's own is run.
    response.set({ 'Cross-Origin-Resource-Policy': 'cross-origin', 'X-Content-Type-Options': 'nosniff' });
    response.sendFile(join(ASSETS, 'office.js'));
  });
  router.use('/page/outlook', express.static(ASSETS, { index: false }));
  return router;
}
