import type { InboxRow } from '../store/inbox.ts';
import type { IntegrationRow } from '../store/integrations.ts';

/**
 * Whether an event comes from the account that an integration uses in this role. By the vendor's id of the account,
 * which stays when it is disconnected and connected again. Where either is not known, it does.
 */
export function hears(
  { roles }: Pick<IntegrationRow, 'roles'>,
  role: string,
  { account }: Pick<InboxRow, 'account'>,
): boolean {
  const bound = roles.find((one) => one.role === role);
  return bound === undefined || !account || bound.accountId === account;
}
