import type { FilterField } from '../../core/filter/filter.ts';
import { factsFrom, filterFieldsFrom } from '../../core/sync/facts.ts';
import type { Facts } from '../../core/sync-object.ts';
import type { ContactGroup, GooglePeopleClient } from './client.ts';
import { text } from './entries.ts';
import type { Person } from './person.ts';
import { fieldOf, PERSON_FIELDS } from './person-fields.ts';
import { recordOf } from './person-values.ts';

/** The labels of a contact; they are no field of a mapping. */
export const LABELS = 'memberships';

/** What conditions on contacts can be built from: the fields of a mapping, and labels by their names. */
export async function filterFields(client: Pick<GooglePeopleClient, 'listGroups'>): Promise<FilterField[]> {
  const groups = await client.listGroups();
  const choices = groups.map(({ resourceName, name }) => ({ value: resourceName, title: name }));
  const labels: FilterField = {
    name: LABELS,
    kind: 'label',
    titles: { en: 'Labels', fr: 'Libellés' },
    choices,
  };
  return [labels, ...filterFieldsFrom(PERSON_FIELDS)];
}

/** The groups there are, where a filter asks about labels: contacts name them by ids alone. */
export const groupsFor = async (
  client: Pick<GooglePeopleClient, 'listGroups'>,
  names: readonly string[],
): Promise<readonly ContactGroup[]> => (names.includes(LABELS) ? client.listGroups() : []);

const KINDS = new Map(PERSON_FIELDS.map((field) => [field.id, field]));

/** What a filter judges a contact by. */
export function factsOf(person: Person, names: readonly string[], groups: readonly ContactGroup[]): Facts {
  const { values } = recordOf(
    person,
    names.filter((name) => fieldOf(name) !== undefined),
  );
  const labels = names.includes(LABELS) ? { [LABELS]: labelsOf(person, groups) } : {};
  return { values: { ...factsFrom(values, names, KINDS), ...labels }, currency: null };
}

function labelsOf({ memberships }: Person, groups: readonly ContactGroup[]): object[] {
  const byId = new Map(groups.map(({ resourceName, name }) => [resourceName, name]));
  return (memberships ?? []).flatMap(({ contactGroupMembership }) => {
    const id = text(contactGroupMembership?.contactGroupResourceName);
    return id === '' ? [] : [{ id, name: byId.get(id) ?? null }];
  });
}
