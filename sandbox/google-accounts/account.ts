import { company, users } from '../company/index.ts';
import type { CompanyUser } from '../company/types.ts';
import { personAccounts } from '../core/account-desk.ts';

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
export const accounts: readonly [GoogleAccount, ...GoogleAccount[]] = [
  accountOf('hugo', '108462915537204418396'),
  accountOf('claire', '113705820466193827154'),
  accountOf('ines', '116920473851620947315'),
];

export const { keyOf, findAccount, account, asAccount, asEachAccount } = personAccounts('Google', accounts);
export { accountIn } from '../core/account-desk.ts';

/** Clients of Google's applications: `google` for all of them, or one of an application alone. */
export const isOfGoogle = (client: string | null): boolean => /^google(-|$)/.test(client ?? '');
