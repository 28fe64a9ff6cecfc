import { z } from 'zod';
import type { VendorAnswer } from '../../../core/connector.ts';
import { type ErrorDetails, LiaisonError } from '../../../core/errors.ts';
import { failures, type Meaning } from '../../../kit/failures.ts';

const bodySchema = z.object({ code: z.coerce.number(), message: z.string().catch('') });

/** What an application's own codes mean beside those that all have. */
interface OwnCodes {
  readonly codes?: Readonly<Record<number, Meaning>>;
  /** More that a code says: the field at fault. */
  details?(code: number): Partial<ErrorDetails>;
}

/**
 * Zoho's finance applications state their verdict in `code`: anything but 0 is a failure, also in a 200.
 * https://www.zoho.com/books/api/v3/errors/, https://www.zoho.com/inventory/api/v1/errors/ and what their users publish.
 */
export function financeFailures(
  vendor: string,
  { codes = {}, details }: OwnCodes = {},
): (answer: VendorAnswer) => LiaisonError | null {
  const table = failures({
    vendor,
    said(body) {
      const verdict = bodySchema.safeParse(body).data;
      if (verdict === undefined || verdict.code === 0) return null;
      return {
        codes: [verdict.code],
        details: { vendorMessage: `${verdict.code}: ${verdict.message}`, ...details?.(verdict.code) },
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
      ...codes,
    },
    otherwise: { kind: 'rejected' },
  });
  return (answer) => {
    const error = table.classify(answer);
    if (error?.kind !== 'rate-limited' || error.details.retryAt !== undefined) return error;
    // Without `Retry-After` they say in `X-Rate-Limit-Reset` after how many seconds they count anew.
    const seconds = Number(answer.headers.get('x-rate-limit-reset') ?? Number.NaN);
    if (!(seconds >= 0 && seconds <= 86_400)) return error;
    return new LiaisonError('rate-limited', { ...error.details, retryAt: answer.now + seconds * 1_000 });
  };
}
