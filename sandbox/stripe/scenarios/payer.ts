import { contacts } from '../../company/index.ts';
import { ScenarioRefused, type Stage } from '../../core/scenario.ts';
import { booksAt } from '../../zoho-books/books.ts';
import { recordsOf } from '../../zoho-crm/record.ts';

export interface Payer {
  readonly email: string;
  readonly name: string;
}

/**
 * A person of the CRM whom the books do not know yet, so that a payment has to make the customer. When
 * everybody is known, the first of them pays again.
 */
export function unbilledContact(stage: Stage): Payer {
  const billed = new Set(
    booksAt(stage.desk('zoho-books'))
      .contacts.all()
      .flatMap(({ persons }) => persons.map(({ email }) => email.toLowerCase())),
  );
  const people = recordsOf(stage.desk('zoho-crm'), 'Contacts')
    .all()
    .flatMap(({ Email, Full_Name }) =>
      typeof Email === 'string' && Email !== '' ? [{ email: Email, name: String(Full_Name) }] : [],
    );
  // A shared address names nobody.
  const own = people.filter(({ email }) => people.filter((one) => one.email === email).length === 1);
  const chosen = own.find(({ email }) => !billed.has(email.toLowerCase())) ?? own[0];
  if (!chosen) throw new ScenarioRefused('The CRM has no contact with an e-mail address. Reset the sandbox.');
  return chosen;
}

/** A person of the company by the key of its data. */
export function personOfTheCompany(key: string): Payer {
  const found = contacts.find((contact) => contact.key === key);
  if (!found?.email) throw new ScenarioRefused(`The company has no customer called "${key}".`);
  return { email: found.email, name: [found.firstName, found.lastName].filter(Boolean).join(' ') };
}
