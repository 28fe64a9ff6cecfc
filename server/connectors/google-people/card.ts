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
import { contactUrl } from './addresses.ts';
import type { GooglePeopleClient } from './client.ts';
import type { Person } from './person.ts';

const MASK = 'names,emailAddresses,phoneNumbers,organizations,metadata';
const MOST = 3;

/** The person in the Google account's contacts: the one that a sync linked, else those with the address. */
export const card: CardDeclaration<GooglePeopleClient> = {
  group: 'google',
  groupTitles: { en: 'Google', fr: 'Google' },
  modules: PERSON_MODULES,

  async read(request) {
    const people = await peopleOf(request);
    const refs = people.map(({ resourceName }) => ({ object: 'googlePeople.person', id: resourceName }));
    const [first] = people;
    if (first === undefined) return { sections: [], empty: noOne(request.subject), refs, actions: [] };
    return {
      sections: people.slice(0, MOST).map((person) => ({
        id: `people ${person.resourceName}`,
        titles: { en: 'Google Contacts', fr: 'Google Contacts' },
        layout: 'facts',
        rows: personRows(person),
      })),
      refs,
      actions: [],
      url: contactUrl(first.resourceName),
    };
  },
};

async function peopleOf({ client, subject, linked }: CardRequest<GooglePeopleClient>): Promise<Person[]> {
  const known = await client.getPeople(linked, MASK);
  const addresses = subject.emails.slice(0, MOST);
  if (known.length > 0 || addresses.length === 0) return known;
  const search = async (): Promise<Person[]> =>
    (await Promise.all(addresses.map((address) => client.searchPeople(address, MASK)))).flat();
  let found = await search();
  if (found.length === 0) {
    await client.freshen();
    found = await search();
  }
  const wanted = new Set(addresses.map((address) => address.toLowerCase()));
  const own = found.filter(({ emailAddresses }) =>
    emailAddresses?.some(({ value }) => wanted.has((value ?? '').toLowerCase())),
  );
  return [...new Map(own.map((person) => [person.resourceName, person])).values()];
}

const noOne = (subject: CardSubject): Sentence =>
  nobody(
    subject,
    {
      en: 'The record has no e-mail address to be looked up by in Google Contacts.',
      fr: 'La fiche n’a pas d’adresse e-mail à rechercher dans Google Contacts.',
    },
    (sought) => ({
      en: `Nobody in Google Contacts has ${sought.en}.`,
      fr: `Personne dans Google Contacts n’a ${sought.fr}.`,
    }),
  );

function personRows(person: Person): CardRow[] {
  const { resourceName, names, phoneNumbers, organizations, metadata } = person;
  const changed = metadata?.sources?.find(({ type }) => type === 'CONTACT')?.updateTime;
  const row = (id: string, label: readonly [string, string], text: string | null | undefined): CardRow[] =>
    text ? [{ id: `${resourceName} ${id}`, label: wordsValue(...label), values: [textValue(text)] }] : [];
  const name = names?.[0]?.displayName ?? resourceName;
  return [
    {
      id: resourceName,
      label: wordsValue('Contact', 'Contact'),
      values: [textValue(name)],
      url: contactUrl(resourceName),
    },
    ...row('company', ['Company', 'Société'], organizations?.[0]?.name),
    ...row('phone', ['Phone', 'Téléphone'], phoneNumbers?.[0]?.value),
    ...(changed
      ? [
          {
            id: `${resourceName} changed`,
            label: wordsValue('Changed', 'Modifié'),
            values: [dateValue(changed)],
          },
        ]
      : []),
  ];
}
