import { isNameless } from '../core/account-of-key.ts';
import type { InboxRow } from '../store/inbox.ts';
import type { IntegrationRow } from '../store/integrations.ts';

/**
 * Whether an event comes from the account that an integration uses in this role. By the vendor's id of the account,
 * which stays when it is disconnected and connected again. Where either is not known, it does; an account that had no
 * name of its own when the event came is known by its connection.
 */
export function hears(
  { roles }: Pick<IntegrationRow, 'roles'>,
  role: string,
  {
    account,
    connector,
    connectionId,
  }: Pick<InboxRow, 'account' | 'connector'> & Partial<Pick<InboxRow, 'connectionId'>>,
): boolean {
  const bound = roles.find((one) => one.role === role);
  if (bound === undefined || !account || bound.accountId === account) return true;
  return isNameless(connector, account) && bound.connectionId === connectionId;
}
