import { json, type NextFunction, type Request, type Response, Router } from 'express';
import type { Connector } from '../core/connector.ts';
import { asLiaisonError } from '../core/errors.ts';
import { type ConnectionRow, connectionById } from '../store/connections.ts';
import { agreedPage } from './agreed-for-all.ts';
import { beginConnect, type ConnectWish } from './begin.ts';
import type { ConnectDeps } from './deps.ts';
import { type Connected, finishConnect } from './finish.ts';
import { FurtherConsent } from './further-consent.ts';
import { beginHandover, finishHandover, HANDOVER_PATH, handoverOf, takeHandedKeys } from './hand-over.ts';
import { ownPath } from './own-path.ts';
import { noLongerConnected, notHanded } from './refusals.ts';
import { connectedPage, failedPage, RESULT_PAGE_HEADERS, resultPage } from './result-page.ts';
import { ensureSession, languageOf, readSession, rememberLanguage } from './session-cookie.ts';
import { connectWithoutConsent } from './without-consent.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const idIn = (text: unknown): string | undefined =>
  typeof text === 'string' && UUID.test(text) ? text : undefined;

const namedIn = (value: unknown): string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');

export interface ConnectAuthority {
  /** Null when none is known yet. */
  readonly organisationId: string | null;
  /** The user whose own the account will be; undefined: the organisation's. */
  readonly owner: string | undefined;
}

export interface ConnectRouterParts {
  /** What the request may connect accounts for. Throws to refuse it. */
  readonly authorityOf: (request: Request) => Promise<ConnectAuthority>;
  /** After an account was connected, before the browser is told. */
  readonly onConnected: (connected: Connected) => Promise<void>;
}

/**
 * `GET /oauth/start/:connector/:organisation?returnTo=/path` sends the browser to the vendor's consent page;
 * the organisation may be left out where the browser belongs to one; `connection=<id>` gives that connection's
 * access anew, and is refused for another account, where without it an account is added; `grant=<id>` is the
 * grant of a family that is to serve this application, too, `account=new` an account that none exists of, and
 * `owner=me` whoever is signed in, `site` the address of the customer's own where the vendor is, `with=<connector>` another application of the family that is consented to on the
 * same page; what needs no consent is connected at once;
 * a site that makes keys by itself is visited in the same way, sends them to `POST /oauth/keys`, and the browser to
 * `GET /oauth/keys`. `GET /oauth/callback` is where a consent comes back to, and leads on to `returnTo`, whose query then names the
 * connector: `connected=slack`. `GET /oauth/connected` is such a page, for a consent in a tab of its own.
 * `language=fr` says in which language to answer.
 */
export function connectRouter(deps: ConnectDeps, parts: ConnectRouterParts): Router {
  const router = Router();
  const isSecure = deps.publicUrl.startsWith('https:');
  const publicHost = new URL(deps.publicUrl).host;

  router.get('/oauth/start/:connector{/:organisation}', async (request, response, next) => {
    const connector = deps.connectors.get(String(request.params.connector));
    if (connector === undefined) return next();
    if (connector.authorisation.kind !== 'oauth' && handoverOf(connector) === null) return next();
    // Under another name of this server (localhost) the cookie would not come back to the callback's.
    if (request.headers.host !== publicHost && request.query.named === undefined) {
      const own = new URL(`${deps.publicUrl}${request.originalUrl}`);
      own.searchParams.set('named', '1');
      return response.redirect(303, own.href);
    }
    try {
      const { organisationId, owner } = await parts.authorityOf(request);
      const sessionId = ensureSession(request, response, { randomBytes: deps.randomBytes, isSecure });
      const { returnTo } = request.query;
      const renewed = await renewedConnection({ organisationId, owner }, connector, request.query.connection);
      const wish: ConnectWish = {
        organisationId,
        connector,
        connectionId: renewed?.id,
        owner: renewed === null ? owner : (renewed.owner ?? undefined),
        grantId: idIn(request.query.grant),
        alongside: namedIn(request.query.with).flatMap((id) => deps.connectors.get(id) ?? []),
        account: request.query.account === 'new' ? 'new' : undefined,
        site: typeof request.query.site === 'string' ? request.query.site : undefined,
        sessionId,
        returnTo: ownPath(typeof returnTo === 'string' ? returnTo : '/'),
      };
      rememberLanguage(request, response);
      response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      if (handoverOf(connector) !== null)
        return response.redirect(303, (await beginHandover(deps, wish)).href);
      const connection = await connectWithoutConsent(deps, wish);
      if (connection === null) return response.redirect(303, (await beginConnect(deps, wish)).href);
      const connected = { connection, connector, returnTo: wish.returnTo };
      await tell(connected);
      return response.redirect(303, withConnected(connected));
    } catch (thrown) {
      return fail(request, response, thrown);
    }
  });

  router.get('/oauth/callback', async (request, response) => {
    try {
      const query = new URL(request.originalUrl, deps.publicUrl).searchParams;
      const agreed = agreedPage(deps.connectors.values(), query);
      if (agreed !== null)
        return response.set(RESULT_PAGE_HEADERS).send(resultPage(agreed, languageOf(request)));
      const connected = await finishConnect(deps, { query, sessionId: readSession(request) ?? '' });
      await tell(connected);
      response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      response.redirect(303, withConnected(connected));
    } catch (thrown) {
      if (thrown instanceof FurtherConsent) return response.redirect(303, thrown.address.href);
      return fail(request, response, thrown);
    }
  });

  // The site of an account sends what it made. No cookie comes with it, and none is looked at.
  router.post(
    HANDOVER_PATH,
    json({ limit: '16kb' }),
    (_error: unknown, _request: Request, response: Response, _next: NextFunction) =>
      void refuseKeys(response, notHanded()),
  );
  router.post(HANDOVER_PATH, async (request, response) => {
    try {
      await takeHandedKeys(deps, request.body);
      response.set('cache-control', 'no-store').json({});
    } catch (thrown) {
      refuseKeys(response, thrown);
    }
  });

  router.get(HANDOVER_PATH, async (request, response) => {
    try {
      const query = new URL(request.originalUrl, deps.publicUrl).searchParams;
      const connected = await finishHandover(deps, { query, sessionId: readSession(request) ?? '' });
      await tell(connected);
      response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      response.redirect(303, withConnected(connected));
    } catch (thrown) {
      fail(request, response, thrown);
    }
  });

  router.get('/oauth/connected', (request, response, next) => {
    const connector = deps.connectors.get(String(request.query.connected));
    if (connector === undefined) return next();
    return response
      .set(RESULT_PAGE_HEADERS)
      .send(resultPage(connectedPage(connector.titles), languageOf(request)));
  });

  async function renewedConnection(
    authority: ConnectAuthority,
    connector: Connector,
    id: unknown,
  ): Promise<ConnectionRow | null> {
    if (id === undefined) return null;
    const named = idIn(id);
    const row = named === undefined ? null : await connectionById(deps.database, named);
    const isTheirs =
      row?.organisationId === authority.organisationId && row.owner === (authority.owner ?? null);
    if (row === null || !isTheirs || row.connector !== connector.id)
      throw noLongerConnected(connector.titles.en);
    return row;
  }

  /** The account is connected whatever becomes of what follows from it. */
  async function tell(connected: Connected): Promise<void> {
    try {
      await parts.onConnected(connected);
    } catch (thrown) {
      const { kind, message } = asLiaisonError(thrown);
      deps.log.error(
        { connection: connected.connection.id, kind, reason: message },
        'what follows a connection failed',
      );
    }
  }

  function refuseKeys(response: Response, thrown: unknown): void {
    const { kind, message, details } = asLiaisonError(thrown);
    deps.log.warn({ kind, reason: message }, 'keys that a site sent were not taken');
    const status = kind === 'rejected' ? 400 : 503;
    response.status(status).set('cache-control', 'no-store').json({ error: details.sentence.en });
  }

  function fail(request: Request, response: Response, thrown: unknown): void {
    const error = asLiaisonError(thrown);
    deps.log.warn({ kind: error.kind, reason: error.message }, 'an account was not connected');
    const status = error.kind === 'rejected' ? 400 : 502;
    response
      .status(status)
      .set(RESULT_PAGE_HEADERS)
      .send(resultPage(failedPage(error), languageOf(request)));
  }

  return router;
}

/** Where the visit began, told which application was connected. The path is one of ours: see `beginConnect`. */
function withConnected({ connector, returnTo }: Connected): string {
  const own = new URL(returnTo, 'http://own.invalid');
  own.searchParams.set('connected', connector.id);
  return `${own.pathname}${own.search}${own.hash}`;
}
