import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import type { ErrorDetails, ErrorKind, LiaisonError } from '../../core/errors.ts';
import { failureOf, httpFailure, jsonOf } from '../../core/http-failure.ts';
import type { Sentence } from '../../core/sentence.ts';

const rules = { vendor: 'Stripe' };

const errorSchema = z.object({
  error: z.object({
    type: z.string().optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    param: z.string().optional(),
  }),
});

/** Codes that say more than their status. https://docs.stripe.com/error-codes */
const CODE_KINDS: Readonly<Record<string, ErrorKind>> = {
  api_key_expired: 'reconnect',
  platform_api_key_expired: 'reconnect',
  rate_limit: 'rate-limited',
  lock_timeout: 'rate-limited',
  resource_missing: 'gone',
  idempotency_key_in_use: 'conflict',
};

const MAY_NOT: Sentence = {
  en: 'The Stripe key may not do this. Give the restricted key the permission that Stripe names, then retry.',
  fr: 'La clé Stripe n’en a pas le droit. Donnez à la clé restreinte la permission que Stripe indique, puis relancez.',
};

/** Failures of Stripe stand in the status, with their reason in `error`. */
export function classify(answer: VendorAnswer): LiaisonError | null {
  const error = errorSchema.safeParse(jsonOf(answer)).data?.error;
  const byStatus = httpFailure(answer, rules);
  if (error === undefined) return byStatus;
  const known = CODE_KINDS[error.code ?? ''] ?? (error.type === 'idempotency_error' ? 'rejected' : undefined);
  const kind = known ?? byStatus?.kind ?? 'unknown';
  const details: Partial<ErrorDetails> = {
    vendorMessage: [error.code, error.message].filter(Boolean).join(': '),
    ...(error.param === undefined ? {} : { field: error.param }),
    ...(answer.status === 403 && kind === 'rejected' ? { sentence: MAY_NOT } : {}),
  };
  return failureOf(kind, answer, rules, details);
}
