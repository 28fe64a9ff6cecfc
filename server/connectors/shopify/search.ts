/** https://shopify.dev/docs/api/usage/search-syntax: what stands in quotes is a text, whatever its signs. */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const LONGEST = 100;

/** The orders in which a text stands; an e-mail address is one that somebody ordered with. Null: all of them. */
export function searched(text: string | null): string | null {
  const wanted = text?.trim().slice(0, LONGEST) ?? '';
  if (wanted === '') return null;
  return /^[^\s@]+@[^\s@]+$/.test(wanted) ? `email:${quoted(wanted)}` : quoted(wanted);
}

/** Those that changed at a moment or later. The bound is taken in, and counts in whole seconds. */
export const changedSince = (ms: number): string =>
  `updated_at:>='${new Date(ms).toISOString().slice(0, 19)}Z'`;
