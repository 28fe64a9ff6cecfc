import { z } from 'zod';
import type { VendorAnswer } from '../../../core/connector.ts';
import type { ErrorKind } from '../../../core/errors.ts';
import type { Meaning, Said } from '../../../kit/failures.ts';

const FRESH_SIGN_IN: Meaning = {
  kind: 'reconnect',
  sentence: {
    en: 'Your organisation’s rules at Microsoft 365 ask for a fresh sign-in. Whoever connected the account has to connect it again in the settings.',
    fr: 'Les règles de votre organisation chez Microsoft 365 demandent une nouvelle connexion. La personne qui a connecté le compte doit le reconnecter dans les réglages.',
  },
};
const NO_MAILBOX: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'This Microsoft account has no Outlook mailbox that Liaison can reach. Give it an Exchange Online licence, or connect another account.',
    fr: 'Ce compte Microsoft n’a pas de boîte Outlook que Liaison puisse atteindre. Donnez-lui une licence Exchange Online, ou connectez un autre compte.',
  },
};
const FULL: Meaning = {
  kind: 'rejected',
  sentence: {
    en: 'The Outlook mailbox is full. Make room in it, then retry.',
    fr: 'La boîte Outlook est pleine. Faites-y de la place, puis relancez.',
  },
};

/**
 * Codes that say more than the status that they come with, in lower case: Graph's services do not agree on it.
 * https://learn.microsoft.com/graph/errors, https://learn.microsoft.com/graph/delta-query-overview
 */
export const GRAPH_CODES: Readonly<Record<string, ErrorKind | Meaning>> = {
  syncstatenotfound: 'cursor-lost',
  syncstateinvalid: 'cursor-lost',
  resyncrequired: 'cursor-lost',
  errorinvalidsyncstatedata: 'cursor-lost',
  'fresh sign-in': FRESH_SIGN_IN,
  invalidauthenticationtoken: 'reconnect',
  erroraccessdenied: 'reconnect',
  authorization_requestdenied: 'reconnect',
  mailboxnotenabledforrestapi: NO_MAILBOX,
  mailboxnothostedinexchangeonline: NO_MAILBOX,
  mailboxnotsupportedforrestapi: NO_MAILBOX,
  errorquotaexceeded: FULL,
  erroritemnotfound: 'gone',
  errorinvalididmalformed: 'gone',
  errorirresolvableconflict: 'conflict',
  errorchangekeyrequiredforwriteoperations: 'conflict',
  applicationthrottled: 'rate-limited',
  toomanyrequests: 'rate-limited',
  activitylimitreached: 'rate-limited',
  errorexceededconnectioncount: 'rate-limited',
  errormailboxmoveinprogress: 'retry-later',
  errormailboxstoreunavailable: 'retry-later',
};

const inner = z.looseObject({ code: z.string().optional() }).optional();
const errorSchema = z.object({
  error: z.looseObject({
    code: z.string().catch(''),
    message: z.string().catch(''),
    innerError: inner.catch(undefined),
    innererror: inner.catch(undefined),
  }),
});

/** Claims that a fresh sign-in has to bring: https://learn.microsoft.com/entra/identity-platform/claims-challenge */
const asksForClaims = ({ status, headers }: VendorAnswer): boolean =>
  status === 401 && /\bclaims="|insufficient_claims/i.test(headers.get('www-authenticate') ?? '');

/** Graph's failures stand in the status, with their codes in `error`; a success states none. */
export function graphSaid(body: unknown, answer: VendorAnswer): Said | null {
  if (answer.status < 400) return null;
  const error = errorSchema.safeParse(body).data?.error;
  if (error === undefined && !asksForClaims(answer)) return null;
  const codes = [error?.innerError?.code, error?.innererror?.code, error?.code]
    .filter((code) => code !== undefined && code !== '')
    .map((code) => (code as string).toLowerCase());
  return {
    codes: [...(asksForClaims(answer) ? ['fresh sign-in'] : []), ...codes],
    details: error === undefined ? {} : { vendorMessage: `${error.code}: ${error.message}` },
  };
}
