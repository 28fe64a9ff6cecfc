import { z } from 'zod';
import type { VendorAnswer } from '../../core/connector.ts';
import type { ErrorDetails, ErrorKind, LiaisonError } from '../../core/errors.ts';
import { failureOf, httpFailure, jsonOf } from '../../core/http-failure.ts';
import type { Sentence } from '../../core/sentence.ts';

export const VENDOR = 'Google Calendar';
const rules = { vendor: VENDOR };

const errorSchema = z.object({
  error: z.object({
    message: z.string().catch(''),
    errors: z.array(z.object({ reason: z.string().optional() })).catch([]),
    details: z.array(z.object({ reason: z.string().optional() })).catch([]),
  }),
});

/**
 * Reasons that say more than the status that they come with.
 * https://developers.google.com/workspace/calendar/api/guides/errors
 */
const REASON_KINDS: Readonly<Record<string, ErrorKind>> = {
  rateLimitExceeded: 'rate-limited',
  userRateLimitExceeded: 'rate-limited',
  quotaExceeded: 'rate-limited',
  calendarUsageLimitsExceeded: 'rate-limited',
  RATE_LIMIT_EXCEEDED: 'rate-limited',
  insufficientPermissions: 'reconnect',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'reconnect',
  fullSyncRequired: 'cursor-lost',
  updatedMinTooLongAgo: 'cursor-lost',
};

const SENTENCES: Readonly<Record<string, Sentence>> = {
  forbiddenForNonOrganizer: {
    en: 'Only the organiser may change this meeting in Google Calendar. Ask the organiser, or change it back in the CRM.',
    fr: 'Seul l’organisateur peut modifier cette réunion dans Google Calendar. Demandez-le-lui, ou revenez en arrière dans le CRM.',
  },
  requiredAccessLevel: {
    en: 'The connected Google account may not write to this calendar. Share it with that account, or choose another calendar.',
    fr: 'Le compte Google connecté ne peut pas écrire dans cet agenda. Partagez-le avec ce compte, ou choisissez un autre agenda.',
  },
  timeRangeEmpty: {
    en: 'This meeting ends before it begins. Correct its times, then retry.',
    fr: 'Cette réunion finit avant de commencer. Corrigez ses horaires, puis relancez.',
  },
};

/** Over quota is a 403 with a reason, or a 429: treated alike. A sync token that is gone comes as a 410. */
export function classify(answer: VendorAnswer): LiaisonError | null {
  const byStatus = httpFailure(answer, rules);
  if (byStatus === null) return null;
  const error = errorSchema.safeParse(jsonOf(answer)).data?.error;
  const reasons = [...(error?.errors ?? []), ...(error?.details ?? [])].map(({ reason }) => reason ?? '');
  const isLostCursor = answer.status === 410 && answer.url.searchParams.has('syncToken');
  const kind = isLostCursor
    ? 'cursor-lost'
    : (reasons.map((reason) => REASON_KINDS[reason]).find(Boolean) ?? byStatus.kind);
  const sentence = reasons.map((reason) => SENTENCES[reason]).find(Boolean);
  const details: Partial<ErrorDetails> = {
    ...(error === undefined ? {} : { vendorMessage: error.message }),
    ...(sentence === undefined || kind !== byStatus.kind ? {} : { sentence }),
  };
  return failureOf(kind, answer, rules, details);
}
