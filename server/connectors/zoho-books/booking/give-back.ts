import { LiaisonError } from '../../../core/errors.ts';
import type { RunContext } from '../../../core/flow.ts';
import { decimalOf, type Money, moneyOf } from '../../../core/money.ts';
import { ifGone } from '../../../kit/if-gone.ts';
import { zohoBooks } from '../connector.ts';
import type { BooksCreditNote } from '../credit-notes.ts';
import type { NewLine } from '../line-items.ts';
import type { GivingBackStep } from './giving-back-steps.ts';
import { ownOf } from './own-of.ts';

/** Money that went back to a customer, once. */
export interface GivenBack {
  /** What it is found by again in Books: unique, and never used for anything else. */
  readonly reference: string;
  /** What tells it from others of the same invoice. */
  readonly id: string;
  readonly money: Money;
  /** `2026-11-23` */
  readonly date: string;
  readonly notes: string;
  /** What the credit note says; their sum is the money. Asked for within the step that makes it: not by steps of its own. */
  lines(): Promise<readonly NewLine[]>;
}

/** The invoice whose money went back. */
export interface CreditedInvoice {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  /** What is still to be paid of it, as decimal text: a credit takes that off first. */
  readonly balance: string;
}

export interface RefundAccount {
  /** The account in Books that the money left. */
  readonly accountId: string;
  readonly mode: string;
}

type Run = Pick<
  RunContext<unknown, GivingBackStep>,
  'client' | 'write' | 'linked' | 'link' | 'linkedElsewhere'
>;

interface Credited {
  readonly id: string;
  readonly number: string;
  /** As decimal text: what can still be paid back. */
  readonly balance: string;
}

/** Under which the credit note of money that went back is remembered. */
export const creditedKey = (reference: string): string => `credited ${reference}`;

const keys = {
  credited: creditedKey,
  refunded: (reference: string): string => `given back ${reference}`,
};

/** As much of an id as tells it apart, at the end of a number that people read. */
const TAIL = 8;

const asCredited = ({ id, number, balance }: BooksCreditNote): Credited => ({ id, number, balance });

/**
 * Makes the credit note of money that went back and, where it is wished, records that it was paid; each is found where
 * it is there. To be called while nobody else does anything about the invoice. The invoice itself stays as it is.
 *
 * @param account null: the credit note alone, which whoever keeps the books settles.
 */
export async function giveBack(
  run: Run,
  invoice: CreditedInvoice,
  given: GivenBack,
  account: RefundAccount | null,
): Promise<Credited> {
  const { client, write, linked, link } = run;
  const books = () => client(zohoBooks);
  const { reference, id, money, date } = given;

  async function earlier(): Promise<Credited | null> {
    // What was made a moment ago stands in no list yet.
    const known = await linked(keys.credited(reference));
    const remembered = known === null ? null : await ifGone(() => books().creditNote(known), null);
    if (remembered !== null) return asCredited(remembered);
    const notes = await books().creditNotesByReference(reference);
    const [found] = await ownOf(run, keys.credited(reference), notes);
    return found === undefined ? null : asCredited(found);
  }

  const credit = await write('creditNote', {
    findFirst: true,
    find: earlier,
    send: async () =>
      asCredited(
        await books().createCreditNote({
          customerId: invoice.customerId,
          number: `${invoice.number}-${id.slice(-TAIL)}`,
          reference,
          date,
          notes: given.notes,
          lines: await given.lines(),
          ...(Number(invoice.balance) > 0 ? { invoiceId: invoice.id } : {}),
        }),
      ),
  });
  await link(keys.credited(reference), credit.id);
  const left = moneyOf(credit.balance, money.currency);
  if (account === null || left.minor <= 0) return credit;
  if (account.accountId === '') throw noAccount();
  const paid = await write('givenBack', {
    findFirst: true,
    async find() {
      const found = (await books().refundsOfCreditNote(credit.id)).find(
        (refund) => refund.reference === reference,
      );
      return found === undefined ? null : { id: found.id };
    },
    async send() {
      const refund = { ...account, creditNoteId: credit.id, amount: decimalOf(left), date, reference };
      return { id: (await books().refundCreditNote(refund)).id };
    },
  });
  await link(keys.refunded(reference), `${credit.id} ${paid.id}`);
  return credit;
}

/**
 * Takes back the record that money was paid, where Liaison made one: it failed, and the credit note says what the
 * customer is still owed.
 */
export async function takeBack({ client, write, linked }: Run, reference: string): Promise<void> {
  const [credit = '', refund = ''] = ((await linked(keys.refunded(reference))) ?? '').split(' ');
  if (refund === '') return;
  await write('takenBack', {
    // Whoever deleted it by hand meant the same.
    send: () => ifGone(() => client(zohoBooks).deleteCreditRefund(credit, refund), undefined),
  });
}

function noAccount(): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'account',
    sentence: {
      en: 'No account is chosen that refunds are paid from. Choose the one that the money lies in, in the settings of this integration, then replay.',
      fr: 'Aucun compte n’est choisi pour payer les remboursements. Choisissez celui où se trouve l’argent, dans les réglages de cette intégration, puis rejouez.',
    },
  });
}
