import { amountText, amountWithCurrency } from './amount-text.ts';

it.each([
  [12_500, 'EUR', '12 500'],
  [0, 'EUR', '0'],
  [0.1 + 0.2, 'EUR', '0,30'],
  [1_234_567.891, 'EUR', '1 234 567,89'],
  [49.5, 'USD', '49,50'],
  [1_500.4, 'JPY', '1 500'],
  [1_234.5, 'KWD', '1 234,500'],
  [1_234.56789, 'KWD', '1 234,568'],
  [-12.005, 'EUR', '-12,01'],
  [-0.001, 'EUR', '0,00'],
  [7.25, null, '7,25'],
])('%d of %s is written %s', (value, currency, text) => {
  expect(amountText(value, currency, 'fr-FR')).toBe(text);
});

it.each([
  [60_000, 'KES', 'fr-FR', '60 000 KES'],
  [12_500, 'EUR', 'fr-FR', '12 500 €'],
  [0.1 + 0.2, 'EUR', 'fr-FR', '0,30 €'],
  [1_500.4, 'JPY', 'en-GB', 'JP¥1,500'],
  [12.5, 'GBP', 'en-GB', '£12.50'],
])('%d %s with its sign in %s is %s', (value, currency, locale, text) => {
  expect(amountWithCurrency(value, currency, locale)).toBe(text);
});
