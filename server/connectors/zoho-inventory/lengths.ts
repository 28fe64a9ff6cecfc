import { fitText } from '../../core/fit-text.ts';

/** The longest texts that Zoho's finance applications take, in characters: https://www.zoho.com/books/api/v3/invoices/ */
export const LENGTHS = { lineName: 100, reference: 100 };

/** A line's name on one line, without characters that nobody sees. */
export const lineName = (name: string): string =>
  fitText(name.replace(/[\s\p{Cc}]+/gu, ' ').trim(), LENGTHS.lineName);
