import type { Request, Response } from 'express';
import { bodyOf } from '../core/body.ts';
import { clientSecretOf, connectorOf, credentialsOf } from '../core/oauth-clients.ts';
import { authorisationCodes } from '../core/oauth-codes.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { isOfGoogle, keyOf } from './account.ts';
import type { CodeDetails } from './consent.ts';
import { type IssuedFor, issueAccessToken, issueRefreshToken } from './issue.ts';
import { accountsTables } from './rows.ts';

type Form = Readonly<Record<string, string>>;

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** `POST /token`. https://developers.google.com/identity/protocols/oauth2/web-server#exchange-authorization-code */
export function answerTokenRequest(desk: VendorDesk, request: Request, response: Response): void {
  const { form } = bodyOf(request);
  const { clientId, secret } = credentialsOf(request.get('authorization'), form);
  const { status, body } = tokenAnswer(desk, form, clientId, secret);
  response.status(status).set('Cache-Control', 'no-store').json(body);
}

function tokenAnswer(desk: VendorDesk, form: Form, clientId: string, secret: string): Answer {
  const connector = connectorOf(clientId);
  if (connector === null || !isOfGoogle(connector))
    return refused(401, 'invalid_client', 'The OAuth client was not found.');
  if (secret !== clientSecretOf(connector)) return refused(401, 'invalid_client', 'Unauthorized');
  if (form.grant_type === 'authorization_code') return exchange(desk, form, clientId);
  if (form.grant_type === 'refresh_token') return refresh(desk, form, clientId);
  if (form.grant_type === undefined)
    return refused(400, 'invalid_request', 'Required parameter is missing: grant_type');
  return refused(400, 'unsupported_grant_type', `Invalid grant_type: ${form.grant_type}`);
}

function exchange(desk: VendorDesk, form: Form, clientId: string): Answer {
  const { code, redirect_uri: redirectUri = '', code_verifier: verifier } = form;
  if (code === undefined) return refused(400, 'invalid_request', 'Required parameter is missing: code');
  const redeemed = authorisationCodes<CodeDetails>(desk).redeem({ code, clientId, redirectUri, verifier });
  if (!redeemed.ok) {
    const [error, description] = REASONS[redeemed.reason];
    return refused(400, error, description);
  }
  const { offline, account, scopes } = redeemed.grant.details;
  const refreshToken = offline ? issueRefreshToken(desk, { clientId, account, scopes }) : null;
  const given = refreshToken === null ? {} : { refresh_token: refreshToken };
  return { status: 200, body: { ...tokens(desk, { clientId, account, scopes, refreshToken }), ...given } };
}

function refresh(desk: VendorDesk, form: Form, clientId: string): Answer {
  const { refresh_token: refreshToken } = form;
  if (refreshToken === undefined)
    return refused(400, 'invalid_request', 'Required parameter is missing: refresh_token');
  const held = accountsTables(desk).refreshTokens.get(refreshToken);
  if (!held) return refused(400, 'invalid_grant', 'Token has been expired or revoked.');
  if (held.clientId !== clientId) return refused(401, 'unauthorized_client', 'Unauthorized');
  const { scopes, account = keyOf(undefined) } = held;
  return { status: 200, body: tokens(desk, { clientId, account, scopes, refreshToken }) };
}

function tokens(desk: VendorDesk, issuedFor: IssuedFor): object {
  const { token, seconds } = issueAccessToken(desk, issuedFor);
  const scope = issuedFor.scopes.join(' ');
  return { access_token: token, expires_in: seconds, scope, token_type: 'Bearer' };
}

function refused(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}

const REASONS = {
  code: ['invalid_grant', 'Malformed auth code.'],
  client: ['invalid_grant', 'Bad Request'],
  'redirect-uri': ['redirect_uri_mismatch', 'Bad Request'],
  verifier: ['invalid_grant', 'Invalid code verifier.'],
} as const;
