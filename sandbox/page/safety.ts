import type { RequestHandler } from 'express';

/** Refuses what another site's page sends: its forms reach this port as easily as our own. */
export const sameSite: RequestHandler = (request, response, next) => {
  const site = request.headers['sec-fetch-site'];
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (request.method === 'POST' && foreign)
    response.status(403).type('text').send('Only from the sandbox itself.');
  else next();
};

/** Only the page's own style and script run in it. */
export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  next();
};
