import type { FieldKind, FieldValue } from '../sync-object.ts';
import { canonical, sameValue } from './canonical.ts';
import { personName } from './person-name.ts';

/** Kinds that vendors store as they are given: another value of them is somebody's. */
const EXACT: ReadonlySet<FieldKind> = new Set([
  'consent',
  'boolean',
  'date',
  'birthday',
  'code',
  'price',
  'stock',
]);

/**
 * Whether what a vendor shows can be its own spelling of what it was sent: cased, cut, stripped of signs,
 * reformatted, rounded, or not kept at all. Asked only where the vendor gives both states one version.
 * Consent is never spelled: an opt-out that appears is a person's.
 *
 * @param country ISO 3166 country of phone numbers that name none.
 * @example couldBeSpelling('text', 'Jean-Bernard', 'JEAN-BER', 'FR') // true
 */
export function couldBeSpelling(
  kind: FieldKind,
  sent: FieldValue | undefined,
  shown: FieldValue | undefined,
  country: string,
): boolean {
  const [given, kept] = [canonical(kind, sent, country), canonical(kind, shown, country)];
  if (sameValue(given, kept)) return true;
  if (EXACT.has(kind) || given === null) return false;
  if (kept === null || kind === 'json') return true;
  if (kind === 'labels') return within(lettersOfEach(given), lettersOfEach(kept));
  if (typeof given === 'number' && typeof kept === 'number') return rounded(given, kept);
  if (kind === 'name') return isCut(wordsOf(given), wordsOf(kept));
  return isCut(letters(String(given)), letters(String(kept)));
}

/** What is left of a text when case, accents, signs and spaces are taken away. */
const letters = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\d]/gu, '')
    .toLowerCase();

/** A name's letters, in an order that does not depend on which part is the given one. */
function wordsOf(value: FieldValue): string {
  const name = personName(value);
  return letters(`${name?.given ?? ''} ${name?.family ?? ''}`);
}

/** Nothing that was sent may be added to, or replaced: only the end may be missing. */
const isCut = (sent: string, shown: string): boolean => sent.startsWith(shown);

const lettersOfEach = (value: FieldValue): string[] =>
  Array.isArray(value) ? value.map((label) => letters(String(label))) : [letters(String(value))];

const within = (sent: readonly string[], shown: readonly string[]): boolean =>
  shown.every((one) => sent.includes(one));

/** Fewer decimals of the same number. */
function rounded(sent: number, shown: number): boolean {
  const decimals = (String(shown).split('.')[1] ?? '').length;
  return decimals < (String(sent).split('.')[1] ?? '').length && Math.abs(sent - shown) < 10 ** -decimals;
}
