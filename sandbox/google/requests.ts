import type { Request } from 'express';
import { checkToken } from '../google-accounts/check-token.ts';
import type { AccessTokenRow } from '../google-accounts/rows.ts';
import type { Incoming } from '../kit/api.ts';
import { jsonBody, type Members } from '../kit/json-body.ts';
import type { Refusal, Reply } from '../kit/refusal.ts';
import { badRequest, errorInfo, GoogleRefusal } from './refusal.ts';

const REALM = 'Bearer realm="https://accounts.google.com/"';
const UNBELIEVED = {
  unauthenticated: () =>
    new GoogleRefusal(
      401,
      'Request had invalid authentication credentials. Expected an OAuth 2 access token.',
      {
        details: [errorInfo('ACCESS_TOKEN_EXPIRED', 'googleapis.com')],
        headers: { 'WWW-Authenticate': `${REALM}, error="invalid_token"` },
      },
    ),
  scope: () =>
    new GoogleRefusal(403, 'Request had insufficient authentication scopes.', {
      details: [errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'googleapis.com')],
      headers: { 'WWW-Authenticate': `${REALM}, error="insufficient_scope"` },
    }),
} as const;

/** A believed token, and whose calls its limits count. */
export interface Believed {
  readonly token: AccessTokenRow;
  /** Client and account: what Google calls a user of a project. */
  readonly user: string;
}

/**
 * The token of a request to one of Google's products.
 *
 * @param anyOf one of these scopes is enough.
 * @param refuse for a product that words it in a form of its own.
 */
export function believe(
  { desk, request }: Incoming,
  anyOf: readonly string[],
  refuse: (reason: keyof typeof UNBELIEVED) => Refusal = (reason) => UNBELIEVED[reason](),
): Believed {
  const verdict = checkToken(desk, request, anyOf);
  if (!verdict.ok) throw refuse(verdict.reason);
  return { token: verdict.token, user: `${verdict.token.clientId} ${verdict.token.account}` };
}

/**
 * The members of a JSON body that takes these.
 *
 * @param taken none: the body is not looked at; null: whoever asks reads it by itself.
 */
export function readBody(request: Request, taken: readonly string[] | null): Members {
  if (taken?.length === 0) return {};
  const body = jsonBody(request, () =>
    badRequest(['Invalid JSON payload received. An object was expected.']),
  );
  const unknown = taken === null ? [] : Object.keys(body).filter((name) => !taken.includes(name));
  if (unknown.length === 0) return body;
  throw badRequest(
    unknown.map((name) => `Invalid JSON payload received. Unknown name "${name}": Cannot find field.`),
  );
}

/** What Google answers at a path that it does not know. */
export const noPage = (): Reply => ({
  status: 404,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><title>Error 404 (Not Found)</title><p>404.',
});
