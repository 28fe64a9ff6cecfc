import { AsyncLocalStorage } from 'node:async_hooks';
import { company } from '../company/index.ts';
import { accountDesk } from '../core/account-desk.ts';
import type { VendorDesk } from '../core/simulator.ts';

export interface StripeAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** The company's account. Ids are fixed: what a flow was set to survives a reset. */
const FIRST: StripeAccount = { id: 'acct_1LUMEN69ATELIER1', name: company.name, email: company.email };

/** The company's accounts, each with customers, payments, keys and webhook endpoints of its own. */
export const accounts: readonly StripeAccount[] = [
  FIRST,
  { id: 'acct_1LUMEN69STUDIO01', name: 'Lumen Studio', email: company.email },
];

const answering = new AsyncLocalStorage<StripeAccount>();

/** The account whose request is being answered; the first one where none is. */
export const account = (): StripeAccount => answering.getStore() ?? FIRST;

/** Does something in an account, at a desk with its own tables. */
export function inAccount<Result>(
  desk: VendorDesk,
  found: StripeAccount,
  work: (own: VendorDesk) => Result,
): Result {
  return answering.run(found, () => work(accountDesk(desk, found === FIRST ? null : found.name)));
}

/** The account of an id or a name; the first one where none is asked for. Throws a sentence for an unknown one. */
export function findAccount(asked: unknown): StripeAccount {
  const found = asked === undefined ? FIRST : accounts.find(({ id, name }) => id === asked || name === asked);
  if (found === undefined)
    throw new Error(
      `Stripe has no account "${asked}". Known: ${accounts.map(({ name }) => name).join(', ')}.`,
    );
  return found;
}

/** Does the same in every account. */
export const inEachAccount = <Result>(desk: VendorDesk, work: (own: VendorDesk) => Result): Result[] =>
  accounts.map((one) => inAccount(desk, one, work));
