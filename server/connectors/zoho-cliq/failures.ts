import { z } from 'zod';
import { failures, type Meaning } from '../../kit/failures.ts';

export const VENDOR = 'Zoho Cliq';

/** How long a limit is waited out where Cliq says nothing; asking while it locks prolongs nothing. */
const LOCKED_MS = 60_000;

const refused = (en: string, fr: string): Meaning => ({ kind: 'rejected', sentence: { en, fr } });
const noPlace = refused(
  'Zoho Cliq does not know this channel or person, or whoever connected Cliq takes no part there. Add them in Cliq, or choose another place in the flow’s settings, then retry.',
  'Zoho Cliq ne connaît pas ce canal ou cette personne, ou la personne qui a connecté Cliq n’y participe pas. Ajoutez-la dans Cliq, ou choisissez un autre endroit dans les réglages du flux, puis relancez.',
);
const archived = refused(
  'This Zoho Cliq channel is archived. Restore it in Cliq or choose another one in the flow’s settings, then retry.',
  'Ce canal Zoho Cliq est archivé. Restaurez-le dans Cliq ou choisissez-en un autre dans les réglages du flux, puis relancez.',
);

const refusalSchema = z.object({ code: z.string().catch(''), message: z.string().catch('') });

/** By status, and by the codes of https://www.zoho.com/cliq/help/restapi/v3/errors where one says more. */
export const { classify } = failures({
  vendor: VENDOR,
  said(body, { status, headers, now }) {
    if (status < 400 || body === undefined) return null;
    const { code = '', message = '' } = refusalSchema.safeParse(body).data ?? {};
    // Zoho throttles with a 400 of its own, too, which has no code.
    const codes = /throttle/i.test(message) ? ['throttled'] : [code];
    return {
      codes,
      details: (kind) => ({
        vendorMessage: `${code}: ${message}`,
        ...(kind === 'rate-limited' && !headers.has('retry-after') ? { retryAt: now + LOCKED_MS } : {}),
      }),
    };
  },
  codes: {
    throttled: 'rate-limited',
    channel_not_found: noPlace,
    chat_not_found: noPlace,
    user_not_found: noPlace,
    access_denied: noPlace,
    channel_archived: archived,
  },
  otherwise: { kind: 'rejected' },
});
