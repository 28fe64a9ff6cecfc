import { AsyncLocalStorage } from 'node:async_hooks';
import { company, users } from '../company/index.ts';
import type { CompanyUser } from '../company/types.ts';
import { accountDesk } from '../core/account-desk.ts';
import type { VendorDesk } from '../core/simulator.ts';

export interface MicrosoftAccount {
  /** Of the company's user. */
  readonly key: string;
  readonly id: string;
  readonly email: string;
  readonly givenName: string;
  readonly surname: string;
  /** Of the tenant: may agree for everybody. */
  readonly isAdministrator: boolean;
}

/** The company's tenant. */
export const TENANT = '84bd8158-6d4d-4958-8b9f-9d6445542f95';

function accountOf(key: CompanyUser['key'], id: string): MicrosoftAccount {
  const owner = users.find((user) => user.key === key);
  return {
    key,
    id,
    email: owner?.email ?? company.email,
    givenName: owner?.firstName ?? '',
    surname: owner?.lastName ?? '',
    isAdministrator: owner?.role === 'Administrator',
  };
}

/** Hugo's, who administers everything, consents where nobody chooses. */
const FIRST = accountOf('hugo', '5f0b8f2e-6f7a-4c44-9d0e-2a3f1d6c7b81');

export const accounts: readonly MicrosoftAccount[] = [
  FIRST,
  accountOf('claire', '0e2c9a57-1b5d-4f0f-8a63-94d7be20c3f6'),
  accountOf('ines', 'b7d1f6c4-83ae-4d92-9e57-6c10a9f4e2d8'),
];

export const keyOf = (key: string | undefined): string => key ?? FIRST.key;

export const findAccount = (key: string | undefined): MicrosoftAccount | undefined =>
  accounts.find((one) => one.key === keyOf(key));

const acting = new AsyncLocalStorage<MicrosoftAccount>();

/** Whose request is being answered; the first account where none is. */
export const account = (): MicrosoftAccount => acting.getStore() ?? FIRST;

/** Does something as an account, at a desk with its own tables. Throws a sentence for an unknown one. */
export function asAccount<Result>(
  desk: VendorDesk,
  key: string | undefined,
  work: (own: VendorDesk) => Result,
): Result {
  const found = findAccount(key);
  if (found === undefined) throw new Error(`Microsoft has no account called "${key}".`);
  return acting.run(found, () => work(accountDesk(desk, found === FIRST ? null : found.email)));
}

/** Which account a wish of the control interface names. */
export const accountIn = ({ account }: Readonly<Record<string, unknown>>): string | undefined =>
  typeof account === 'string' ? account : undefined;

/** Does the same as every account. */
export function asEachAccount<Result>(desk: VendorDesk, work: (own: VendorDesk) => Result): Result[] {
  return accounts.map(({ key }) => asAccount(desk, key, work));
}

/** Clients of Microsoft's applications: `microsoft` for all of them, or one of an application alone. */
export const isOfMicrosoft = (client: string | null): boolean => /^microsoft(-|$)/.test(client ?? '');
