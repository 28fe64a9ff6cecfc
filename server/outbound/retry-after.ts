/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): seconds, decimals too (some vendors send them), or an HTTP date,
 * which is read against the vendor's own `Date` so that a wrong clock on either side does no harm.
 *
 * @returns epoch milliseconds by our clock, or undefined when the header is absent or means nothing.
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return now + Math.ceil(Number(value) * 1000);
  if (!/[a-z]/i.test(value)) return undefined;
  const date = Date.parse(value);
  if (Number.isNaN(date)) return undefined;
  const vendorNow = Date.parse(headers.get('date') ?? '');
  return Math.max(now, Number.isNaN(vendorNow) ? date : now + (date - vendorNow));
}
