import type { Connector } from '../connector.ts';
import { nobodyChose } from '../nobody-chose.ts';
import type { RoleDeclaration } from '../roles.ts';
import type { Sentence } from '../sentence.ts';
import { type SyncSide, syncSide } from '../sync-flow.ts';
import type { PeopleObject, PersonPart } from './person.ts';

const titles: Sentence = { en: 'People of the application', fr: 'Personnes de l’application' };

const PARTS: Readonly<Record<PersonPart, Sentence>> = {
  name: { en: 'Name', fr: 'Nom' },
  email: { en: 'E-mail', fr: 'E-mail' },
  phone: { en: 'Phone', fr: 'Téléphone' },
  company: { en: 'Company', fr: 'Société' },
  consent: { en: 'Opted out', fr: 'Désabonné' },
  labels: { en: 'Labels', fr: 'Libellés' },
};

const nobody = async (): Promise<never> => {
  throw nobodyChose({ offers: 'people' });
};

/** Of no vendor: no account can be of it, and nothing is reached. */
const noConnector: Connector = {
  id: '',
  titles,
  authorisation: { kind: 'key', header: null, fields: {}, instructions: { en: '', fr: '' } },
  hosts: {},
  budgets: [],
  objects: [],
  client: () => undefined,
  identify: nobody,
  classify: () => null,
};

/** What people of any application have, so that a document can tell what becomes of it. */
export const unchosenPeople: PeopleObject = {
  id: 'people',
  connector: noConnector,
  titles,
  fields: nobody,
  usualFields: Object.entries(PARTS).map(([id, words]) => ({ id, titles: words })),
  person: {
    parts: Object.fromEntries(
      Object.keys(PARTS).map((part) => [part, part]),
    ) as PeopleObject['person']['parts'],
    alsoKnownBy: [['name', 'phone']],
  },
  changes: nobody,
  read: nobody,
  create: nobody,
  update: nobody,
  remove: nobody,
  batch: { list: 1, read: 1, create: 1, update: 1, remove: 1 },
  lagMs: 0,
  topics: [],
};

/** The side of a sync of people while nobody chose an account for it: it says so, whatever is asked of it. */
export const unchosenSide = (role: RoleDeclaration): SyncSide => ({
  ...syncSide(unchosenPeople),
  missing: nobodyChose(role),
});
