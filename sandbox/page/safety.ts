import type { RequestHandler, Response } from 'express';

/** Refuses what another site's page sends: its forms reach this port as easily as our own. */
export const sameSite: RequestHandler = (request, response, next) => {
  const site = request.headers['sec-fetch-site'];
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (request.method === 'POST' && foreign)
    response.status(403).type('text').send('Only from the sandbox itself.');
  else next();
};

const CONTENT_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Only the page's own style and script run in it. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy': CONTENT_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  next();
};

/** Lets pages of one more origin stand in this one. */
export function allowFrames(response: Response, origin: string): void {
  response.set('Content-Security-Policy', `${CONTENT_POLICY}; frame-src ${origin}`);
}
