import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import { failures, type Meaning } from '../../kit/failures.ts';

export const VENDOR = 'Zoho Campaigns';

/** A method that was called too often is locked for half an hour: https://www.zoho.com/campaigns/help/developers/contact-subscribe.html */
const LOCKED_MS = 30 * 60_000;

/** What is a success: https://www.zoho.com/campaigns/help/developers/error-codes.html */
const DONE = new Set(['0', '200', '3023', '6201']);

/** “Contact exists in this list”: it is documented as an error, and what was asked for holds. */
const THERE = '2003';

const code = z.union([z.string(), z.number()]).transform(String);
/** Without a token that is good, two members are written with capitals. */
const bodySchema = z
  .object({
    code: code.optional(),
    Code: code.optional(),
    status: z.string().optional(),
    message: z.string().catch(''),
  })
  .transform(({ code: small, Code: capital, ...rest }) => ({ ...rest, code: small ?? capital }));

/**
 * Calls of which an error says that there is nobody, or nothing: no campaign, no such recipient, an empty list. Each of
 * these codes says something worse, too: whoever asks makes sure of it where that matters.
 */
const NOBODY: Readonly<Record<string, readonly string[]>> = {
  getmailinglists: ['2401'],
  getlistsubscribers: ['2502', '2203'],
  recentcampaigns: ['6101', '6002'],
  getcampaignrecipientsdata: ['6303', '6302', '6002'],
  topics: ['4016'],
};

const saysNobody = ({ pathname }: URL, code: string): boolean =>
  NOBODY[pathname.slice(pathname.lastIndexOf('/') + 1)]?.includes(code) === true;

/** Whether an answer says that there is nobody, in the place of a list. */
export const isNobody = (body: unknown): boolean => {
  const said = bodySchema.safeParse(body).data?.code;
  return said !== undefined && !DONE.has(said);
};

const rejected = (en: string, fr: string): Meaning => ({ kind: 'rejected', sentence: { en, fr } });

const noList = rejected(
  'This mailing list is not there (any more) in Zoho Campaigns. Choose another one in the settings.',
  'Cette liste de diffusion n’est pas (ou plus) dans Zoho Campaigns. Choisissez-en une autre dans les réglages.',
);
const mayNot = rejected(
  'Whoever connected Zoho Campaigns may not use this mailing list. Give them access in Campaigns (Settings, Users), or let somebody else connect it, then retry.',
  'La personne qui a connecté Zoho Campaigns n’a pas accès à cette liste. Donnez-le-lui dans Campaigns (Paramètres, Utilisateurs), ou faites connecter quelqu’un d’autre, puis relancez.',
);
const full = rejected(
  'Zoho Campaigns takes no more contacts: your plan’s limit is reached. Make room or change the plan, then retry.',
  'Zoho Campaigns n’accepte plus de contacts\u00a0: la limite de votre formule est atteinte. Faites de la place ou changez de formule, puis relancez.',
);
const later: Meaning = { kind: 'retry-later', mayHaveHappened: false };

/**
 * By the codes of https://www.zoho.com/campaigns/help/developers/error-codes.html, and of the page of each call, which
 * say something else of some: 2001 is a form that is not read there, and “error in subscription” in the list of all.
 * A 200 holds failures, too. What a locked method answers no page shows: any word of a limit of calls is taken for it.
 */
export const { classify, ofOne } = failures({
  vendor: VENDOR,
  isRead: isReading,
  said(body, { status, now, headers, url }) {
    const read = bodySchema.safeParse(body).data;
    if (read === undefined) return null;
    const { code: said, message } = read;
    const isDone = status < 300 && read.status !== 'error' && (said === undefined || DONE.has(said));
    if (isDone || (said !== undefined && (said === THERE || saysNobody(url, said)))) return null;
    const isLocked =
      status === 429 ||
      /\b(limit|too many)\b.*\b(calls?|requests?)\b|\b(calls?|requests?)\b.*\blimit\b/i.test(message);
    return {
      codes: isLocked ? ['locked'] : said === undefined ? [] : [said],
      details: (kind) => ({
        vendorMessage: said === undefined ? message : `${said}: ${message}`,
        ...(kind === 'rate-limited' && !headers.has('retry-after') ? { retryAt: now + LOCKED_MS } : {}),
      }),
    };
  },
  codes: {
    locked: 'rate-limited',
    401: 'reconnect',
    901: 'reconnect',
    902: 'reconnect',
    1007: 'reconnect',
    404: 'gone',
    500: 'retry-later',
    2101: later,
    2104: later,
    2201: later,
    2402: later,
    2502: later,
    2601: later,
    6001: later,
    914: full,
    2302: full,
    2002: noList,
    2102: noList,
    2202: noList,
    2203: noList,
    2206: noList,
    2401: noList,
    2501: noList,
    2701: mayNot,
    2704: mayNot,
    2706: mayNot,
    6304: mayNot,
    6601: mayNot,
    2001: rejected(
      'Zoho Campaigns does not subscribe this person: they may stand in its Do-Not-Mail registry, or be blocked there. Only they can come back.',
      'Zoho Campaigns n’abonne pas cette personne\u00a0: elle figure peut-être dans son registre «\u00a0Ne pas contacter\u00a0», ou y est bloquée. Elle seule peut revenir.',
    ),
    2004: rejected(
      'Zoho Campaigns does not take this e-mail address. Correct it in the record, then retry.',
      'Zoho Campaigns n’accepte pas cette adresse e-mail. Corrigez-la dans la fiche, puis relancez.',
    ),
    2005: rejected(
      'Zoho Campaigns takes no addresses of a group (info@, support@…). Give the record a person’s own address, then retry.',
      'Zoho Campaigns n’accepte pas les adresses de groupe (info@, support@…). Donnez à la fiche l’adresse d’une personne, puis relancez.',
    ),
    2103: { kind: 'gone' },
    4014: rejected(
      'This topic is not there (any more) in Zoho Campaigns. Choose another one in the settings.',
      'Ce thème n’est pas (ou plus) dans Zoho Campaigns. Choisissez-en un autre dans les réglages.',
    ),
  },
  otherwise: { kind: 'rejected' },
});

/** Recipients are read by a POST. */
function isReading({ method, url }: VendorAnswer): boolean {
  return method === 'GET' || url.pathname.endsWith('/getcampaignrecipientsdata');
}
