/**
 * A whole number split in proportion, so that the parts are whole numbers too and their sum is the number: what
 * rounding leaves goes to the parts that lost most by it, the first of them first.
 *
 * @param weights 0 or more; without any above 0 the first one takes all.
 */
export function sharesOf(whole: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum <= 0) return weights.map((_, index) => (index === 0 ? whole : 0));
  const exact = weights.map((weight) => (whole * weight) / sum);
  const parts = exact.map(Math.trunc);
  const left = whole - parts.reduce((all, part) => all + part, 0);
  const byLoss = exact
    .map((value, index) => ({ index, lost: Math.abs(value - Math.trunc(value)) }))
    .sort((one, other) => other.lost - one.lost || one.index - other.index);
  for (const { index } of byLoss.slice(0, Math.abs(left)))
    parts[index] = (parts[index] ?? 0) + Math.sign(left);
  return parts;
}
