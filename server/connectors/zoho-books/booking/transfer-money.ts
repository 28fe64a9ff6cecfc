import type { RunContext, StepDeclaration } from '../../../core/flow.ts';
import { decimalOf, type Money } from '../../../core/money.ts';
import { zohoBooks } from '../connector.ts';
import { currencyIdOf } from './customer-failures.ts';
import { ownOf } from './own-of.ts';

export const transferSteps = {
  transfer: {
    titles: { en: 'Record the transfer', fr: 'Enregistrer le virement' },
    connector: 'zoho-books',
    effect: 'lookup',
  },
  transferred: {
    titles: { en: 'Look whether the transfer is there', fr: 'Vérifier si le virement est là' },
    connector: 'zoho-books',
    effect: 'read',
  },
} as const satisfies Record<string, StepDeclaration>;

type Looking = Pick<RunContext<unknown, never>, 'client' | 'linked' | 'linkedElsewhere'>;
type Run = Looking & Pick<RunContext<unknown, 'transfer'>, 'write' | 'link'>;

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
  /** Somebody asked for it: what was deleted in Books is made anew. */
  readonly isAgain?: boolean;
}

/** The name under which a transfer is remembered. */
export const transferKey = (reference: string): string => `transferred ${reference}`;

type Sought = Pick<Transfer, 'reference' | 'fromId'>;

/** The transfer of this reference in the lists of Books, by its id; null: there is none. */
async function listed(run: Looking, { reference, fromId }: Sought): Promise<string | null> {
  const transfers = await run.client(zohoBooks).transfersByReference(fromId, reference);
  const [found] = await ownOf(run, transferKey(reference), transfers);
  return found?.id ?? null;
}

/**
 * Whether a transfer stands in Books by now: also one whose answer was lost, so that nobody here remembers it, and no longer
 * one that somebody deleted there.
 *
 * @param transfer `fromId` empty: no account is chosen, so that only what is remembered can be looked for.
 */
export async function isTransferred(run: Looking, transfer: Sought): Promise<boolean> {
  // What was made a moment ago stands in no list yet.
  const known = await run.linked(transferKey(transfer.reference));
  const books = run.client(zohoBooks);
  if (known !== null && (await books.transfer(known)) !== null) return true;
  return transfer.fromId !== '' && (await listed(run, transfer)) !== null;
}

/** Records money that went from one account of the books to another, once. @returns whether this run made it. */
export async function transferMoney(run: Run, transfer: Transfer): Promise<boolean> {
  const { client, write, link } = run;
  const { reference, fromId, toId, money, date, description, isAgain = false } = transfer;
  const made = await write<{ id: string; isNew?: boolean }>('transfer', {
    findFirst: true,
    async find() {
      // What was made a moment ago stands in no list yet, and what was deleted since is not made again by itself.
      const known = await run.linked(transferKey(reference));
      const isGone = known !== null && isAgain && (await client(zohoBooks).transfer(known)) === null;
      const id = (isGone ? null : known) ?? (await listed(run, transfer));
      return id === null ? null : { id };
    },
    async send() {
      const currencyId = await currencyIdOf(money.currency, client);
      const wish = { fromId, toId, date, reference, description, currencyId };
      const { id } = await client(zohoBooks).createTransfer({ ...wish, amount: decimalOf(money) });
      return { id, isNew: true };
    },
  });
  await link(transferKey(reference), made.id);
  return made.isNew === true;
}
