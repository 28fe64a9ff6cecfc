import { crowdCompany, crowdMember, crowdWish } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { catalogueOf } from './catalogue.ts';
import type { CrmModule } from './modules.ts';
import { userRef } from './people.ts';
import { recordsOf } from './record.ts';
import { crmTime } from './time.ts';
import { insert, inserted } from './write.ts';

const OWNER = 'claire';
/** The crowd was entered one a second, the last of it an hour ago. */
const AGE_MS = 3_600_000;

/**
 * Contacts beside the company's own, as `google-people` seeds them: the same names, e-mails, phones and
 * companies. No rule runs for them, and no notification is sent.
 */
export function seedMore(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const { contacts: count, companies, replace } = crowdWish(wish);
  const contacts = moduleOf(desk, 'Contacts');
  const table = recordsOf(desk, contacts.apiName);
  if (replace) for (const { id } of table.all()) table.delete(id);
  const user = userRef(OWNER);
  const accounts = accountsOf(desk, companies);
  const enteredBy = desk.clock().getTime() - AGE_MS;
  const records = Array.from({ length: count }, (_, index) => {
    const { firstName, lastName, email, phone, company } = crowdMember(index + 1, companies);
    const account = company === null ? undefined : accounts.get(company);
    const values = {
      First_Name: firstName,
      Last_Name: lastName,
      Email: email,
      Phone: phone,
      ...(account ? { Account_Name: { id: account } } : {}),
    };
    const entered = crmTime(new Date(enteredBy - (count - index) * 1_000));
    const record = inserted(desk, contacts, values, user, entered);
    return [record.id, record] as const;
  });
  table.putMany(records);
  return { contacts: count };
}

/** Ids of the companies by name; those that are there already are taken. */
function accountsOf(desk: VendorDesk, companies: number): ReadonlyMap<string, string> {
  const module = moduleOf(desk, 'Accounts');
  const known = recordsOf(desk, module.apiName)
    .all()
    .map((record) => [String(record.Account_Name), record.id] as const);
  const ids = new Map(known);
  for (let index = 0; index < companies; index += 1) {
    const name = crowdCompany(index);
    if (!ids.has(name)) ids.set(name, insert(desk, module, { Account_Name: name }, userRef(OWNER)).id);
  }
  return ids;
}

function moduleOf(desk: VendorDesk, name: string): CrmModule {
  const module = catalogueOf(desk).module(name);
  if (!module) throw new Error(`The CRM has no module called "${name}".`);
  return module;
}
