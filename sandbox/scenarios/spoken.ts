/** Amounts and texts of what a scenario says it did. */

export interface Said {
  readonly en: string;
  readonly fr: string;
}

const ZERO_DECIMALS = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
const THREE_DECIMALS = new Set('bhd jod kwd omr tnd'.split(' '));

/** Stripe's minor units in words. */
export function spokenAmount(minor: number, currency: string): Said {
  return spokenMoney(majorUnits(minor, currency), currency);
}

/** Stripe's minor units as the number that people write: https://docs.stripe.com/currencies#zero-decimal */
export function majorUnits(minor: number, currency: string): number {
  const code = currency.toLowerCase();
  const decimals = ZERO_DECIMALS.has(code) ? 0 : THREE_DECIMALS.has(code) ? 3 : 2;
  return Number(`${minor}e-${decimals}`);
}

/** An amount in whole euros, dollars … in words. */
export function spokenMoney(amount: number, currency: string): Said {
  const write = (locale: string): string =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: currency.toUpperCase(),
      trailingZeroDisplay: 'stripIfInteger',
    }).format(amount);
  return { en: write('en-GB'), fr: write('fr-FR') };
}
