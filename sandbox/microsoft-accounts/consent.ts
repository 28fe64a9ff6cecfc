import type { Router } from 'express';
import { company } from '../company/index.ts';
import { mountConsentScreen } from '../core/consent-screen.ts';
import { connectorOf, isLocalAddress } from '../core/oauth-clients.ts';
import { authorisationCodes } from '../core/oauth-codes.ts';
import type { ConsentWish, VendorDesk } from '../core/simulator.ts';
import { accounts, findAccount, isOfMicrosoft, keyOf } from './account.ts';
import { policyOf } from './rows.ts';
import { ADMINISTRATORS, SCOPES, scopesOf } from './scopes.ts';

/** What a code carries beside the consent itself. */
export interface CodeDetails {
  /** Key of the account that consented. */
  readonly account: string;
  readonly scopes: readonly string[];
  /** Milliseconds since 1970. */
  readonly signedInAt: number;
}

type Query = Readonly<Record<string, string>>;

/** Tenants whose page this is: everybody's, or the company's. */
export const AUTHORIZE_PATHS = ['common', 'organizations'].map(
  (tenant) => `/${tenant}/oauth2/v2.0/authorize`,
);

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code */
export function mountConsent(router: Router, desk: VendorDesk): void {
  for (const path of AUTHORIZE_PATHS)
    mountConsentScreen(router, {
      path,
      title: 'Microsoft',
      colour: '#0078d4',
      account: company.name,
      accounts: accounts.map(({ key, email }) => ({ id: key, name: email, email })),
      refusal: (wish, query) => refusalOf(wish) ?? parameterRefusal(query),
      scopes: ({ scope = '' }) =>
        scopesOf(scope).map((one) => ({ scope: one, words: SCOPES[one] ?? { en: one, fr: one } })),
      accept: (wish, query) => accepted(desk, wish, query),
    });
}

/** As if the user had accepted. Throws a sentence for a wrong request. */
export function acceptUnseen(desk: VendorDesk, wish: ConsentWish): Record<string, string> {
  const refusal = refusalOf(wish) ?? (wish.parameters ? parameterRefusal(wish.parameters) : null);
  if (refusal) throw new Error(`Microsoft refuses this request: ${refusal}.`);
  return accepted(desk, wish, wish.parameters ?? {});
}

/**
 * Where the tenant keeps consent to its administrators, or Microsoft does for what is asked for, whoever is none is told
 * so, and goes back without.
 * https://learn.microsoft.com/entra/identity/enterprise-apps/configure-user-consent
 */
function accepted(desk: VendorDesk, wish: ConsentWish, query: Query): Record<string, string> {
  const state = wish.state === undefined ? {} : { state: wish.state };
  const hinted = accounts.find(({ email }) => email === query.login_hint?.toLowerCase());
  const key = wish.account ?? hinted?.key ?? keyOf(undefined);
  const scopes = scopesOf(wish.scope);
  const { administratorsOnly, agreed } = policyOf(desk);
  const isKept = administratorsOnly || scopes.some((scope) => ADMINISTRATORS.includes(scope));
  if (isKept && !agreed && findAccount(key)?.isAdministrator !== true)
    return {
      ...state,
      error: 'access_denied',
      error_subcode: 'cancel',
      error_description:
        'AADSTS90094: An administrator of this organization has set a policy that prevents you from granting this application the permissions it is requesting.',
    };
  const details = { account: key, scopes, signedInAt: desk.clock().getTime() };
  const code = authorisationCodes<CodeDetails>(desk).issue('M.C548_BL2.2.U.', wish, details);
  return { ...state, code };
}

function refusalOf({ clientId, redirectUri, scope, account }: ConsentWish): string | null {
  if (!isOfMicrosoft(connectorOf(clientId)))
    return `AADSTS700016: Application with identifier '${clientId}' was not found in the directory.`;
  if (!isLocalAddress(redirectUri))
    return 'AADSTS50011: The redirect URI specified in the request does not match the redirect URIs configured for the application.';
  if (findAccount(account) === undefined)
    return 'AADSTS50020: User account does not exist in tenant and cannot access the application.';
  const scopes = scopesOf(scope);
  if (scopes.length === 0) return "AADSTS900144: The request must contain the following parameter: 'scope'.";
  const unknown = scopes.find((one) => !(one in SCOPES));
  return unknown === undefined
    ? null
    : `AADSTS70011: The provided request must include a 'scope' input parameter. The scope ${unknown} is not valid.`;
}

function parameterRefusal(query: Query): string | null {
  if (query.response_type !== 'code')
    return "AADSTS900144: The request must contain the following parameter: 'response_type'.";
  if (!['query', 'fragment', 'form_post', undefined].includes(query.response_mode))
    return 'AADSTS70007: The response_mode is not supported.';
  if (!['none', 'login', 'consent', 'select_account', undefined].includes(query.prompt))
    return 'AADSTS90023: Unsupported prompt value.';
  if (
    query.code_challenge !== undefined &&
    !['S256', 'plain'].includes(query.code_challenge_method ?? 'plain')
  )
    return 'AADSTS90023: Unsupported code_challenge_method.';
  return null;
}
