import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import type { ErrorDetails, ErrorKind, LiaisonError } from '../../core/errors.ts';
import { failureOf, httpFailure, jsonOf } from '../../core/http-failure.ts';
import type { Sentence } from '../../core/sentence.ts';

export const VENDOR = 'Zoho Books';
const rules = { vendor: VENDOR, statuses: { 403: 'rejected' } as const };

/**
 * Zoho Books' error numbers, where they say more than the status that comes with them.
 * https://www.zoho.com/books/api/v3/errors/ and what its users publish.
 */
const CODE_KINDS: Readonly<Record<number, ErrorKind>> = {
  14: 'reconnect',
  57: 'reconnect',
  6041: 'reconnect',
  43: 'rate-limited',
  44: 'rate-limited',
  45: 'rate-limited',
  1070: 'rate-limited',
  1002: 'gone',
};

/** The name of a customer is unique in Zoho Books. */
export const NAME_TAKEN = 3062;

const SENTENCES: Readonly<Record<number, Sentence>> = {
  [NAME_TAKEN]: {
    en: 'Zoho Books already has a customer of this name. Give it the payer’s e-mail address there, or rename it, then retry.',
    fr: 'Zoho Books a déjà un client de ce nom. Donnez-lui l’adresse e-mail du payeur, ou renommez-le, puis relancez.',
  },
};

const bodySchema = z.object({ code: z.coerce.number(), message: z.string().catch('') });

/** Zoho Books states its verdict in `code`: anything but 0 is a failure, also in a 200. */
export function classify(answer: VendorAnswer): LiaisonError | null {
  const body = bodySchema.safeParse(jsonOf(answer)).data;
  const byStatus = httpFailure(answer, rules);
  if (body === undefined || body.code === 0) return limited(byStatus, answer);
  const kind = CODE_KINDS[body.code] ?? byStatus?.kind ?? 'rejected';
  const sentence = kind === 'rejected' ? SENTENCES[body.code] : undefined;
  const details: Partial<ErrorDetails> = {
    vendorMessage: `${body.code}: ${body.message}`,
    ...(sentence === undefined ? {} : { sentence }),
    ...(body.code === NAME_TAKEN ? { field: 'contact_name' } : {}),
  };
  return limited(failureOf(kind, answer, rules, details), answer);
}

/** Without `Retry-After`, Zoho Books says in `X-Rate-Limit-Reset` after how many seconds it counts anew. */
function limited(error: LiaisonError | null, answer: VendorAnswer): LiaisonError | null {
  if (error?.kind !== 'rate-limited' || error.details.retryAt !== undefined) return error;
  const seconds = Number(answer.headers.get('x-rate-limit-reset') ?? Number.NaN);
  if (!(seconds >= 0 && seconds <= 86_400)) return error;
  return failureOf('rate-limited', answer, rules, {
    ...error.details,
    retryAt: answer.now + seconds * 1_000,
  });
}
