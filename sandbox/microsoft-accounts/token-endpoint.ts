import type { Request, Response } from 'express';
import { bodyOf } from '../core/body.ts';
import { clientSecretOf, connectorOf, credentialsOf } from '../core/oauth-clients.ts';
import { authorisationCodes } from '../core/oauth-codes.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { isOfMicrosoft } from './account.ts';
import type { CodeDetails } from './consent.ts';
import { type IssuedFor, issueAccessToken, issueRefreshToken } from './issue.ts';
import { accountsTables } from './rows.ts';
import { toldScopes } from './scopes.ts';

type Form = Readonly<Record<string, string>>;

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** `POST /token`. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#redeem-a-code-for-an-access-token */
export function answerTokenRequest(desk: VendorDesk, request: Request, response: Response): void {
  const { form } = bodyOf(request);
  const { clientId, secret } = credentialsOf(request.get('authorization'), form);
  const { status, body } = tokenAnswer(desk, form, clientId, secret);
  response.status(status).set('Cache-Control', 'no-store').json(body);
}

function tokenAnswer(desk: VendorDesk, form: Form, clientId: string, secret: string): Answer {
  const connector = connectorOf(clientId);
  if (connector === null || !isOfMicrosoft(connector))
    return refused(desk, 400, 'unauthorized_client', 700_016, `Application '${clientId}' was not found.`);
  if (secret !== clientSecretOf(connector))
    return refused(desk, 401, 'invalid_client', 7_000_215, 'Invalid client secret provided.');
  if (form.grant_type === 'authorization_code') return exchange(desk, form, clientId);
  if (form.grant_type === 'refresh_token') return refresh(desk, form, clientId);
  return refused(desk, 400, 'unsupported_grant_type', 70_003, 'The app requested an unsupported grant type.');
}

function exchange(desk: VendorDesk, form: Form, clientId: string): Answer {
  const { code, redirect_uri: redirectUri = '', code_verifier: verifier } = form;
  if (code === undefined)
    return refused(desk, 400, 'invalid_request', 900_144, "The request body must contain 'code'.");
  const redeemed = authorisationCodes<CodeDetails>(desk).redeem({ code, clientId, redirectUri, verifier });
  if (!redeemed.ok) {
    const [number, words] = REASONS[redeemed.reason];
    return refused(desk, 400, 'invalid_grant', number, words);
  }
  return { status: 200, body: tokens(desk, { clientId, ...redeemed.grant.details }) };
}

/** A renewed token is replaced at each use, and stays good itself. */
function refresh(desk: VendorDesk, form: Form, clientId: string): Answer {
  const held = accountsTables(desk).refreshTokens.get(form.refresh_token ?? '');
  if (!held || held.clientId !== clientId)
    return refused(
      desk,
      400,
      'invalid_grant',
      9_002_313,
      'Invalid request. Request is malformed or invalid.',
    );
  if (held.expiresAt <= desk.clock().getTime())
    return refused(desk, 400, 'invalid_grant', 700_082, 'The refresh token has expired due to inactivity.');
  const { account, scopes, signedInAt } = held;
  return { status: 200, body: tokens(desk, { clientId, account, scopes, signedInAt }) };
}

function tokens(desk: VendorDesk, issuedFor: IssuedFor): object {
  const { token, seconds } = issueAccessToken(desk, issuedFor);
  const lasts = issuedFor.scopes.includes('offline_access');
  return {
    token_type: 'Bearer',
    scope: toldScopes(issuedFor.scopes),
    expires_in: seconds,
    ext_expires_in: seconds,
    access_token: token,
    ...(lasts ? { refresh_token: issueRefreshToken(desk, issuedFor) } : {}),
  };
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
function refused(desk: VendorDesk, status: number, error: string, code: number, words: string): Answer {
  const body = {
    error,
    error_description: `AADSTS${code}: ${words}`,
    error_codes: [code],
    timestamp: desk.clock().toISOString().replace('T', ' '),
    trace_id: desk.id('', 20),
    correlation_id: desk.id('', 20),
  };
  return { status, body };
}

const REASONS = {
  code: [70_008, 'The provided authorization code or refresh token has expired due to inactivity.'],
  client: [70_000, 'The provided authorization code was issued to another client.'],
  'redirect-uri': [50_011, 'The redirect URI does not match the one of the authorization request.'],
  verifier: [501_481, 'The Code_Verifier does not match the code_challenge supplied in the request.'],
} as const;
