import type { VendorDesk } from '../core/simulator.ts';
import { attachmentsOf } from './attachment-routes.ts';
import { catalogueOf } from './catalogue.ts';
import { followUp } from './effects.ts';
import type { CrmModule } from './modules.ts';
import type { UserRef } from './people.ts';
import { type CrmRecord, displayName, recordsOf } from './record.ts';
import { crmDay, crmTime } from './time.ts';
import { insert } from './write.ts';

/** A lead that was converted: it is in no list, no search and no query unless it is asked for. */
export interface ConvertedLead extends CrmRecord {
  readonly $became: { readonly contact: string; readonly account: string | null };
}

interface Reference {
  readonly name: string;
  readonly id: string;
}

export const convertedOf = (desk: VendorDesk) => desk.table<ConvertedLead>('converted');

const CARRIED = ['First_Name', 'Last_Name', 'Email', 'Phone', 'Mobile', 'Lead_Source', 'Email_Opt_Out'];

/**
 * Makes a lead a contact, with its company as the account: those that are there already with its address and its name
 * are taken. What stands beside the lead stands beside the contact afterwards.
 * https://www.zoho.com/crm/developer/docs/api/v8/convert-lead.html
 */
export function convertLead(
  desk: VendorDesk,
  lead: CrmRecord,
  user: UserRef,
): { readonly contact: Reference; readonly account: Reference | null } {
  const module = (name: string): CrmModule => {
    const found = catalogueOf(desk).module(name);
    if (!found) throw new Error(`The CRM has no module called "${name}".`);
    return found;
  };
  const [contacts, accounts] = [module('Contacts'), module('Accounts')];
  const { Company: company, Email: email } = lead;
  const same = (name: string, field: string, value: unknown): CrmRecord | undefined =>
    typeof value === 'string' && value !== ''
      ? recordsOf(desk, name)
          .all()
          .find((record) => String(record[field] ?? '').toLowerCase() === value.toLowerCase())
      : undefined;
  const changes: ReturnType<typeof insert>[] = [];
  const made = (of: CrmModule, values: Readonly<Record<string, unknown>>): CrmRecord => {
    const change = insert(desk, of, { ...values, Owner: lead.Owner }, user);
    changes.push(change);
    return change.after as CrmRecord;
  };
  const account =
    typeof company !== 'string' || company === ''
      ? null
      : (same('Accounts', 'Account_Name', company) ?? made(accounts, { Account_Name: company }));
  const carried = Object.fromEntries(CARRIED.map((field) => [field, lead[field] ?? null]));
  const contact =
    same('Contacts', 'Email', email) ??
    made(contacts, { ...carried, Account_Name: account === null ? null : { id: account.id } });

  const notes = recordsOf(desk, 'Notes');
  for (const note of notes.all())
    if ((note.Parent_Id as { id: string }).id === lead.id)
      notes.put(note.id, { ...note, Parent_Id: { id: contact.id } });
  for (const file of attachmentsOf(desk).all())
    if (file.record === lead.id)
      attachmentsOf(desk).put(file.id, { ...file, module: 'Contacts', record: contact.id });

  recordsOf(desk, 'Leads').delete(lead.id);
  convertedOf(desk).put(lead.id, {
    ...lead,
    ...{ Modified_By: user, Modified_Time: crmTime(desk.clock()) },
    $became: { contact: contact.id, account: account?.id ?? null },
  });
  followUp(desk, changes, undefined);
  const named = (of: CrmModule, record: CrmRecord): Reference => ({
    name: displayName(of, record),
    id: record.id,
  });
  return { contact: named(contacts, contact), account: account && named(accounts, account) };
}

/** What a converted lead says of it, where it is read by itself. */
export function conversionShown(desk: VendorDesk, lead: ConvertedLead): object {
  const { contact, account } = lead.$became;
  const reference = (module: string, id: string | null): Reference | null => {
    const record = id === null ? undefined : recordsOf(desk, module).get(id);
    const of = catalogueOf(desk).module(module);
    return record === undefined || of === undefined ? null : { name: displayName(of, record), id: record.id };
  };
  return {
    $converted: true,
    $converted_detail: {
      ...{ contact, account, deal: null, converted_by: lead.Modified_By.id },
      convert_date: crmDay(new Date(lead.Modified_Time), 0),
    },
    Converted_Contact: reference('Contacts', contact),
    Converted_Account: reference('Accounts', account),
    Converted__s: true,
  };
}
