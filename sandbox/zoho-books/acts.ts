import { z } from 'zod';
import type { VendorDesk } from '../core/simulator.ts';
import { booksAt } from './books.ts';
import { addCurrency } from './currencies.ts';

const wishes = z.strictObject({ act: z.literal('add-currency'), code: z.string().length(3) });

/**
 * What people do in their books: `add-currency`.
 *
 * @throws Error with a sentence for what cannot be done.
 */
export function actInBooks(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const asked = wishes.safeParse(wish);
  if (!asked.success)
    throw new Error(`Zoho Books does not know this act: ${asked.error.issues[0]?.message}.`);
  return { currency: addCurrency(booksAt(desk), asked.data.code) };
}
