import type { FieldKind, SyncObject } from '../sync-object.ts';
import type { FieldMapping, SyncRules } from './mapping.ts';

/** What applications know of a person alike; each is also what the field that holds it means. */
export type PersonPart = Extract<FieldKind, 'name' | 'email' | 'phone' | 'company' | 'consent' | 'labels'>;

/** What an object of people says of itself, so that it can be kept equal with any other one. */
export interface Person {
  /**
   * Id of the field that holds each part; absent: the object has none of it. Without name and address it
   * is no object of people: nobody could be found again on the other side.
   */
  readonly parts: Readonly<Record<'name' | 'email', string> & Partial<Record<PersonPart, string>>>;
  /** What tells people apart where the address does not, in order of trust: `[['name', 'phone']]`. */
  readonly alsoKnownBy: readonly (readonly [PersonPart, ...PersonPart[]])[];
}

/** An object of people. */
export type PeopleObject<Client = unknown> = SyncObject<Client> & { readonly person: Person };

type Way = Pick<FieldMapping, 'direction' | 'blank'>;
/** An emptied field empties nothing. */
const BOTH: Way = { direction: 'both', blank: 'leave' };

/** How each part travels unless an admin chooses otherwise. The order is that of the mapping. */
const WAYS: Readonly<Record<PersonPart, Way>> = {
  name: BOTH,
  email: BOTH,
  phone: BOTH,
  company: BOTH,
  // Whoever opted out on one side is opted out on both; nobody is ever opted in.
  consent: BOTH,
  // People have the labels that the right side says, and lose those that it no longer says.
  labels: { direction: 'to-left', blank: 'clear' },
};
const PARTS = Object.keys(WAYS) as readonly PersonPart[];

/**
 * The mapping of two objects of people: every part that both have, the right side wins when both changed, and
 * people are found by their address, then by what both sides also know them by. Fields beyond these are an
 * admin's to add.
 */
export function personRules(
  left: Pick<PeopleObject, 'person'>,
  right: Pick<PeopleObject, 'person'>,
): SyncRules {
  const fields = PARTS.flatMap((part): FieldMapping[] => {
    const [one, other] = [left.person.parts[part], right.person.parts[part]];
    if (one === undefined || other === undefined) return [];
    const { direction, blank } = WAYS[part];
    return [{ left: one, right: other, kind: part, direction, master: 'right', blank }];
  });
  return {
    fields,
    matchBy: [[left.person.parts.email], ...furtherKeys(left.person, right.person)],
    create: { left: true, right: true },
    remove: { left: 'keep', right: 'keep' },
    country: 'FR',
  };
}

/** By field ids of the left; a key of parts that one of the two lacks tells nobody apart. */
function furtherKeys(left: Person, right: Person): string[][] {
  const spelled = (key: readonly PersonPart[]): string => [...key].sort().join();
  const known = new Set(right.alsoKnownBy.map(spelled));
  return left.alsoKnownBy
    .filter((key) => known.has(spelled(key)))
    .filter((key) => key.every((part) => left.parts[part] !== undefined && right.parts[part] !== undefined))
    .map((key) => key.flatMap((part) => left.parts[part] ?? []));
}
