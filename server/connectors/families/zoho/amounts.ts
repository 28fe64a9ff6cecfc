import { z } from 'zod';

// Part of the language since 2025; the compiler's library does not name it yet.
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };

/**
 * A decimal text as a JSON number of exactly these digits: it does not go through a floating point number.
 *
 * @throws RangeError for text that is no plain decimal number.
 */
export function exactNumber(decimal: string): unknown {
  if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(decimal)) throw new RangeError(`"${decimal}" is no decimal number`);
  return rawJSON(decimal);
}

/** Amounts come as JSON numbers (some editions send text); they are kept as decimal text. */
export const amountSchema = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)]).transform(String);
