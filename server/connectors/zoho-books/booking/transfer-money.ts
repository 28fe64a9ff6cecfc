import type { RunContext, StepDeclaration } from '../../../core/flow.ts';
import { decimalOf, type Money } from '../../../core/money.ts';
import { zohoBooks } from '../connector.ts';
import { noCurrency } from './customer-failures.ts';

export const transferSteps = {
  transfer: {
    titles: { en: 'Record the transfer', fr: 'Enregistrer le virement' },
    connector: 'zoho-books',
    effect: 'lookup',
  },
} as const satisfies Record<string, StepDeclaration>;

type Run = Pick<RunContext<unknown, 'transfer'>, 'client' | 'write' | 'linked' | 'link' | 'linkedElsewhere'>;

export interface Transfer {
  readonly fromId: string;
  readonly toId: string;
  /** Above zero. */
  readonly money: Money;
  /** `2026-11-23` */
  readonly date: string;
  /** What it is found by again: unique, and never used for anything else. */
  readonly reference: string;
  readonly description: string;
}

/** The name under which a transfer is remembered. */
export const transferKey = (reference: string): string => `transferred ${reference}`;

/** Records money that went from one account of the books to another, once. @returns whether this run made it. */
export async function transferMoney(
  { client, write, linked, link, linkedElsewhere }: Run,
  transfer: Transfer,
): Promise<boolean> {
  const { reference, fromId, toId, money, date, description } = transfer;
  const books = () => client(zohoBooks);
  const key = transferKey(reference);
  const made = await write<{ id: string; isNew?: boolean }>('transfer', {
    findFirst: true,
    async find() {
      // What was made a moment ago stands in no list yet.
      const known = await linked(key);
      if (known !== null) return { id: known };
      const others = new Set(await linkedElsewhere(key));
      const found = (await books().transfersByReference(fromId, reference)).find(({ id }) => !others.has(id));
      return found === undefined ? null : { id: found.id };
    },
    async send() {
      const currency = (await books().currencies()).find(({ code }) => code === money.currency);
      if (currency === undefined) throw noCurrency(money.currency);
      const wish = { fromId, toId, date, reference, description, currencyId: currency.id };
      const { id } = await books().createTransfer({ ...wish, amount: decimalOf(money) });
      return { id, isNew: true };
    },
  });
  await link(key, made.id);
  return made.isNew === true;
}
