import { foldText } from '../cells/fold-text.ts';
import { addressIn } from '../cells/read-text.ts';
import type { FormField, FormValue } from './answer.ts';

/** What of a person a form may ask, whatever it calls it. */
export type PersonPart = 'email' | 'phone' | 'firstName' | 'lastName' | 'fullName' | 'company';

/** A question longer than this asks for more than a name. */
const LONGEST_LABEL = 80;

const LABELS: readonly (readonly [PersonPart, RegExp])[] = [
  ['email', /\b(e ?mail|courriel|mail|mel)\b/],
  ['phone', /\b(phone|phone ?number|telephone|tel|mobile|portable|cell|whatsapp)\b/],
  [
    'company',
    /\b(company|organi[sz]ation|business|employer|entreprise|societe|raison sociale|organisme|etablissement)\b/,
  ],
  [
    'fullName',
    /\b(full ?name|nom complet|(first )?name and (last ?name|surname)|nom (et|&) prenom|prenom (et|&) nom)\b/,
  ],
  ['firstName', /\b(first ?name|given ?name|forename|prenom|name first)\b/],
  ['lastName', /\b(last ?name|family ?name|surname|nom de famille|name last)\b/],
  ['fullName', /\b(name|nom)\b/],
];

/** `PhoneNumber_countrycode` is `phone number countrycode`. */
const wordsOf = (text: string): string =>
  foldText(text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function partOf({ title, key, kind, origin }: FormField): PersonPart | null {
  if (kind === 'email') return 'email';
  if (kind === 'phone') return 'phone';
  if ((kind !== 'text' && kind !== 'other') || origin === 'told') return null;
  for (const text of [title, key]) {
    if (text.length > LONGEST_LABEL) continue;
    const words = wordsOf(text);
    const found = LABELS.find(([, label]) => label.test(words));
    if (found !== undefined) return found[0];
  }
  return null;
}

/** What can be no such thing, whatever it is called: a tick “by e-mail” is no address. */
function couldBe(part: PersonPart, { value }: FormValue): boolean {
  if (typeof value === 'boolean' || (typeof value === 'object' && value.length !== 1)) return false;
  const text = String(value);
  if (part === 'email') return addressIn(text) !== null;
  if (part === 'phone') return (text.match(/\d/g) ?? []).length >= 5;
  return typeof value !== 'number' && !text.includes('@');
}

/**
 * What an answer says of the person, by the types and the labels of its fields: the first that is called so, for each
 * part. A name in parts goes before a whole one.
 */
export function recognise(values: readonly FormValue[]): ReadonlyMap<PersonPart, FormValue> {
  const found = new Map<PersonPart, FormValue>();
  for (const value of values) {
    const part = partOf(value);
    if (part !== null && !found.has(part) && couldBe(part, value)) found.set(part, value);
  }
  // Beside a first name, “Name” is the family’s.
  const whole = found.get('fullName');
  if (whole !== undefined && found.has('firstName') && !found.has('lastName')) {
    found.set('lastName', whole);
    found.delete('fullName');
  }
  if (found.has('lastName')) found.delete('fullName');
  return found;
}

/** A whole name in its parts: `Léa de La Tour`, `Martin, Léa`. One word is the family’s. */
export function partsOfName(name: string): { readonly first: string; readonly last: string } {
  const tidy = name.replace(/\s+/gu, ' ').trim();
  const comma = /^([^,]+), *([^,]+)$/.exec(tidy);
  if (comma) return { first: comma[2] ?? '', last: comma[1] ?? '' };
  const border = tidy.indexOf(' ');
  return border === -1
    ? { first: '', last: tidy }
    : { first: tidy.slice(0, border), last: tidy.slice(border + 1) };
}
