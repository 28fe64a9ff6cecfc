/**
 * A pure function that remembers what it made of texts, for as many of them as were asked for last. What it throws is
 * not remembered.
 *
 * @param most how many are remembered; the first one goes when there is one more.
 * @param make must make what nobody changes.
 */
export function remembered<Texts extends readonly string[], Made extends NonNullable<unknown> | null>(
  most: number,
  make: (...texts: Texts) => Made,
): (...texts: Texts) => Made {
  const kept = new Map<string, Made>();
  return (...texts) => {
    const key = texts.join('\0');
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make(...texts);
    if (kept.size >= most) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, made);
    return made;
  };
}
