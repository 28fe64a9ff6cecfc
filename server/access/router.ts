import { createHmac, timingSafeEqual } from 'node:crypto';
import { type NextFunction, type Request, type Response, Router, text } from 'express';
import { digestOf } from '../connect/digest.ts';
import { languageOf } from '../connect/session-cookie.ts';
import { ACCESS_SCOPES } from '../core/access.ts';
import { createLimit } from '../core/call-limit.ts';
import type { Language, Sentence } from '../core/sentence.ts';
import { popupCookie, readCookie } from '../session/cookies.ts';
import type { Database } from '../store/database.ts';
import { type SignInRow, signInOfBrowser } from '../store/sign-ins.ts';
import type { RegisteredApplication } from './applications.ts';
import { type AccessAsk, backTo, readAsk } from './ask.ts';
import { clientOf } from './client-of.ts';
import { consentPage, pageHeaders, refusedPage } from './consent-page.ts';
import type { AccessTokens } from './tokens.ts';

export interface AccessRouterParts {
  readonly database: Database;
  readonly tokens: AccessTokens;
  /** By client id. */
  readonly applications: ReadonlyMap<string, RegisteredApplication>;
  /** Where browsers and applications reach this server. */
  readonly publicUrl: string;
  readonly isOwnOrigin: (origin: string) => boolean;
  /** Path at which people sign in: it takes `returnTo`. */
  readonly signInPath: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: { error(facts: object, message: string): void };
}

const AUTHORISE = '/oauth/authorize';
/** Of one application, in a minute and process: its customers' tokens last an hour. */
const TOKENS_A_MINUTE = 600;
/** RFC 6749, 5.2, and RFC 6585 for the last. */
type TokenError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'server_error'
  | 'slow_down';

interface Asking {
  readonly ask: AccessAsk;
  readonly cookie: string;
  readonly person: SignInRow;
}

/**
 * Liaison as an authorisation server for other applications (RFC 6749 with RFC 7636, RFC 7009, RFC 8414): `GET
 * /oauth/authorize` asks the person who is signed in, `POST /oauth/authorize` is their answer, `POST /oauth/token` and
 * `POST /oauth/revoke` are called by the application's own server.
 */
export function accessRouter(parts: AccessRouterParts): Router {
  const { database, tokens, applications, publicUrl } = parts;
  const router = Router();
  const cookie = popupCookie(publicUrl.startsWith('https:'));
  const { host } = new URL(publicUrl);
  const limit = createLimit({ most: TOKENS_A_MINUTE, windowMs: 60_000, now: parts.now });
  const readForm = text({ type: 'application/x-www-form-urlencoded', limit: '16kb' });

  async function signedIn(request: Request): Promise<Pick<Asking, 'cookie' | 'person'> | null> {
    const held = readCookie(cookie, request);
    const person = held === null ? null : await signInOfBrowser(database, digestOf(held));
    return held === null || person === null ? null : { cookie: held, person };
  }

  router.get(AUTHORISE, async (request, response) => {
    const own = new URL(request.originalUrl, publicUrl);
    // Under another name of this server (localhost) the sign-in's cookie would not come along.
    if (request.headers.host !== host && !own.searchParams.has('named')) {
      own.searchParams.set('named', '1');
      return response.redirect(303, own.href);
    }
    const language = languageOf(request);
    const read = readAsk(own.searchParams, applications);
    if (read.kind === 'refused') return refuse(response, read.sentence, language);
    if (read.kind === 'back') return goBack(response, read.redirectUri, read);
    const who = await signedIn(request);
    const signIn = (again: boolean): string => {
      const query = new URLSearchParams({ returnTo: `${own.pathname}${own.search}`, language });
      if (again) query.set('again', '1');
      return `${parts.signInPath}?${query}`;
    };
    if (who === null) return response.set('cache-control', 'no-store').redirect(303, signIn(false));
    const { ask } = read;
    return response.set(pageHeaders(ask.redirectUri)).send(
      consentPage(
        {
          ask,
          person: who.person.userName,
          organisation: who.person.organisationName,
          mayAllow: who.person.role === 'admin',
          fields: { ...fieldsOf(ask), consent: proofOf(who.cookie, ask) },
          otherPerson: signIn(true),
        },
        language,
      ),
    );
  });

  router.post(AUTHORISE, readForm, async (request, response) => {
    const language = languageOf(request);
    const form = formOf(request);
    const { origin, 'sec-fetch-site': site } = request.headers;
    const isForeign =
      (origin !== undefined && origin !== 'null' && !parts.isOwnOrigin(origin)) ||
      (site !== undefined && site !== 'same-origin');
    const who = isForeign || form === null ? null : await signedIn(request);
    if (form === null || who === null) return refuse(response, NOT_HERE, language);
    const read = readAsk(form, applications);
    if (read.kind !== 'ask') return refuse(response, NOT_HERE, language);
    const { ask } = read;
    // Made of what only the browser holds: no other page can write this form for it.
    const isOurs = timingSafeEqual(digestOf(form.get('consent') ?? ''), digestOf(proofOf(who.cookie, ask)));
    if (!isOurs) return refuse(response, NOT_HERE, language);
    const { redirectUri, state } = ask;
    if (form.get('decision') !== 'allow' || who.person.role !== 'admin')
      return goBack(response, redirectUri, {
        state,
        error: 'access_denied',
        description: 'the person did not allow it',
      });
    const code = await tokens.newCode({
      application: ask.application.id,
      organisationId: who.person.organisationId,
      userId: who.person.userId,
      redirectUri,
      scopes: ask.scopes,
      challenge: ask.challenge,
    });
    return response
      .set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      .redirect(303, backTo(redirectUri, publicUrl, { code, state }));
  });

  router.post('/oauth/token', readForm, async (request, response) => {
    const asked = ofApplication(request, response);
    if (asked === null) return;
    const { application, form } = asked;
    const given = await giveTokens(application, form);
    if (typeof given === 'string') return fail(response, given);
    return response.set({ 'cache-control': 'no-store', pragma: 'no-cache' }).json(given);
  });

  router.post('/oauth/revoke', readForm, async (request, response) => {
    const asked = ofApplication(request, response);
    if (asked === null) return;
    const token = asked.form.get('token');
    if (token === null) return fail(response, 'invalid_request');
    await tokens.revoke(asked.application.id, token);
    return response.set('cache-control', 'no-store').json({});
  });

  router.get('/.well-known/oauth-authorization-server', (_request, response) => {
    response.json({
      issuer: publicUrl,
      authorization_endpoint: `${publicUrl}${AUTHORISE}`,
      token_endpoint: `${publicUrl}/oauth/token`,
      revocation_endpoint: `${publicUrl}/oauth/revoke`,
      scopes_supported: Object.keys(ACCESS_SCOPES),
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      revocation_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    });
  });

  for (const path of ['/oauth/token', '/oauth/revoke'])
    router.use(path, (error: unknown, _request: Request, response: Response, next: NextFunction) => {
      if (response.headersSent) return next(error);
      const { status } = Object(error) as { status?: unknown };
      const isTheirs = typeof status === 'number' && status >= 400 && status < 500;
      if (!isTheirs) parts.log.error({ err: error }, 'an application was given no tokens');
      return fail(response, isTheirs ? 'invalid_request' : 'server_error');
    });

  /** The application that asks, with its form; null: it was answered. */
  function ofApplication(request: Request, response: Response) {
    const form = formOf(request);
    if (form === null) {
      fail(response, 'invalid_request');
      return null;
    }
    const application = clientOf(request.headers.authorization, form, applications);
    if (application === null) {
      fail(response, 'invalid_client');
      return null;
    }
    const may = limit.take(application.id);
    if (!may.ok) {
      response.set('retry-after', String(may.waitSeconds));
      fail(response, 'slow_down');
      return null;
    }
    return { application, form };
  }

  async function giveTokens({ id }: RegisteredApplication, form: URLSearchParams) {
    const one = (name: string): string => form.get(name) ?? '';
    switch (form.get('grant_type')) {
      case 'authorization_code': {
        if (!['code', 'redirect_uri', 'code_verifier'].every((name) => form.has(name)))
          return 'invalid_request';
        const exchange = {
          application: id,
          code: one('code'),
          redirectUri: one('redirect_uri'),
          verifier: one('code_verifier'),
        };
        return (await tokens.exchange(exchange)) ?? 'invalid_grant';
      }
      case 'refresh_token':
        if (!form.has('refresh_token')) return 'invalid_request';
        return (await tokens.refresh(id, one('refresh_token'))) ?? 'invalid_grant';
      case null:
        return 'invalid_request';
      default:
        return 'unsupported_grant_type';
    }
  }

  function goBack(
    response: Response,
    redirectUri: string,
    said: { readonly state: string | null; readonly error: string; readonly description: string },
  ): void {
    const { state, error, description } = said;
    response
      .set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      .redirect(303, backTo(redirectUri, publicUrl, { error, error_description: description, state }));
  }

  return router;
}

/** The form that came, each name once; null: there is none. */
function formOf(request: Request): URLSearchParams | null {
  if (typeof request.body !== 'string') return null;
  const form = new URLSearchParams(request.body);
  return new Set(form.keys()).size === [...form.keys()].length ? form : null;
}

/** What a person was shown, as the form brings it back. */
const fieldsOf = ({ application, redirectUri, scopes, state, challenge }: AccessAsk) => ({
  response_type: 'code',
  client_id: application.client.id,
  redirect_uri: redirectUri,
  scope: scopes.join(' '),
  ...(state === null ? {} : { state }),
  code_challenge: challenge,
  code_challenge_method: 'S256',
});

/** That this browser was shown exactly this. */
const proofOf = (cookie: string, ask: AccessAsk): string =>
  createHmac('sha256', cookie)
    .update(`consent ${JSON.stringify(fieldsOf(ask))}`)
    .digest('base64url');

function refuse(response: Response, sentence: Sentence, language: Language): void {
  response.status(400).set(pageHeaders(null)).send(refusedPage(sentence, language));
}

const STATUS: Readonly<Record<TokenError, number>> = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unsupported_grant_type: 400,
  server_error: 503,
  slow_down: 429,
};
const SAYS: Readonly<Record<TokenError, string>> = {
  invalid_request: 'A parameter is missing, given twice, or not sent as a form.',
  invalid_client: 'The client id and the secret do not belong together.',
  invalid_grant: 'This code or token is not good, or no longer: ask the person anew.',
  unsupported_grant_type: 'grant_type is authorization_code or refresh_token.',
  server_error: 'Liaison could not answer now. Try again in a moment.',
  slow_down: 'Too many requests in a minute.',
};

function fail(response: Response, error: TokenError): void {
  if (error === 'invalid_client') response.set('www-authenticate', 'Basic realm="Liaison"');
  response
    .status(STATUS[error])
    .set({ 'cache-control': 'no-store', pragma: 'no-cache' })
    .json({ error, error_description: SAYS[error] });
}

const NOT_HERE: Sentence = {
  en: 'This answer does not belong to what you were shown, or you are not signed in any more. Begin again from the application.',
  fr: 'Cette réponse ne correspond pas à ce qui vous a été montré, ou vous n’êtes plus connecté. Recommencez depuis l’application.',
};
