import type { VendorDesk } from '../core/simulator.ts';
import { recordsOf } from '../zoho-crm/record.ts';

/** The CRM's ids of a customer, as Books stores them when the two apps are joined; '' where there is none. */
export function crmIds(
  desk: VendorDesk,
  accountName: string,
  email: string | null,
): { account: string; contact: string } {
  const crm = crmOf(desk);
  if (!crm) return { account: '', contact: '' };
  const account = recordsOf(crm, 'Accounts')
    .all()
    .find((row) => row.Account_Name === accountName);
  const contact = recordsOf(crm, 'Contacts')
    .all()
    .find((row) => email !== null && row.Email === email);
  return { account: account?.id ?? '', contact: contact?.id ?? '' };
}

/** Books may stand without a CRM beside it. */
function crmOf(desk: VendorDesk): VendorDesk | null {
  try {
    return desk.other('zoho-crm');
  } catch {
    return null;
  }
}
