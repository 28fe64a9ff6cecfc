import { z } from 'zod';
import { type Scenario, ScenarioRefused, type Stage } from '../core/scenario.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { afterSync } from '../scenarios/after-sync.ts';
import { read } from '../scenarios/parameters.ts';
import { act } from './acts.ts';
import { contactsIn } from './book.ts';
import { type ContactRow, USUAL_FOLDER } from './rows.ts';

const contact = z.strictObject({ email: z.email().optional(), phone: z.string().min(3).optional() });

/** The contact of an address, or the first one that has a name and an address. @throws ScenarioRefused for none. */
function contactFor(desk: VendorDesk, email: string | undefined): ContactRow {
  const found = contactsIn(desk, USUAL_FOLDER).find(({ contact: { surname, emailAddresses } }) => {
    const mails = emailAddresses as { address: string }[];
    return email === undefined ? surname && mails.length > 0 : mails.some(({ address }) => address === email);
  });
  if (found) return found;
  throw new ScenarioRefused(
    'Outlook has nobody like that. Add a contact on the Outlook page, or reset the sandbox.',
  );
}

export const outlookContactEdited: Scenario = {
  id: 'outlook-contact-edited',
  titles: { en: 'A contact is changed in Outlook', fr: 'Un contact est modifié dans Outlook' },
  parameters: contact,
  expect: afterSync('outlookContacts'),
  description: {
    en: 'Hugo enters the mobile phone of one of his contacts in Outlook, a new one each time.',
    fr: 'Hugo saisit le portable d’un de ses contacts dans Outlook, un nouveau à chaque fois.',
  },
  async play(stage: Stage) {
    const { email, phone: given } = read(stage, contact);
    const desk = stage.desk('microsoft-contacts');
    const found = contactFor(desk, email);
    const digits = desk.digits('', 4);
    const phone = given ?? `+33 6 39 97 ${digits.slice(0, 2)} ${digits.slice(2)}`;
    act(desk, { act: 'edit', who: found.id, contact: { mobilePhone: phone } });
    const name = String(found.contact.displayName ?? email ?? '');
    return {
      sentence: {
        en: `Hugo Marchetti set the mobile phone of ${name} to ${phone} in Outlook.`,
        fr: `Hugo Marchetti a saisi le portable de ${name} : ${phone}, dans Outlook.`,
      },
      contact: found.id,
      phone,
    };
  },
};
