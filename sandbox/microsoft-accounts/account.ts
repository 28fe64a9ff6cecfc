import { company, users } from '../company/index.ts';
import type { CompanyUser } from '../company/types.ts';
import { personAccounts } from '../core/account-desk.ts';

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
export const accounts: readonly [MicrosoftAccount, ...MicrosoftAccount[]] = [
  accountOf('hugo', '5f0b8f2e-6f7a-4c44-9d0e-2a3f1d6c7b81'),
  accountOf('claire', '0e2c9a57-1b5d-4f0f-8a63-94d7be20c3f6'),
  accountOf('ines', 'b7d1f6c4-83ae-4d92-9e57-6c10a9f4e2d8'),
];

export const { keyOf, findAccount, account, asAccount, asEachAccount } = personAccounts(
  'Microsoft',
  accounts,
);
export { accountIn } from '../core/account-desk.ts';

/** Clients of Microsoft's applications: `microsoft` for all of them, or one of an application alone. */
export const isOfMicrosoft = (client: string | null): boolean => /^microsoft(-|$)/.test(client ?? '');
