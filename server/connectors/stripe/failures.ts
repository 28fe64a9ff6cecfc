import { z } from 'zod';
import { failures } from '../../kit/failures.ts';

export const VENDOR = 'Stripe';

const errorSchema = z.object({
  error: z.object({
    type: z.string().optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    param: z.string().optional(),
  }),
});

/** Failures of Stripe stand in the status, with their reason in `error`. https://docs.stripe.com/error-codes */
export const { classify } = failures({
  vendor: VENDOR,
  said(body) {
    const error = errorSchema.safeParse(body).data?.error;
    if (error === undefined) return null;
    const { code = '', type = '', message, param } = error;
    return {
      codes: [code, type],
      details: {
        vendorMessage: [code, message].filter(Boolean).join(': '),
        ...(param === undefined ? {} : { field: param }),
      },
    };
  },
  codes: {
    api_key_expired: 'reconnect',
    platform_api_key_expired: 'reconnect',
    rate_limit: 'rate-limited',
    lock_timeout: 'rate-limited',
    resource_missing: 'gone',
    idempotency_key_in_use: 'conflict',
    idempotency_error: 'rejected',
  },
  otherwise: { kind: 'unknown' },
  sentences: {
    403: {
      en: 'The Stripe key may not do this. Give the restricted key the permission that Stripe names, then retry.',
      fr: 'La clé Stripe n’en a pas le droit. Donnez à la clé restreinte la permission que Stripe indique, puis relancez.',
    },
  },
});
