import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import type { ErrorDetails, ErrorKind, LiaisonError } from '../../core/errors.ts';
import { failureOf, httpFailure, jsonOf } from '../../core/http-failure.ts';
import type { Sentence } from '../../core/sentence.ts';

export const VENDOR = 'Google Sheets';
const rules = { vendor: VENDOR };

const errorSchema = z.object({
  error: z.object({
    message: z.string().catch(''),
    errors: z.array(z.object({ reason: z.string().optional() })).catch([]),
    details: z.array(z.object({ reason: z.string().optional() })).catch([]),
  }),
});

/**
 * Reasons that say more than the 403 or 400 that they come with.
 * https://developers.google.com/workspace/sheets/api/limits
 */
const REASON_KINDS: Readonly<Record<string, ErrorKind>> = {
  rateLimitExceeded: 'rate-limited',
  userRateLimitExceeded: 'rate-limited',
  quotaExceeded: 'rate-limited',
  RATE_LIMIT_EXCEEDED: 'rate-limited',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'reconnect',
  insufficientPermissions: 'reconnect',
};

const SENTENCES: Readonly<Record<number, Sentence>> = {
  400: {
    en: 'Google Sheets does not know this tab or range. Check its name in the flow’s settings, then retry.',
    fr: 'Google Sheets ne connaît pas cet onglet ou cette plage. Vérifiez son nom dans les réglages du flux, puis relancez.',
  },
  403: {
    en: 'The connected Google account may not open this sheet. Share the sheet with it, then retry.',
    fr: 'Le compte Google connecté ne peut pas ouvrir cette feuille. Partagez-la avec lui, puis relancez.',
  },
  404: {
    en: 'This Google sheet does not exist. Check its address in the flow’s settings, then retry.',
    fr: 'Cette feuille Google n’existe pas. Vérifiez son adresse dans les réglages du flux, puis relancez.',
  },
};

/** Over quota is a 403 with a reason, or a 429: treated alike. */
export function classify(answer: VendorAnswer): LiaisonError | null {
  const byStatus = httpFailure(answer, rules);
  if (byStatus === null) return null;
  const error = errorSchema.safeParse(jsonOf(answer)).data?.error;
  const reasons = [...(error?.details ?? []), ...(error?.errors ?? [])].map(({ reason }) => reason ?? '');
  const kind = reasons.map((reason) => REASON_KINDS[reason]).find(Boolean) ?? byStatus.kind;
  const sentence = kind === byStatus.kind ? SENTENCES[answer.status] : undefined;
  const details: Partial<ErrorDetails> = {
    ...(error === undefined ? {} : { vendorMessage: error.message }),
    ...(sentence === undefined ? {} : { sentence }),
  };
  return failureOf(kind, answer, rules, details);
}
