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
    titles: { en: 'Look whether the transfer was recorded', fr: 'Vérifier si le virement a été enregistré' },
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
}

/** The name under which a transfer is remembered. */
const transferKey = (reference: string): string => `transferred ${reference}`;

/** The transfer of this reference, by its id, as it is remembered or as Books has it; null: there is none. */
export async function transferred(
  run: Looking,
  { reference, fromId }: Pick<Transfer, 'reference' | 'fromId'>,
): Promise<string | null> {
  const key = transferKey(reference);
  // What was made a moment ago stands in no list yet.
  const known = await run.linked(key);
  if (known !== null) return known;
  const [found] = await ownOf(run, key, await run.client(zohoBooks).transfersByReference(fromId, reference));
  return found?.id ?? null;
}

/** Records money that went from one account of the books to another, once. @returns whether this run made it. */
export async function transferMoney(run: Run, transfer: Transfer): Promise<boolean> {
  const { client, write, link } = run;
  const { reference, fromId, toId, money, date, description } = transfer;
  const made = await write<{ id: string; isNew?: boolean }>('transfer', {
    findFirst: true,
    async find() {
      const id = await transferred(run, transfer);
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
