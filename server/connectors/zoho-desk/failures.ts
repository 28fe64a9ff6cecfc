import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import type { LiaisonError } from '../../core/errors.ts';
import { failures } from '../../kit/failures.ts';

export const VENDOR = 'Zoho Desk';

/** How long calls under way at the same time are waited for. */
const CROWDED_MS = 5_000;

const refusalSchema = z.object({
  errorCode: z.string(),
  message: z.string().catch(''),
  errors: z
    .array(z.object({ fieldName: z.string(), errorType: z.string().catch('') }))
    .nullish()
    .catch(null),
});

/** By the codes of https://desk.zoho.com/DeskAPIDocument#Errors; the status says the rest. */
const table = failures({
  vendor: VENDOR,
  said(body, { status, headers, now }) {
    const said = refusalSchema.safeParse(body).data;
    if (said === undefined || status < 400) return null;
    const { errorCode, message, errors } = said;
    const [first] = errors ?? [];
    const more = first === undefined ? '' : ` (${first.fieldName}: ${first.errorType})`;
    return {
      codes: [errorCode],
      details: (kind) => ({
        vendorMessage: `${errorCode}: ${message}${more}`,
        ...(first === undefined ? {} : { field: first.fieldName.replace(/^\//, '') }),
        ...(kind === 'rate-limited' && !headers.has('retry-after') ? { retryAt: now + CROWDED_MS } : {}),
      }),
    };
  },
  codes: {
    UNAUTHORIZED: 'reconnect',
    INVALID_OAUTH: 'reconnect',
    SCOPE_MISMATCH: 'reconnect',
    OAUTH_ORG_MISMATCH: 'reconnect',
    TOO_MANY_REQUESTS: 'rate-limited',
    THRESHOLD_EXCEEDED: 'rate-limited',
    URL_NOT_FOUND: 'gone',
    LICENSE_ACCESS_LIMITED: {
      kind: 'rejected',
      sentence: {
        en: 'Your edition of Zoho Desk does not allow this, or all that it allows is in use: webhooks exist from the Professional edition on. Tickets are found all the same, a little later.',
        fr: 'Votre édition de Zoho Desk ne le permet pas, ou tout ce qu’elle permet est utilisé\u00a0: les webhooks existent à partir de l’édition Professional. Les tickets sont trouvés malgré tout, un peu plus tard.',
      },
    },
    FORBIDDEN: {
      kind: 'rejected',
      sentence: {
        en: 'Whoever connected Zoho Desk may not do this there. Give them the permission in Desk (Setup, Permissions, Profiles), or let somebody else connect it, then retry.',
        fr: 'La personne qui a connecté Zoho Desk n’y a pas ce droit. Donnez-le-lui dans Desk (Configuration, Autorisations, Profils) ou faites connecter quelqu’un d’autre, puis relancez.',
      },
    },
  },
  otherwise: { kind: 'rejected' },
});

/** What is deleted is answered with nothing at all, which elsewhere would be an answer that broke off. */
export function classify(answer: VendorAnswer): LiaisonError | null {
  if (answer.method === 'DELETE' && answer.status === 200 && answer.text === '') return null;
  return table.classify(answer);
}
