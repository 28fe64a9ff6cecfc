import type { VendorAnswer } from '../../core/connector.ts';
import type { Sentence } from '../../core/sentence.ts';
import { failures, type Meaning, type Said } from '../../kit/failures.ts';
import { GRAPH_CODES, graphSaid } from '../families/microsoft/failures.ts';

export const VENDOR = 'Microsoft Teams';

const refused = (en: string, fr: string): Meaning & { readonly sentence: Sentence } => ({
  kind: 'rejected',
  sentence: { en, fr },
});

const NO_PLACE = refused(
  'Microsoft Teams has no such channel (any more). Choose another place in the flow’s settings, then retry.',
  'Microsoft Teams n’a pas ou plus ce canal. Choisissez un autre endroit dans les réglages du flux, puis relancez.',
);
const NOT_MEMBER = refused(
  'The person in whose name Liaison posts takes no part (any more) in this team or channel of Microsoft Teams, or may not post there. Have them let in again, or connect somebody else’s account and choose it in the flow’s settings, then retry.',
  'La personne au nom de qui Liaison publie ne fait pas ou plus partie de cette équipe ou de ce canal de Microsoft Teams, ou ne peut pas y publier. Faites-la réadmettre, ou connectez le compte de quelqu’un d’autre et choisissez-le dans les réglages du flux, puis relancez.',
);
const ARCHIVED = refused(
  'This team or channel of Microsoft Teams is archived. Restore it there or choose another place in the flow’s settings, then retry.',
  'Cette équipe ou ce canal de Microsoft Teams est archivé. Restaurez-le dans Teams ou choisissez un autre endroit dans les réglages du flux, puis relancez.',
);
const NO_LICENCE = refused(
  'The connected Microsoft account has no licence for Teams. Give it one, or connect another account of work or school.',
  'Le compte Microsoft connecté n’a pas de licence Teams. Donnez-lui-en une, ou connectez un autre compte professionnel ou scolaire.',
);
const NOT_ALLOWED: Meaning = {
  kind: 'reconnect',
  sentence: {
    en: 'Liaison may not do this in Microsoft Teams: a permission is missing. Connect the account again in the settings; where Microsoft asks for an administrator, Liaison then shows the address where one agrees.',
    fr: 'Liaison n’a pas le droit de le faire dans Microsoft Teams\u00a0: une autorisation manque. Reconnectez le compte dans les réglages\u00a0; si Microsoft demande un administrateur, Liaison montre alors l’adresse où il donne son accord.',
  },
};
const TOO_LONG = refused(
  'Microsoft Teams takes no message of this length. Shorten it in the flow’s settings, then retry.',
  'Microsoft Teams ne prend pas de message de cette longueur. Raccourcissez-le dans les réglages du flux, puis relancez.',
);

/** Teams has one code for much, and says in words which it is. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/missing (scope|role) permissions|insufficient scope/i, 'missing scope'],
  [/\barchived\b/i, 'archived'],
  [/licen[cs]e/i, 'no licence'],
  [/AclCheckFailed|not a member|InsufficientPrivileges/i, 'not a member'],
];

/** A message that is read, what is below one, or who wrote it: they may have been deleted, or the channel. */
const OF_MESSAGE = /\/(?:messages\/\d+(?:\/replies)?|users\/[^/]+)$/;

function said(body: unknown, answer: VendorAnswer): Said | null {
  const stated = graphSaid(body, answer);
  if (
    stated !== null &&
    answer.status === 404 &&
    answer.method === 'GET' &&
    OF_MESSAGE.test(answer.url.pathname)
  )
    return { ...stated, codes: ['no message', ...stated.codes] };
  if (stated === null || (answer.status !== 403 && answer.status !== 400)) return stated;
  const found = WORDS.find(([words]) => words.test(answer.text));
  return found === undefined ? stated : { ...stated, codes: [found[1], ...stated.codes] };
}

/** https://learn.microsoft.com/graph/errors; what Teams says in its own words is read there. */
export const { classify } = failures({
  vendor: VENDOR,
  said,
  codes: {
    ...GRAPH_CODES,
    'missing scope': NOT_ALLOWED,
    archived: ARCHIVED,
    'no licence': NO_LICENCE,
    'not a member': NOT_MEMBER,
    forbidden: NOT_MEMBER,
    'no message': 'gone',
    notfound: NO_PLACE,
    requestentitytoolarge: TOO_LONG,
    preconditionfailed: 'conflict',
  },
  otherwise: { kind: 'rejected' },
  sentences: { 404: NO_PLACE.sentence, 413: TOO_LONG.sentence },
});
