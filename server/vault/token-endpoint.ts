import * as oauth from 'oauth4webapi';
import type { Connector, OAuthAuthorisation } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import { failureOf } from '../core/http-failure.ts';
import type { OAuthClient } from '../core/registration.ts';
import { classifyTransport } from '../outbound/classify-transport.ts';
import { dataCentreOf } from '../outbound/data-centre.ts';
import type { Door } from '../outbound/door.ts';
import { reachOf } from '../outbound/reach.ts';
import { TransportFailure } from '../outbound/transport.ts';
import { asRevocationAnswer, asTokenAnswer } from './token-answer.ts';
import { tokenFailure } from './token-failure.ts';

export interface TokenGrant {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly lifetimeMs: number | null;
  /** What was granted, as the vendor says it; null when it does not say. */
  readonly scope: string | null;
}

export interface TokenEndpointDeps {
  readonly door: Door;
  readonly clock: () => number;
  readonly timeoutMs?: number;
}

/** A connector that signs in with OAuth, at one of its data centres. */
export interface Issuer {
  readonly connector: Connector;
  readonly dataCentre: string | null;
  /** Address of the customer's own where its endpoints stand; null or absent for vendors that have one for all. */
  readonly site?: string | null | undefined;
  readonly client: OAuthClient;
}

/** Speaks to vendors' token endpoints. Rejects with LiaisonErrors that hold no token. */
export interface TokenEndpoint {
  /**
   * Exchanges the code of a callback.
   *
   * @param callback the callback's query, its `state` already found to be ours.
   */
  exchange(
    issuer: Issuer,
    callback: URLSearchParams,
    secrets: { state: string; redirectUri: string; verifier: string | null },
  ): Promise<TokenGrant>;
  refresh(issuer: Issuer, refreshToken: string): Promise<TokenGrant>;
  /** Does nothing where the vendor offers no revocation. */
  revoke(issuer: Issuer, token: string): Promise<void>;
}

export function createTokenEndpoint(deps: TokenEndpointDeps): TokenEndpoint {
  /** The library's way out: through the door, to the connector's declared hosts only. */
  function fetchFor({ connector, site = null }: Issuer, isTokens: boolean) {
    const vendor = connector.titles.en;
    const reach = reachOf(connector, { site });
    return async (
      address: string,
      init: { method: string; headers: Record<string, string>; body?: unknown },
    ) => {
      const url = new URL(address);
      const headers = new Headers(init.headers);
      let body = init.body === undefined ? null : String(init.body);
      const asJson = oauthOf(connector).jsonTokenRequests;
      if (body !== null && asJson !== undefined) {
        headers.set('content-type', 'application/json');
        for (const [name, value] of Object.entries(asJson.headers)) headers.set(name, value);
        body = JSON.stringify(Object.fromEntries(new URLSearchParams(body)));
      }
      const answer = await deps.door.send(reach, {
        url,
        method: init.method,
        headers: Object.fromEntries(headers),
        body: body === null ? null : Buffer.from(body),
        timeoutMs: deps.timeoutMs,
      });
      const told = {
        method: 'GET',
        url,
        status: answer.status,
        headers: answer.headers,
        text: '',
        now: deps.clock(),
      };
      if (answer.status === 429) throw failureOf('rate-limited', told, { vendor });
      if (answer.status >= 500) throw failureOf('retry-later', told, { vendor });
      if (!isTokens) return asRevocationAnswer(answer);
      const response = asTokenAnswer(answer);
      if (response === null) throw failureOf('retry-later', told, { vendor });
      return response;
    };
  }

  /** @param unnamedWaitMs how long a limit lasts that the vendor names no time for; undefined: the caller knows. */
  async function grant(
    issuer: Issuer,
    unnamedWaitMs: number | undefined,
    ask: (server: oauth.AuthorizationServer, client: oauth.Client) => Promise<oauth.TokenEndpointResponse>,
  ): Promise<TokenGrant> {
    try {
      const answer = await ask(serverOf(issuer), { client_id: issuer.client.id });
      return {
        accessToken: answer.access_token,
        refreshToken: answer.refresh_token ?? null,
        lifetimeMs: answer.expires_in === undefined ? null : answer.expires_in * 1000,
        scope: answer.scope === undefined ? null : plainScope(answer.scope, oauthOf(issuer.connector)),
      };
    } catch (thrown) {
      throw classified(thrown, issuer, unnamedWaitMs);
    }
  }

  /** The library's errors carry the whole answer, so none of them is kept as a cause. */
  function classified(thrown: unknown, { connector }: Issuer, unnamedWaitMs?: number): LiaisonError {
    const vendor = connector.titles.en;
    if (thrown instanceof LiaisonError) return thrown;
    if (thrown instanceof TransportFailure) return classifyTransport(thrown, 'GET', vendor);
    const retryAt = unnamedWaitMs === undefined ? undefined : deps.clock() + unnamedWaitMs;
    if (thrown instanceof oauth.ResponseBodyError) return tokenFailure(thrown.error, vendor, retryAt);
    if (thrown instanceof oauth.AuthorizationResponseError)
      return tokenFailure(thrown.error, vendor, retryAt);
    return tokenFailure('unreadable_answer', vendor);
  }

  return {
    exchange: (issuer, callback, { state, redirectUri, verifier }) =>
      grant(issuer, oauthOf(issuer.connector).refresh?.limit?.perMs, async (server, client) => {
        const parameters = oauth.validateAuthResponse(server, client, callback, state);
        const authentication = authenticationOf(issuer);
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          authentication,
          parameters,
          redirectUri,
          verifier ?? oauth.nopkce,
          {
            [oauth.customFetch]: fetchFor(issuer, true),
            additionalParameters: new URLSearchParams(oauthOf(issuer.connector).tokenParameters),
          },
        );
        return oauth.processAuthorizationCodeResponse(server, client, response);
      }),

    refresh: (issuer, refreshToken) =>
      grant(issuer, undefined, async (server, client) => {
        const authentication = authenticationOf(issuer);
        const response = await oauth.refreshTokenGrantRequest(server, client, authentication, refreshToken, {
          [oauth.customFetch]: fetchFor(issuer, true),
        });
        return oauth.processRefreshTokenResponse(server, client, response);
      }),

    async revoke(issuer, token) {
      const server = serverOf(issuer);
      if (server.revocation_endpoint === undefined) return;
      const client = { client_id: issuer.client.id };
      try {
        const authentication = authenticationOf(issuer);
        const response = await oauth.revocationRequest(server, client, authentication, token, {
          [oauth.customFetch]: fetchFor(issuer, false),
        });
        await oauth.processRevocationResponse(response);
      } catch (thrown) {
        throw classified(thrown, issuer);
      }
    },
  };
}

function oauthOf(connector: Connector): OAuthAuthorisation {
  if (connector.authorisation.kind === 'oauth') return connector.authorisation;
  throw new Error(`${connector.id} is not connected with OAuth`);
}

function authenticationOf({ connector, client }: Issuer): oauth.ClientAuth {
  if (oauthOf(connector).jsonTokenRequests === undefined) return oauth.ClientSecretPost(client.secret);
  return (_server, { client_id: id }, _body, headers) =>
    headers.set('authorization', `Basic ${Buffer.from(`${id}:${client.secret}`).toString('base64')}`);
}
/** What was granted, each as the connector names it. */
const plainScope = (scope: string, { scopePrefix = '' }: OAuthAuthorisation): string =>
  scopePrefix === '' ? scope : scope.replaceAll(scopePrefix, '');

/** An endpoint as a connector declares it: whole, or below the site. */
export const endpointAt = (endpoint: string, site: string | null): string =>
  site === null ? endpoint : `${site}${endpoint}`;

/** The vendor's endpoints, those of the account's own data centre or site where there are several. */
function serverOf({ connector, dataCentre, site = null }: Issuer): oauth.AuthorizationServer {
  const { authorizeUrl, tokenUrl, revokeUrl } = oauthOf(connector);
  const centre = dataCentreOf(connector, dataCentre);
  const at = (url: string) => {
    if (centre === null) return endpointAt(url, site);
    const { pathname, search } = new URL(url);
    return new URL(`${pathname}${search}`, centre.accountsUrl).href;
  };
  return {
    issuer: new URL(endpointAt(authorizeUrl, site)).origin,
    authorization_endpoint: endpointAt(authorizeUrl, site),
    token_endpoint: at(tokenUrl),
    ...(revokeUrl === undefined ? {} : { revocation_endpoint: at(revokeUrl) }),
  };
}
