import { formatNumber } from './format.ts';

describe('formatNumber', () => {
  it('writes thousands of French with a plain space and no decimals for whole amounts', () => {
    expect(formatNumber(12_500, 'fr-FR')).toBe('12 500');
    expect(formatNumber(1_234_567.5, 'fr-FR')).toBe('1 234 567,50');
  });

  it('follows the locale', () => {
    expect(formatNumber(12_500.25, 'en-GB')).toBe('12,500.25');
    expect(formatNumber(0, 'de-DE')).toBe('0');
  });
});
