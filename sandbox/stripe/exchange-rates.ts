/** What the accounts are settled in: money of any other currency is exchanged when it comes. */
export const SETTLED_IN = 'eur';

/** Euros for one unit of a currency; invented, and the same for ever. */
const EUROS: Readonly<Record<string, number>> = {
  usd: 0.92,
  gbp: 1.17,
  chf: 1.06,
  jpy: 0.0061,
  kwd: 2.99,
  isk: 0.0067,
  huf: 0.0025,
};

/** https://docs.stripe.com/currencies#zero-decimal and #three-decimal */
const WITHOUT_DECIMALS = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
const WITH_THREE = 'bhd jod kwd omr tnd'.split(' ');

const decimalsOf = (currency: string): number =>
  WITHOUT_DECIMALS.includes(currency) ? 0 : WITH_THREE.includes(currency) ? 3 : 2;

/** An amount of minor units in the currency of the account, and the rate; null: nothing was exchanged. */
export function settled(minor: number, currency: string): { minor: number; rate: number | null } {
  if (currency === SETTLED_IN) return { minor, rate: null };
  const rate = EUROS[currency] ?? 1;
  const major = minor / 10 ** decimalsOf(currency);
  return { minor: Math.round(major * rate * 10 ** decimalsOf(SETTLED_IN)), rate };
}
