import type { Books } from './books.ts';
import { invalid, Refusal } from './refusal.ts';

/** A currency of the organisation's books. */
export interface Currency {
  readonly currency_id: string;
  readonly currency_code: string;
  readonly currency_name: string;
  readonly currency_symbol: string;
  /** Digits after the decimal sign: 0 for the yen, 3 for the dinar. */
  readonly price_precision: number;
  readonly currency_format: string;
  readonly is_base_currency: boolean;
  /** Units of the base currency for one unit of this one. */
  readonly exchange_rate: number;
}

const currency = (
  last: string,
  code: string,
  name: string,
  symbol: string,
  precision: number,
  rate: number,
): Currency => ({
  currency_id: `4876000000000${last}`,
  currency_code: code,
  currency_name: name,
  currency_symbol: symbol,
  price_precision: precision,
  currency_format: precision === 0 ? '1 234 567' : `1 234 567,${'8'.repeat(precision)}`,
  is_base_currency: code === 'EUR',
  exchange_rate: rate,
});

/** What the books hold from the start. The euro is the base currency. */
export const currencies: readonly Currency[] = [
  currency('0097', 'EUR', 'Euro', '€', 2, 1),
  currency('0099', 'USD', 'US Dollar', '$', 2, 0.92),
  currency('0101', 'CHF', 'Swiss Franc', 'CHF', 2, 1.05),
  currency('0103', 'JPY', 'Japanese Yen', '¥', 0, 0.0061),
  currency('0105', 'GBP', 'Pound Sterling', '£', 2, 1.16),
  currency('0107', 'KWD', 'Kuwaiti Dinar', 'KWD', 3, 3.01),
  currency('0109', 'UGX', 'Ugandan Shilling', 'USh', 0, 0.00024),
  currency('0111', 'ISK', 'Icelandic Króna', 'kr', 0, 0.0067),
  currency('0113', 'XPF', 'CFP Franc', 'F', 0, 0.00838),
  currency('0115', 'HUF', 'Hungarian Forint', 'Ft', 2, 0.0025),
];

export function currencyByCode(code: string): Currency {
  const found = currencies.find((one) => one.currency_code === code);
  if (!found) throw new Error(`The books hold no currency ${code}.`);
  return found;
}

/** Every other one, as the books have it once somebody adds it. */
const further: readonly Currency[] = Intl.supportedValuesOf('currency')
  .filter((code) => currencies.every((one) => one.currency_code !== code))
  .map((code, at) => {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
    const precision = format.resolvedOptions().maximumFractionDigits ?? 2;
    return currency(String(1_001 + at), code, code, code, precision, 1);
  });

/** Held by the books or not. */
export const currencyById = (id: string): Currency | undefined =>
  [...currencies, ...further].find((one) => one.currency_id === id);

/** What the books hold now. */
export const heldCurrencies = ({ added }: Pick<Books, 'added'>): readonly Currency[] => [
  ...currencies,
  ...further.filter(({ currency_code: code }) => added.get(code) !== undefined),
];

/** Somebody adds a currency. https://www.zoho.com/books/api/v3/currency/#create-a-currency */
export function addCurrency(books: Books, code: string): Currency {
  if (heldCurrencies(books).some((one) => one.currency_code === code))
    throw new Refusal(400, 1001, `The currency ${code} already exists.`);
  const found = further.find((one) => one.currency_code === code);
  if (!found) throw invalid('currency_code');
  books.added.put(code, { code });
  return found;
}
