import { fitText } from '../../core/fit-text.ts';
import { tidy } from '../families/zoho/finance-lines.ts';

/**
 * The longest texts that Zoho Books takes, in characters, as its reference states them for each field
 * (https://www.zoho.com/books/api/v3/contacts/, .../invoices/); a longer one is refused with code 15.
 */
export const LENGTHS = {
  contactName: 200,
  personName: 100,
  email: 100,
  phone: 50,
  comment: 2_000,
  /** Of a recurring invoice: https://www.zoho.com/books/api/v3/recurring-invoices/ */
  profileName: 100,
};

/**
 * A customer's name as Books takes it.
 *
 * @param by what tells this customer from another of the same name; it always stands whole.
 */
export function contactName(name: string, by: string | null = null): string {
  if (by === null) return fitText(tidy(name), LENGTHS.contactName);
  const mark = ` (${by})`;
  return `${fitText(tidy(name), LENGTHS.contactName - mark.length)}${mark}`;
}

/** First and last name of a person; the first word is taken for the first name. */
export function personNames(name: string): { first_name: string; last_name: string } {
  const [first = '', ...rest] = tidy(name).split(' ');
  return {
    first_name: fitText(first, LENGTHS.personName),
    last_name: fitText(rest.join(' '), LENGTHS.personName),
  };
}

/** An address as Books takes it; null for one that it refuses: an address is never cut. */
export function emailFor(email: string | null): string | null {
  if (email === null || email.length > LENGTHS.email) return null;
  return /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@.\p{Cc}]{2,}$/u.test(email) ? email : null;
}

export const commentText = (text: string): string => fitText(text, LENGTHS.comment);

/** What a recurring invoice is called: each has a name of its own, and what tells it from others always stands whole. */
export function profileName(title: string, by: string): string {
  const mark = `(${by})`;
  return `${fitText(tidy(title), LENGTHS.profileName - mark.length - 1)} ${mark}`.trim();
}
