import type { Request, Response, Router } from 'express';
import { bodyOf } from './body.ts';
import { type ConsentPage, consentPage, languageOf, refusedPage } from './consent-page.ts';
import type { ConsentWish } from './simulator.ts';

type Query = Readonly<Record<string, string>>;

export interface ConsentScreen extends Pick<ConsentPage, 'title' | 'colour' | 'account' | 'accounts'> {
  /** Path below the vendor's prefix. */
  readonly path: string;
  /** Why the request is refused on the page itself, or null. */
  refusal(wish: ConsentWish, query: Query): string | null;
  scopes(query: Query): ConsentPage['scopes'];
  /** What the callback carries after Accept. */
  accept(wish: ConsentWish, query: Query): Record<string, string>;
}

/** Mounts a vendor's authorisation page: shown on GET; the decision comes by POST and goes back to the client. */
export function mountConsentScreen(router: Router, screen: ConsentScreen): void {
  const refused = (request: Request, response: Response, reason: string): void => {
    const language = languageOf(request.headers['accept-language']);
    response
      .status(400)
      .type('html')
      .send(refusedPage({ ...screen, language }, reason));
  };
  router.get(screen.path, (request, response) => {
    const query = textsOf(request.query);
    const wish = wishOf(query);
    const reason = screen.refusal(wish, query);
    if (reason !== null) {
      refused(request, response, reason);
      return;
    }
    const language = languageOf(request.headers['accept-language']);
    const application = `Liaison (${wish.clientId.replace(/^sandbox-/, '')})`;
    const scopes = screen.scopes(query);
    response.type('html').send(consentPage({ ...screen, language, application, scopes, query }));
  });
  router.post(screen.path, (request, response) => {
    const { decision, account, ...query } = bodyOf(request).form;
    const wish = { ...wishOf(query), ...(account === undefined ? {} : { account }) };
    const reason = screen.refusal(wish, query);
    if (reason !== null) {
      refused(request, response, reason);
      return;
    }
    const carried =
      decision === 'accept'
        ? screen.accept(wish, query)
        : { error: 'access_denied', ...(wish.state === undefined ? {} : { state: wish.state }) };
    const target = new URL(wish.redirectUri);
    for (const [name, value] of Object.entries(carried)) target.searchParams.set(name, value);
    response.redirect(302, target.href);
  });
}

/** Members of a query that are plain texts. */
export function textsOf(query: Request['query']): Record<string, string> {
  const texts = Object.entries(query).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(texts);
}

function wishOf(query: Query): ConsentWish {
  return {
    clientId: query.client_id ?? '',
    redirectUri: query.redirect_uri ?? '',
    scope: query.scope ?? '',
    ...(query.state === undefined ? {} : { state: query.state }),
    ...(query.code_challenge === undefined ? {} : { codeChallenge: query.code_challenge }),
  };
}
