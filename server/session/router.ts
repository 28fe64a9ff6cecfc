import { type Request, type Response, Router } from 'express';
import { digestOf } from '../connect/digest.ts';
import { ownPath } from '../connect/own-path.ts';
import { ensureSession, readSession } from '../connect/session-cookie.ts';
import { asLiaisonError } from '../core/errors.ts';
import type { Language } from '../core/sentence.ts';
import { addSignInCode, signInOfBrowser, takeSignInAttempt } from '../store/sign-ins.ts';
import { beginSignIn } from './begin.ts';
import { popupCookie, readCookie, writeCookie } from './cookies.ts';
import { CODE_MS, newSecret, type SignInDeps } from './deps.ts';
import { finishSignIn } from './finish.ts';
import {
  notSignedInPage,
  POPUP_PAGE_HEADERS,
  type PopupPage,
  popupPage,
  signedInPage,
} from './popup-page.ts';
import { notOurPage, staleVisit } from './refusals.ts';

/** 32 bytes in base64url: what a SHA-256 looks like. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
/** Where a sign-in that is no popup's may lead: to the question that somebody was asked before. */
const QUESTION = /^\/oauth\/authorize\?[\x21-\x7e]{1,8000}$/;

/**
 * The popup's addresses. `GET /auth/<id>/start?challenge=&opener=&language=&organisation=&person=&again=` sends it
 * to the vendor's consent page, or straight back to the page that opened it while the popup's session
 * lives; `GET /auth/<id>/callback` is where the vendor sends it back to. With `returnTo` it is no popup: the browser then
 * goes to that path, which another application sent it to.
 */
export function signInRouter(deps: SignInDeps): Router {
  const router = Router();
  const base = `/auth/${deps.signIn.id}`;
  const { origin: publicOrigin, host: publicHost } = new URL(deps.publicUrl);
  const isSecure = deps.publicUrl.startsWith('https:');
  const cookie = popupCookie(isSecure);

  router.get(`${base}/start`, async (request, response) => {
    // Under another name of this server (localhost) the cookies would not come back to the callback's.
    if (request.headers.host !== publicHost && request.query.named === undefined) {
      const own = new URL(`${deps.publicUrl}${request.originalUrl}`);
      own.searchParams.set('named', '1');
      return response.redirect(303, own.href);
    }
    const challenge = textOf(request.query.challenge);
    const opener = textOf(request.query.opener);
    const language = languageOf(request, textOf(request.query.language));
    const asked = textOf(request.query.returnTo);
    const returnTo = QUESTION.test(asked) && ownPath(asked) === asked ? asked : null;
    if (returnTo === null && (!CHALLENGE.test(challenge) || !deps.isOwnOrigin(opener))) {
      return fail(response, notOurPage(), { opener: publicOrigin, language });
    }
    try {
      const again = request.query.again !== undefined;
      const held = again ? null : await livingSignIn(request);
      if (held !== null) return await finished(response, held, { challenge, opener, language, returnTo });
      const browser = ensureSession(request, response, { randomBytes: deps.randomBytes, isSecure });
      const person = textOf(request.query.person);
      // Of a visit that is no popup's, whoever opened the window is another site: it is told nothing.
      const told = returnTo === null ? opener : publicOrigin;
      const wish = { browser, challenge, opener: told, language, person, again, returnTo };
      const address = await beginSignIn(deps, wish);
      response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      return response.redirect(303, address.href);
    } catch (thrown) {
      return fail(response, thrown, { opener: returnTo === null ? opener : publicOrigin, language });
    }
  });

  router.get(`${base}/callback`, async (request, response) => {
    const query = new URL(request.originalUrl, deps.publicUrl).searchParams;
    const browser = readSession(request) ?? '';
    const attempt = await takeSignInAttempt(
      deps.database,
      digestOf(query.get('state') ?? ''),
      digestOf(browser),
    );
    if (attempt === null) {
      return fail(response, staleVisit(), { opener: publicOrigin, language: languageOf(request, '') });
    }
    const page = { ...attempt, language: languageOf(request, attempt.language) };
    try {
      const signedIn = await finishSignIn(deps, { query, browser });
      writeCookie(cookie, response, signedIn.browser);
      return await finished(response, signedIn.signInId, page);
    } catch (thrown) {
      return fail(response, thrown, page);
    }
  });

  async function livingSignIn(request: Request): Promise<string | null> {
    const browser = readCookie(cookie, request);
    if (browser === null) return null;
    const held = await signInOfBrowser(deps.database, digestOf(browser));
    // A hint of the page, which only chooses between asking the vendor again and not.
    const wanted = textOf(request.query.organisation);
    return held !== null && (wanted === '' || wanted === held.organisationExternalId) ? held.id : null;
  }

  async function finished(
    response: Response,
    signInId: string,
    {
      challenge,
      opener,
      language,
      returnTo,
    }: { challenge: string; opener: string; language: Language; returnTo: string | null },
  ): Promise<void> {
    if (returnTo !== null) {
      response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      return response.redirect(303, returnTo);
    }
    const code = newSecret(deps);
    await addSignInCode(deps.database, { codeDigest: digestOf(code), signInId, challenge }, CODE_MS);
    show(response, 200, signedInPage(code, opener), language);
  }

  function fail(
    response: Response,
    thrown: unknown,
    { opener, language }: { opener: string; language: Language },
  ): void {
    const error = asLiaisonError(thrown);
    deps.log.warn({ kind: error.kind, reason: error.message }, 'a sign-in did not succeed');
    show(response, error.kind === 'rejected' ? 400 : 502, notSignedInPage(error, opener), language);
  }

  return router;
}

function show(response: Response, status: number, page: PopupPage, language: Language): void {
  response.status(status).set(POPUP_PAGE_HEADERS).send(popupPage(page, language));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The language of the page that the user came from, else the browser's. */
function languageOf(request: Request, wished: string): Language {
  if (wished === 'en' || wished === 'fr') return wished;
  return request.acceptsLanguages('en', 'fr') === 'fr' ? 'fr' : 'en';
}
