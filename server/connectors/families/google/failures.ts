import { z } from 'zod';
import type { VendorAnswer } from '../../../core/connector.ts';
import type { ErrorKind } from '../../../core/errors.ts';
import type { Said } from '../../../kit/failures.ts';

/**
 * Reasons of all of Google's APIs that say more than the status that they come with. Over quota is a 403 with a
 * reason, or a 429: treated alike.
 * https://developers.google.com/workspace/calendar/api/guides/errors
 */
export const GOOGLE_REASONS: Readonly<Record<string, ErrorKind>> = {
  rateLimitExceeded: 'rate-limited',
  userRateLimitExceeded: 'rate-limited',
  quotaExceeded: 'rate-limited',
  RATE_LIMIT_EXCEEDED: 'rate-limited',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'reconnect',
  insufficientPermissions: 'reconnect',
};

const reasonSchema = z.looseObject({ reason: z.string().catch('') });
const errorSchema = z.object({
  error: z.object({
    message: z.string().catch(''),
    status: z.string().catch(''),
    errors: z.array(reasonSchema).catch([]),
    details: z.array(reasonSchema).catch([]),
  }),
});

/** Google's failures stand in the status, with their reasons in `error`; a success states none. */
export function googleSaid(
  body: unknown,
  { status }: VendorAnswer,
): (Said & { readonly message: string; readonly parts: readonly object[] }) | null {
  const error = status < 400 ? undefined : errorSchema.safeParse(body).data?.error;
  if (error === undefined) return null;
  const codes = [...error.details, ...error.errors].map(({ reason }) => reason);
  return {
    codes: [...codes, error.status],
    details: { vendorMessage: error.message },
    message: error.message,
    parts: error.details,
  };
}
