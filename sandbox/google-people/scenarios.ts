import { z } from 'zod';
import type { Scenario, Stage } from '../core/scenario.ts';
import { ScenarioRefused } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { afterSync } from '../scenarios/after-sync.ts';
import { read } from '../scenarios/parameters.ts';
import { act } from './acts.ts';
import { type LivingContact, listedContacts, livingContact } from './book.ts';

const contact = z.strictObject({ email: z.email().optional(), phone: z.string().min(3).optional() });

/** The contact of an address, or the first one that has a name and an address. @throws ScenarioRefused for none. */
function contactFor(desk: VendorDesk, email: string | undefined): LivingContact {
  const all = listedContacts(desk).listed.flatMap(({ id }) => livingContact(desk, id) ?? []);
  const found = all.find(({ person: { names, emailAddresses = [] } }) =>
    email === undefined
      ? names !== undefined && emailAddresses.length > 0
      : emailAddresses.some(({ value }) => value === email),
  );
  if (found) return found;
  throw new ScenarioRefused(
    'Google Contacts has nobody like that. Add a contact on the Contacts page, or reset the sandbox.',
  );
}

export const googleContactEdited: Scenario = {
  id: 'google-contact-edited',
  titles: { en: 'A contact is changed in Google', fr: 'Un contact est modifié dans Google' },
  parameters: contact,
  expect: afterSync('contacts'),
  description: {
    en: 'Hugo enters the mobile phone of one of his contacts in Google, a new one each time.',
    fr: 'Hugo saisit le portable d’un de ses contacts dans Google, un nouveau à chaque fois.',
  },
  async play(stage: Stage) {
    const { email, phone: given } = read(stage, contact);
    const desk = stage.desk('google-people');
    const found = contactFor(desk, email);
    const digits = desk.digits('', 4);
    const phone = given ?? `+33 6 39 98 ${digits.slice(0, 2)} ${digits.slice(2)}`;
    const others = (found.person.phoneNumbers ?? [])
      .filter(({ type }) => type !== 'mobile')
      .map(({ value, type }) => ({ value, ...(type === undefined ? {} : { type }) }));
    const phoneNumbers = [...others, { value: phone, type: 'mobile' }];
    act(desk, { act: 'edit', contact: `people/${found.id}`, person: { phoneNumbers } });
    const name = String(found.person.names?.[0]?.displayName ?? email ?? '');
    return {
      sentence: {
        en: `Hugo Marchetti set the mobile phone of ${name} to ${phone} in Google Contacts.`,
        fr: `Hugo Marchetti a saisi le portable de ${name} : ${phone}, dans Google Contacts.`,
      },
      contact: `people/${found.id}`,
      phone,
    };
  },
};
