/**
 * The longest that a vendor is taken at its word: who says more is asked again after a day, since a mistake in
 * one header would otherwise park an account for good.
 */
const LONGEST_MS = 24 * 3_600_000;

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): seconds, decimals too because some vendors send them, or an HTTP
 * date. A date is read against the answer's own `Date`, so that a clock that is wrong on either side does
 * no harm.
 *
 * @returns epoch milliseconds by the caller's clock, at most a day ahead, or undefined when the header is absent or senseless.
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return now + Math.min(LONGEST_MS, Math.ceil(Number(value) * 1_000));
  // `Date.parse` takes bare numbers and signs for years; an HTTP date always has letters.
  const date = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  const sentAt = Date.parse(headers.get('date') ?? '');
  const waitMs = date - (Number.isNaN(sentAt) ? now : sentAt);
  return now + Math.min(LONGEST_MS, Math.max(0, waitMs));
}
