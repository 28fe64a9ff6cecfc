/**
 * Exact arithmetic on amounts. Inside, every amount is an integer of the currency's smallest unit;
 * only the answers turn it into the decimal number that the API carries.
 */

interface Decimal {
  readonly digits: bigint;
  /** How many of the digits stand after the point. */
  readonly scale: number;
}

/** Reads a JSON number, or a number written as text; null when it is neither. */
export function decimalOf(value: unknown): Decimal | null {
  const text =
    typeof value === 'number' && Number.isFinite(value)
      ? value.toString()
      : typeof value === 'string'
        ? value.trim()
        : '';
  const parts = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i.exec(text);
  if (!parts) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** Rounds half away from zero, as invoices do. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const half = denominator / 2n;
  return numerator >= 0n ? (numerator + half) / denominator : -((-numerator + half) / denominator);
}

/** The value in smallest units of a currency with `precision` decimals; null when it is no number. */
export function toMinor(value: unknown, precision: number): number | null {
  const decimal = decimalOf(value);
  if (!decimal) return null;
  return Number(rounded(decimal.digits * 10n ** BigInt(precision), 10n ** BigInt(decimal.scale)));
}

/** True when the value has more decimals than the currency. */
export function tooPrecise(value: unknown, precision: number): boolean {
  const decimal = decimalOf(value);
  if (!decimal) return false;
  return (decimal.digits * 10n ** BigInt(precision)) % 10n ** BigInt(decimal.scale) !== 0n;
}

/** The decimal number that the API carries: `1250` at precision 2 is `12.5`. */
export function fromMinor(minor: number, precision: number): number {
  return Number(`${minor}e-${precision}`);
}

/** `rate × quantity` in smallest units, rounded once. */
export function product(rate: Decimal, quantity: Decimal, precision: number): number {
  const numerator = rate.digits * quantity.digits * 10n ** BigInt(precision);
  return Number(rounded(numerator, 10n ** BigInt(rate.scale + quantity.scale)));
}

/** A percentage (`20`, `5.5`) of an amount in smallest units. */
export function percentageOf(minor: number, percentage: number): number {
  const part = decimalOf(percentage) ?? { digits: 0n, scale: 0 };
  return Number(rounded(BigInt(minor) * part.digits, 100n * 10n ** BigInt(part.scale)));
}

/** What an amount was before a percentage was added to it. */
export function withoutPercentage(minor: number, percentage: number): number {
  const part = decimalOf(percentage) ?? { digits: 0n, scale: 0 };
  const whole = 100n * 10n ** BigInt(part.scale);
  return Number(rounded(BigInt(minor) * whole, whole + part.digits));
}
