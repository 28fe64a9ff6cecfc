import type { Payment } from '../../connectors/stripe/shapes.ts';
import { zohoCrm } from '../../connectors/zoho-crm/connector.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Context } from './steps.ts';
import { bookingTexts } from './texts.ts';

const none = (en: string, fr: string): Sentence => ({ en: ` ${en}`, fr: ` ${fr}` });

/**
 * Notes the payment on the CRM contact with the payer's e-mail. Nobody, or several: nothing is noted and
 * the log says so; the money is booked all the same.
 *
 * @returns what to add to the run's summary.
 */
export async function noteOnContact(
  { client, read, write, about, organisation }: Context,
  payment: Payment,
  invoice: { readonly number: string; readonly isNew: boolean },
  date: string,
): Promise<Sentence> {
  const { email } = payment;
  if (email === null) return none('The payer gave no e-mail.', 'Le payeur n’a pas donné d’e-mail.');
  const contacts = await read('contact', async () => {
    const crm = client(zohoCrm);
    const found = await crm.searchByEmail('Contacts', email, ['Full_Name', 'Email']);
    if (found.length > 0) return found.map((contact) => contact.id);
    // Whose lead was converted may have another address as a contact.
    const became = await crm.contactsOfConverted(email);
    return (await crm.records('Contacts', became, ['Full_Name'])).map((contact) => contact.id);
  });
  for (const id of contacts) await about({ object: 'zohoCrm.contacts', id });
  const [contact] = contacts;
  if (contact === undefined)
    return none('No CRM contact has this e-mail.', 'Aucun contact CRM n’a cet e-mail.');
  if (contacts.length > 1) {
    return none(
      `${contacts.length} CRM contacts share this e-mail: none was changed.`,
      `${contacts.length} contacts CRM partagent cet e-mail\u00a0: aucun n’a été modifié.`,
    );
  }
  const texts = bookingTexts(organisation.locale);
  await write('note', {
    findFirst: !invoice.isNew,
    async find() {
      const notes = await client(zohoCrm).notes('Contacts', contact);
      const note = notes.find((one) => one.content.includes(payment.identity));
      return note === undefined ? null : { id: note.id };
    },
    send: () =>
      client(zohoCrm).addNote('Contacts', contact, {
        title: texts.noteTitle({ minor: payment.amountMinor, currency: payment.currency }),
        content: texts.noteBody({ identity: payment.identity, invoiceNumber: invoice.number, date }),
      }),
  });
  return none('Noted on the CRM contact.', 'Inscrit sur le contact CRM.');
}
