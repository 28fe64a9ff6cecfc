import { AsyncLocalStorage } from 'node:async_hooks';
import { company, users } from '../company/index.ts';
import type { CompanyUser } from '../company/types.ts';
import { accountDesk } from '../core/account-desk.ts';
import type { VendorDesk } from '../core/simulator.ts';

export interface GoogleAccount {
  /** Of the company's user. */
  readonly key: string;
  readonly id: string;
  readonly email: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly hostedDomain: string;
}

function accountOf(key: CompanyUser['key'], id: string): GoogleAccount {
  const owner = users.find((user) => user.key === key);
  return {
    key,
    id,
    email: owner?.email ?? company.email,
    givenName: owner?.firstName ?? '',
    familyName: owner?.lastName ?? '',
    hostedDomain: company.domain,
  };
}

/** Hugo's, who administers everything, consents where nobody chooses. */
const FIRST = accountOf('hugo', '108462915537204418396');

export const accounts: readonly GoogleAccount[] = [
  FIRST,
  accountOf('claire', '113705820466193827154'),
  accountOf('ines', '116920473851620947315'),
];

/** The account of a row; of one that names none the first. */
export const keyOf = (key: string | undefined): string => key ?? FIRST.key;

export const findAccount = (key: string | undefined): GoogleAccount | undefined =>
  accounts.find((one) => one.key === keyOf(key));

const acting = new AsyncLocalStorage<GoogleAccount>();

/** Whose request is being answered; the first account where none is. */
export const account = (): GoogleAccount => acting.getStore() ?? FIRST;

/** Does something as an account, at a desk with its own tables. Throws a sentence for an unknown one. */
export function asAccount<Result>(
  desk: VendorDesk,
  key: string | undefined,
  work: (own: VendorDesk) => Result,
): Result {
  const found = findAccount(key);
  if (found === undefined) throw new Error(`Google has no account called "${key}".`);
  return acting.run(found, () => work(accountDesk(desk, found === FIRST ? null : found.email)));
}

/** Which account a wish of the control interface names. */
export const accountIn = ({ account }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof account === 'string' ? account : undefined;

/** Does the same as every account. */
export function asEachAccount<Result>(desk: VendorDesk, work: (own: VendorDesk) => Result): Result[] {
  return accounts.map(({ key }) => asAccount(desk, key, work));
}

/** Clients of Google's applications: `google` for all of them, or one of an application alone. */
export const isOfGoogle = (client: string | null): boolean => /^google(-|$)/.test(client ?? '');
