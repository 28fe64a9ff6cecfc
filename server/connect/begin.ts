import type { Connector } from '../core/connector.ts';
import { registrationFor } from '../core/registration.ts';
import { reachOf } from '../outbound/reach.ts';
import { endpointAt } from '../vault/token-endpoint.ts';
import { notRegistered } from '../vault/token-failure.ts';
import { consentPlan } from './consent-plan.ts';
import { type ConnectDeps, redirectUri } from './deps.ts';
import { digestOf } from './digest.ts';
import { openVisit } from './open-visit.ts';
import { siteToVisit } from './site.ts';

export interface ConnectWish {
  /** Null when the organisation is not known yet: the account that is connected names it. */
  readonly organisationId: string | null;
  readonly connector: Connector;
  /** The connection whose access is given anew: it must be to the same account. Absent: an account is added. */
  readonly connectionId?: string | undefined;
  /** The user whose own the account will be; absent: the organisation's. */
  readonly owner?: string | undefined;
  /** The grant of a family that is to serve this connector, too. */
  readonly grantId?: string | undefined;
  /** Further connectors of its family whose permissions are asked for on the same page; connected afterwards. */
  readonly alongside?: readonly Connector[] | undefined;
  /** `new`: not one that a grant of the family exists of already. */
  readonly account?: 'new' | undefined;
  /** Asked for once more, and now all of it: the page before did not bring what is needed. */
  readonly whole?: true | undefined;
  /** Address of the customer's own, as it was typed; absent: the one of the connection that is renewed. */
  readonly site?: string | undefined;
  /** The browser's session: the callback must come back in the same one. */
  readonly sessionId: string;
  /** Path of ours that the result page leads back to. Anything else becomes `/`. */
  readonly returnTo: string;
}

/**
 * Starts a visit to the vendor's consent page.
 *
 * @returns the address to send the browser to: the vendor's, or in the sandbox the simulator's.
 * @throws LiaisonError when this server is not registered at the vendor, or the address of a site is none of its.
 */
export async function beginConnect(deps: ConnectDeps, wish: ConnectWish): Promise<URL> {
  const { connector } = wish;
  const { authorisation } = connector;
  if (authorisation.kind !== 'oauth') throw new Error(`${connector.id} is connected with a key`);
  const registration = registrationFor(deps.oauthClient, deps.connectors, connector);
  if (registration === null) throw notRegistered(connector.titles.en);
  const site = await siteToVisit(deps, wish);
  const plan = await consentPlan(deps, wish, authorisation, registration.name);
  const scopes = plan.scopes.map(({ scope }) => scope);

  const verifier = authorisation.pkce ? deps.randomBytes(32).toString('base64url') : '';
  const state = await openVisit(deps, wish, { site, scopes, whole: plan.whole, secret: verifier });

  const url = new URL(endpointAt(authorisation.authorizeUrl, site));
  const parameters = {
    ...authorisation.authorizeParameters,
    response_type: 'code',
    ...plan.parameters,
    client_id: registration.client.id,
    redirect_uri: redirectUri(deps),
    ...(scopes.length === 0 ? {} : { scope: scopes.join(authorisation.scopeSeparator) }),
    state,
    ...(verifier === ''
      ? {}
      : { code_challenge: digestOf(verifier).toString('base64url'), code_challenge_method: 'S256' }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return deps.door.locate(reachOf(connector, { site }), url);
}
