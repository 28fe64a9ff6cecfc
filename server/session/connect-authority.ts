import type { Request } from 'express';
import { digestOf } from '../connect/digest.ts';
import type { ConnectAuthority } from '../connect/router.ts';
import { LiaisonError } from '../core/errors.ts';
import type { Sentence } from '../core/sentence.ts';
import type { Database } from '../store/database.ts';
import { signInOfBrowser } from '../store/sign-ins.ts';
import { popupCookie, readCookie } from './cookies.ts';

export interface ConnectAuthorityParts {
  readonly database: Database;
  readonly publicUrl: string;
  /** The organisation of the sandbox's own pages on this machine; null for any other request. */
  readonly local: (request: Request) => string | null;
}

/**
 * Which organisation a browser may connect accounts for. It goes there as a page of its own, without the
 * page's bearer token: the popup's session speaks for it, if an admin signed in with it, and to the very
 * organisation that the address names. An account of their own (`owner=me`) everybody who signed in may connect.
 *
 * @returns a function that rejects with a LiaisonError, whose sentence the browser is shown.
 */
export function connectAuthority(
  parts: ConnectAuthorityParts,
): (request: Request) => Promise<ConnectAuthority & { readonly organisationId: string }> {
  const cookie = popupCookie(parts.publicUrl.startsWith('https:'));
  return async (request) => {
    const named = request.params.organisation;
    const browser = readCookie(cookie, request);
    const held = browser === null ? null : await signInOfBrowser(parts.database, digestOf(browser));
    const matches = (organisationId: string) => named === undefined || named === organisationId;
    if (request.query.owner === 'me') {
      if (held === null || !matches(held.organisationId))
        throw new LiaisonError('rejected', { sentence: SIGN_IN });
      return { organisationId: held.organisationId, owner: held.userId };
    }
    if (held?.role === 'admin' && matches(held.organisationId))
      return { organisationId: held.organisationId, owner: undefined };
    const local = parts.local(request);
    if (local !== null && matches(local)) return { organisationId: local, owner: undefined };
    throw new LiaisonError('rejected', { sentence: held === null ? SIGN_IN : ADMIN });
  };
}

const SIGN_IN: Sentence = {
  en: 'You are not signed in to Liaison in this browser, or no longer. Sign in, then connect again.',
  fr: 'Vous n’êtes pas connecté à Liaison dans ce navigateur, ou ne l’êtes plus. Connectez-vous, puis recommencez.',
};

const ADMIN: Sentence = {
  en: 'Only an admin of this organisation may connect accounts. Sign in to Liaison as one, then connect again.',
  fr: 'Seul un administrateur de cette organisation peut connecter des comptes. Connectez-vous à Liaison en tant que tel, puis recommencez.',
};
