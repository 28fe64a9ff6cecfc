import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** What stands before a number that is also an address: `tel:+33612345678`. */
const SCHEME = /^\s*(?:tel|callto):/i;
/** An extension in words that the library does not know; kept as the number's, as the words that it knows are. */
const EXTENSION = /\s*[,;(]?\s*\b(?:post(?:e)?|durchwahl|dw|interno)\b\.?\s*:?\s*(\d{1,7})\)?\s*$/i;

/**
 * A phone number as E.164, with its extension (`+33612345678;ext=12`). What is no number of any country
 * keeps its digits, its plus signs and its letters (`0612poste3`): two that differ must not look alike.
 *
 * @param country ISO 3166 country of numbers that name none.
 */
export function canonicalPhone(text: string, country: string): string {
  const name = `${country} ${text}`;
  const known = read.get(name);
  if (known !== undefined) return known;
  const canonical = canonicalOf(text, country);
  if (read.size >= MOST_READ) read.clear();
  read.set(name, canonical);
  return canonical;
}

/** Reading a number is the dearest part of a comparison, and each is compared several times. */
const read = new Map<string, string>();
const MOST_READ = 20_000;

function canonicalOf(text: string, country: string): string {
  const written = text.normalize('NFKC').trim().replace(SCHEME, '');
  // In this order: a capital may become a letter with a sign of its own.
  const bare = written.toLowerCase().replace(/[^\p{L}\d+]/gu, '');
  // Nothing but punctuation is still a value: an empty text would read as a cleared field.
  return (
    e164(written.replace(EXTENSION, ';ext=$1'), country) ??
    e164(bare, country) ??
    fromAbroad(bare, country) ??
    (bare || written)
  );
}

/** Two zeros are the way out of most countries, and people write it also where it is another one. */
const fromAbroad = (bare: string, country: string): string | null =>
  bare.startsWith('00') ? e164(`+${bare.slice(2)}`, country) : null;

function e164(text: string, country: string): string | null {
  const number = parsePhoneNumberFromString(text, {
    extract: false,
    ...(isSupportedCountry(country) ? { defaultCountry: country as CountryCode } : {}),
  });
  if (!number?.isPossible()) return null;
  return number.ext ? `${number.number};ext=${number.ext}` : number.number;
}
