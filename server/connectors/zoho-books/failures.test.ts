import type { VendorAnswer } from '../../core/connector.ts';
import { exactNumber } from '../families/zoho/amounts.ts';
import { classify } from './failures.ts';

function answer(status: number, body: unknown, headers: Record<string, string> = {}): VendorAnswer {
  const url = new URL('https://www.zohoapis.eu/books/v3/invoices');
  return {
    method: 'POST',
    url,
    status,
    headers: new Headers(headers),
    text: JSON.stringify(body),
    now: 1_000,
  };
}

describe('an answer of Zoho Books', () => {
  it('is a success by its code alone, 200 or 201', () => {
    for (const status of [200, 201])
      expect(classify(answer(status, { code: 0, message: 'success' }))).toBeNull();
  });

  it.each([
    [200, 9999, 'rejected'],
    [401, 57, 'reconnect'],
    [401, 14, 'reconnect'],
    [429, 44, 'rate-limited'],
    [400, 45, 'rate-limited'],
    [404, 1002, 'gone'],
    [400, 2, 'rejected'],
    [400, 3062, 'rejected'],
    [500, 9999, 'retry-later'],
  ])('of %d with code %d is %s', (status, code, kind) => {
    expect(classify(answer(status, { code, message: 'why' }))).toMatchObject({
      kind,
      details: { vendorMessage: `${code}: why` },
    });
  });

  it('of too many requests waits until the vendor counts anew', () => {
    const limited = (headers: Record<string, string>) =>
      classify(answer(429, { code: 44, message: 'slow' }, headers))?.details.retryAt;
    expect(limited({ 'x-rate-limit-reset': '30' })).toBe(31_000);
    expect(limited({ 'x-rate-limit-reset': '30', 'retry-after': '5' })).toBe(6_000);
    expect(limited({ 'x-rate-limit-reset': '1764000000' })).toBeUndefined();
    expect(limited({})).toBeUndefined();
  });
});

describe('an amount', () => {
  it('is sent with exactly the digits it has', () => {
    const json = JSON.stringify({
      amount: exactNumber('12500.50'),
      large: exactNumber('123456789012345678.01'),
    });
    expect(json).toBe('{"amount":12500.50,"large":123456789012345678.01}');
  });

  it('is never anything but a decimal number', () => {
    for (const text of ['', '1,5', '1e3', '01', 'NaN', '1}', '"1"'])
      expect(() => exactNumber(text)).toThrow(RangeError);
  });
});
