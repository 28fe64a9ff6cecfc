/** Quantities have up to six decimals: they are counted in whole millionths. */
const DECIMALS = 6;
const MILLION = 10n ** BigInt(DECIMALS);

/** Millionths of a quantity. @param decimal `2`, `-0.75`; further decimals are left out. @throws RangeError for other text. */
export function millionthsOf(decimal: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(decimal.trim()) ?? [];
  if (whole === undefined) throw new RangeError(`"${decimal}" is no quantity`);
  const value = BigInt(whole) * MILLION + BigInt(fraction.slice(0, DECIMALS).padEnd(DECIMALS, '0'));
  return sign === '-' ? -value : value;
}

/** Decimal text of so many millionths: `-0.75`. */
export function quantityText(millionths: bigint): string {
  const size = millionths < 0n ? -millionths : millionths;
  const fraction = String(size % MILLION)
    .padStart(DECIMALS, '0')
    .replace(/0+$/, '');
  return `${millionths < 0n ? '-' : ''}${size / MILLION}${fraction === '' ? '' : `.${fraction}`}`;
}
