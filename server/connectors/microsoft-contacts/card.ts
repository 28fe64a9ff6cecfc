import {
  type CardDeclaration,
  type CardRequest,
  type CardRow,
  type CardSubject,
  dateValue,
  textValue,
  wordsValue,
} from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { nobody, PERSON_MODULES } from '../../kit/person-card.ts';
import type { MicrosoftContactsClient } from './client.ts';
import type { Contact } from './contact.ts';
import { standing } from './standing.ts';

const MOST = 3;
/** There is no address of one contact that leads there for every account. */
const PEOPLE = 'https://outlook.office.com/people/';

/** The person in the Outlook account's contacts: the one that a sync linked, else those with the address. */
export const card: CardDeclaration<MicrosoftContactsClient> = {
  group: 'microsoft',
  groupTitles: { en: 'Microsoft 365', fr: 'Microsoft 365' },
  modules: PERSON_MODULES,

  async read(request) {
    const contacts = await contactsOf(request);
    const refs = contacts.map(({ id }) => ({ object: 'microsoftContacts.contact', id }));
    if (contacts.length === 0) return { sections: [], empty: noOne(request.subject), refs, actions: [] };
    return {
      sections: contacts.slice(0, MOST).map((contact) => ({
        id: `contact ${contact.id}`,
        titles: { en: 'Outlook Contacts', fr: 'Contacts Outlook' },
        layout: 'facts',
        rows: contactRows(contact),
      })),
      refs,
      actions: [],
      url: PEOPLE,
    };
  },
};

async function contactsOf({
  client,
  subject,
  linked,
}: CardRequest<MicrosoftContactsClient>): Promise<Contact[]> {
  const known = await standing(client, linked.slice(0, MOST));
  if (known.length > 0) return known.map(({ contact }) => contact);
  const addresses = subject.emails.slice(0, MOST);
  const found = await Promise.all(addresses.map((address) => client.findByAddress(address)));
  return [...new Map(found.flat().map((contact) => [contact.id, contact])).values()];
}

const noOne = (subject: CardSubject): Sentence =>
  nobody(
    subject,
    {
      en: 'The record has no e-mail address to be looked up by in Outlook.',
      fr: 'La fiche n’a pas d’adresse e-mail à rechercher dans Outlook.',
    },
    (sought) => ({
      en: `Nobody in the Outlook contacts has ${sought.en}.`,
      fr: `Personne dans les contacts Outlook n’a ${sought.fr}.`,
    }),
  );

function contactRows(contact: Contact): CardRow[] {
  const { id, displayName, companyName, jobTitle, businessPhones, mobilePhone, categories } = contact;
  const row = (name: string, label: readonly [string, string], text: string | null | undefined): CardRow[] =>
    text ? [{ id: `${id} ${name}`, label: wordsValue(...label), values: [textValue(text)] }] : [];
  const changed = contact.lastModifiedDateTime;
  return [
    ...row('name', ['Contact', 'Contact'], displayName || contact.emailAddresses?.[0]?.address || id),
    ...row('company', ['Company', 'Société'], companyName),
    ...row('job', ['Job title', 'Fonction'], jobTitle),
    ...row('phone', ['Phone', 'Téléphone'], businessPhones?.[0] || mobilePhone),
    ...row('categories', ['Categories', 'Catégories'], categories?.join(', ')),
    ...(changed
      ? [{ id: `${id} changed`, label: wordsValue('Changed', 'Modifié'), values: [dateValue(changed)] }]
      : []),
  ];
}
