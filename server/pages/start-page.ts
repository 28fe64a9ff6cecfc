import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';

/**
 * What a page says while its scripts are on their way stands in it in both languages, and the page's own
 * language chooses: this makes it the browser's. The page itself knows its user's only later.
 */
export function inBrowsersLanguage(page: string, request: Request, response: Response): string {
  response.vary('accept-language');
  const isFrench = request.acceptsLanguages('en', 'fr') === 'fr';
  return isFrench ? page.replace('<html lang="en">', '<html lang="fr">') : page;
}

/** The page of its own, outside of the CRM: `/` and `/index.html`. */
export function startPage(folder: string): RequestHandler {
  return async (request, response, next) => {
    const built = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null);
    if (built === null) return next();
    response.set('cache-control', 'no-cache').type('html');
    response.send(inBrowsersLanguage(built, request, response));
  };
}
