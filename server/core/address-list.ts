import type { Sentence } from './sentence.ts';

/** Addresses of the network, as somebody lists them: single ones, and ranges as `203.0.113.0/24`. */

const MOST = 50;
/** A range that is wider says nothing of who delivers: bits that must be given at least. */
const NARROWEST: Readonly<Record<number, number>> = { 32: 16, 128: 32 };
const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const MAPPED = '0'.repeat(80) + '1'.repeat(16);

const bits = (numbers: readonly number[], width: number): string =>
  numbers.map((number) => number.toString(2).padStart(width, '0')).join('');

/** The bits of an address, 32 or 128 of them; null: it is none. One that only carries an IPv4 address is that one. */
function bitsOf(text: string): string | null {
  if (IPV4.test(text)) return bits(text.split('.').map(Number), 8);
  if (!/^[0-9a-f:.]+$/i.test(text) || !text.includes(':')) return null;
  // By the same rules that browsers read it with: RFC 4291, 2.2.
  const host = URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1);
  if (host === undefined) return null;
  const [before = '', after] = host.split('::');
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [left, right] = [groups(before), groups(after ?? '')];
  const whole = bits([...left, ...Array(8 - left.length - right.length).fill(0), ...right], 16);
  return whole.startsWith(MAPPED) ? whole.slice(MAPPED.length) : whole;
}

/** The bits that an address of the range begins with, and how many an address has; null: it is no range. */
function rangeOf(text: string): { readonly start: string; readonly of: number } | null {
  const [address = '', length, ...more] = text.split('/');
  const found = bitsOf(address);
  if (found === null || more.length > 0) return null;
  if (length === undefined) return { start: found, of: found.length };
  const kept = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  const isRange = kept >= (NARROWEST[found.length] ?? 0) && kept <= found.length;
  return isRange ? { start: found.slice(0, kept), of: found.length } : null;
}

const partsOf = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== '');

/**
 * Reads a list that somebody typed, parted by spaces or commas.
 *
 * @returns the list as it is stored, empty where nothing was typed, or why it cannot be one.
 */
export function readAddressList(text: string): { readonly list: string } | { readonly refused: Sentence } {
  const parts = partsOf(text);
  if (parts.length > MOST) return { refused: TOO_MANY };
  const wrong = parts.find((part) => rangeOf(part) === null);
  return wrong === undefined ? { list: parts.join(' ') } : { refused: noAddress(wrong) };
}

/** Whether an address stands in a list that `readAddressList` gave. What is no address stands in none. */
export function isListed(list: string, address: string): boolean {
  const found = bitsOf(address);
  if (found === null) return false;
  return partsOf(list).some((part) => {
    const range = rangeOf(part);
    return range !== null && range.of === found.length && found.startsWith(range.start);
  });
}

const TOO_MANY: Sentence = {
  en: `At most ${MOST} addresses can be listed. Use ranges, such as 198.51.100.0/24.`,
  fr: `${MOST} adresses au plus peuvent figurer dans la liste. Utilisez des plages, comme 198.51.100.0/24.`,
};
const noAddress = (written: string): Sentence => ({
  en: `“${written.slice(0, 60)}” is no network address, or too wide a range. Write addresses such as 198.51.100.7, or ranges of a network such as 198.51.100.0/24.`,
  fr: `«\u00a0${written.slice(0, 60)}\u00a0» n’est pas une adresse réseau, ou est une plage trop large. Écrivez des adresses comme 198.51.100.7, ou des plages comme 198.51.100.0/24.`,
});
