/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): seconds, decimals too because some vendors send them, or an HTTP
 * date. A date is read against the answer's own `Date`, so that a clock that is wrong on either side does
 * no harm.
 *
 * @returns epoch milliseconds by the caller's clock, or undefined when the header is absent or senseless.
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return now + Math.ceil(Number(value) * 1_000);
  // `Date.parse` takes bare numbers and signs for years; an HTTP date always has letters.
  const date = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  const sentAt = Date.parse(headers.get('date') ?? '');
  return Math.max(now, Number.isNaN(sentAt) ? date : now + (date - sentAt));
}
