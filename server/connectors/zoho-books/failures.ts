import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { failures } from '../../kit/failures.ts';

export const VENDOR = 'Zoho Books';

/** The name of a customer is unique in Zoho Books. */
export const NAME_TAKEN = 3062;

const bodySchema = z.object({ code: z.coerce.number(), message: z.string().catch('') });

/**
 * Zoho Books states its verdict in `code`: anything but 0 is a failure, also in a 200.
 * https://www.zoho.com/books/api/v3/errors/ and what its users publish.
 */
const table = failures({
  vendor: VENDOR,
  said(body) {
    const verdict = bodySchema.safeParse(body).data;
    if (verdict === undefined || verdict.code === 0) return null;
    return {
      codes: [verdict.code],
      details: {
        vendorMessage: `${verdict.code}: ${verdict.message}`,
        ...(verdict.code === NAME_TAKEN ? { field: 'contact_name' } : {}),
      },
    };
  },
  codes: {
    14: 'reconnect',
    57: 'reconnect',
    6041: 'reconnect',
    43: 'rate-limited',
    44: 'rate-limited',
    45: 'rate-limited',
    1070: 'rate-limited',
    1002: 'gone',
    // Of a document whose number Liaison makes: an attempt whose answer was lost made it, and lists show it soon.
    1001: 'conflict',
    [NAME_TAKEN]: {
      kind: 'rejected',
      sentence: {
        en: 'Zoho Books already has a customer of this name. Give it the payer’s e-mail address there, or rename it, then retry.',
        fr: 'Zoho Books a déjà un client de ce nom. Donnez-lui l’adresse e-mail du payeur, ou renommez-le, puis relancez.',
      },
    },
  },
  otherwise: { kind: 'rejected' },
});

/** Without `Retry-After`, Zoho Books says in `X-Rate-Limit-Reset` after how many seconds it counts anew. */
export function classify(answer: VendorAnswer): LiaisonError | null {
  const error = table.classify(answer);
  if (error?.kind !== 'rate-limited' || error.details.retryAt !== undefined) return error;
  const seconds = Number(answer.headers.get('x-rate-limit-reset') ?? Number.NaN);
  if (!(seconds >= 0 && seconds <= 86_400)) return error;
  return new LiaisonError('rate-limited', { ...error.details, retryAt: answer.now + seconds * 1_000 });
}
