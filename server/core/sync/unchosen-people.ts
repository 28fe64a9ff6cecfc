import type { RoleDeclaration } from '../roles.ts';
import type { Sentence } from '../sentence.ts';
import type { SyncSide } from '../sync-flow.ts';
import type { PeopleObject, PersonPart } from './person.ts';
import { sideWithout, unchosenObject } from './unchosen-object.ts';

const PARTS: Readonly<Record<PersonPart, Sentence>> = {
  name: { en: 'Name', fr: 'Nom' },
  email: { en: 'E-mail', fr: 'E-mail' },
  phone: { en: 'Phone', fr: 'Téléphone' },
  company: { en: 'Company', fr: 'Société' },
  consent: { en: 'Opted out', fr: 'Désabonné' },
  labels: { en: 'Labels', fr: 'Libellés' },
};

/** What people of any application have, so that a document can tell what becomes of it. */
export const unchosenPeople: PeopleObject = {
  ...unchosenObject({
    id: 'people',
    titles: { en: 'People of the application', fr: 'Personnes de l’application' },
    offers: 'people',
    parts: PARTS,
  }),
  person: {
    parts: Object.fromEntries(
      Object.keys(PARTS).map((part) => [part, part]),
    ) as PeopleObject['person']['parts'],
    alsoKnownBy: [['name', 'phone']],
  },
};

/** The side of a sync of people while nobody chose an account for it: it says so, whatever is asked of it. */
export const unchosenSide = (role: RoleDeclaration): SyncSide => sideWithout(unchosenPeople, role);
