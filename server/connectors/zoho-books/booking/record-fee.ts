import { LiaisonError } from '../../../core/errors.ts';
import type { RunContext, StepDeclaration } from '../../../core/flow.ts';
import { decimalOf, type Money } from '../../../core/money.ts';
import { ifGone } from '../../../kit/if-gone.ts';
import { zohoBooks } from '../connector.ts';
import type { WholePayment } from '../payments.ts';
import { currencyIdOf } from './customer-failures.ts';
import { ownOf } from './own-of.ts';

const books = 'zoho-books';

/** How what was kept of a payment comes to stand in the books. */
export const feeSteps = {
  charges: {
    titles: { en: 'Add the fee to the payment', fr: 'Ajouter les frais au règlement' },
    connector: books,
    effect: 'lookup',
  },
  expense: {
    titles: { en: 'Record the fee as an expense', fr: 'Enregistrer les frais comme dépense' },
    connector: books,
    effect: 'lookup',
  },
} as const satisfies Record<string, StepDeclaration>;

type Run = Pick<
  RunContext<unknown, keyof typeof feeSteps>,
  'client' | 'write' | 'linked' | 'link' | 'linkedElsewhere'
>;

/** The payment that something was kept of. */
export interface ChargedPayment {
  /** Its id in Books where it is known. */
  readonly id: string | null;
  readonly reference: string;
  readonly invoiceId: string;
}

/**
 * Adds a fee to a payment that is recorded already, in the payment's own currency. Charges that somebody else wrote there stay.
 *
 * @returns whether it could be: false where somebody deleted the payment.
 */
export async function chargePayment(
  { client, write }: Run,
  payment: ChargedPayment,
  fee: Money,
): Promise<boolean> {
  const calls = () => client(zohoBooks);
  const idOf = async (): Promise<string | null> => {
    if (payment.id !== null) return payment.id;
    const [found] = await calls().paymentsByReference(payment.reference);
    return found?.id ?? null;
  };
  const whole = async () => {
    const id = await idOf();
    return id === null ? null : ifGone(() => calls().payment(id), null);
  };
  let found: WholePayment | null = null;
  const { charged } = await write('charges', {
    findFirst: true,
    async find() {
      found = await whole();
      if (found === null) return { charged: false };
      return Number(found.bankCharges) > 0 ? { charged: true } : null;
    },
    async send() {
      if (found === null) return { charged: false };
      await calls().chargePayment(found, decimalOf(fee));
      return { charged: true };
    },
  });
  return charged;
}

/** The name under which an expense is remembered. */
export const spentKey = (reference: string): string => `spent ${reference}`;

export interface FeeAccounts {
  readonly feeAccountId: string;
  /** The account that the money is in. */
  readonly moneyAccountId: string;
}

/** Records a fee as an expense in its own currency, once. */
export async function spendFee(
  run: Run,
  fee: {
    readonly reference: string;
    readonly money: Money;
    readonly date: string;
    readonly description: string;
    /** Somebody asked for it: what was deleted in Books is made anew. */
    readonly isAgain?: boolean;
  },
  { feeAccountId, moneyAccountId }: FeeAccounts,
): Promise<void> {
  const { client, write, linked, link } = run;
  const { reference, money, date, description, isAgain = false } = fee;
  if (feeAccountId === '' || moneyAccountId === '') throw noFeeAccount();
  const calls = () => client(zohoBooks);
  const key = spentKey(reference);
  const { id } = await write('expense', {
    findFirst: true,
    async find() {
      // What was made a moment ago stands in no list yet.
      const known = await linked(key);
      if (known !== null && !(isAgain && (await calls().expense(known)) === null)) return { id: known };
      const [found] = await ownOf(run, key, await calls().expensesByReference(reference));
      return found === undefined ? null : { id: found.id };
    },
    async send() {
      const currencyId = await currencyIdOf(money.currency, client);
      const made = await calls().createExpense({
        accountId: feeAccountId,
        paidFromId: moneyAccountId,
        amount: decimalOf(money),
        currencyId,
        date,
        reference,
        description,
      });
      return { id: made.id };
    },
  });
  await link(key, id);
}

function noFeeAccount(): LiaisonError {
  return new LiaisonError('rejected', {
    field: 'feeAccount',
    sentence: {
      en: 'The fee of this payment has to become an expense, and no account is chosen for it, or none that it is paid from. Choose both in the settings of this integration, then replay.',
      fr: 'Les frais de ce paiement doivent devenir une dépense, et aucun compte n’est choisi pour elle, ou aucun qui la paie. Choisissez les deux dans les réglages de cette intégration, puis rejouez.',
    },
  });
}
