import type { VendorDesk } from '../core/simulator.ts';
import { GoogleRefusal } from '../google/refusal.ts';
import { livingContact, putContact } from './book.ts';
import type { Operation } from './operation.ts';
import { pageSizeOf } from './query.ts';
import { notFound } from './refusal.ts';
import { type Entry, type GroupRow, type PersonData, peopleTables } from './rows.ts';

const USUAL = 30;
const MOST = 1_000;

/** https://developers.google.com/people/api/rest/v1/contactGroups */
export const groupOperations: readonly Operation[] = [
  {
    name: 'contactGroups.list',
    method: 'GET',
    path: /^\/v1\/contactGroups$/,
    query: ['groupFields', 'pageSize', 'pageToken', 'syncToken'],
    body: [],
    needs: 'read',
    run({ desk, query }) {
      const groups = peopleTables(desk).groups.all();
      const size = pageSizeOf(query, USUAL, MOST);
      const from = Number(query.one('pageToken') ?? 0) || 0;
      const page = groups.slice(from, from + size);
      const members = memberCounts(desk);
      const next = from + page.length < groups.length ? { nextPageToken: String(from + page.length) } : {};
      return {
        contactGroups: page.map((group) => shownGroup(group, members.get(group.id) ?? 0)),
        ...next,
        totalItems: groups.length,
      };
    },
  },
  {
    name: 'contactGroups.get',
    method: 'GET',
    path: /^\/v1\/contactGroups\/(?<id>[^/:]+)$/,
    query: ['groupFields', 'maxMembers'],
    body: [],
    needs: 'read',
    run({ desk, id, query }) {
      const group = groupAt(desk, id);
      const members = membersOf(desk, id);
      const most = Number(query.one('maxMembers') ?? 0) || 0;
      const shown = members.slice(0, most);
      return {
        ...shownGroup(group, members.length),
        ...(shown.length > 0 ? { memberResourceNames: shown.map((one) => `people/${one}`) } : {}),
      };
    },
  },
  {
    name: 'contactGroups.create',
    method: 'POST',
    path: /^\/v1\/contactGroups$/,
    query: [],
    body: ['contactGroup', 'readGroupFields'],
    needs: 'write',
    run({ desk, body, operation }) {
      const { groups } = peopleTables(desk);
      const given = body.contactGroup;
      const name =
        typeof given === 'object' && given !== null && 'name' in given ? String(given.name).trim() : '';
      if (name === '') throw new GoogleRefusal(400, 'Contact group name must not be empty.');
      if (groups.all().some((group) => group.name === name))
        throw new GoogleRefusal(409, 'Contact group name already exists.', { status: 'ALREADY_EXISTS' });
      const group = {
        id: desk.id('', 16).toLowerCase(),
        name,
        system: false,
        updatedAt: desk.clock().getTime(),
      };
      groups.put(group.id, group);
      const id = `contactGroups/${group.id}`;
      desk.wrote({ operation, object: 'contactGroup', id, action: 'create', marker: null, record: group });
      return shownGroup(group, 0);
    },
  },
  {
    name: 'contactGroups.members.modify',
    method: 'POST',
    path: /^\/v1\/contactGroups\/(?<id>[^/:]+)\/members:modify$/,
    query: [],
    body: ['resourceNamesToAdd', 'resourceNamesToRemove'],
    needs: 'write',
    run({ desk, id, body }) {
      groupAt(desk, id);
      const added = namesOf(body.resourceNamesToAdd);
      const removed = namesOf(body.resourceNamesToRemove);
      if (added.length + removed.length > MOST)
        throw new GoogleRefusal(400, `At most ${MOST} resource names are taken.`);
      const missing = [...added, ...removed].filter((one) => !livingContact(desk, one));
      for (const one of added) change(desk, one, (groups) => [...new Set([...groups, id])]);
      const last = removed.filter(
        (one) => !change(desk, one, (groups) => groups.filter((group) => group !== id)),
      );
      const stuck = last.filter((one) => !missing.includes(one));
      return {
        ...(missing.length > 0 ? { notFoundResourceNames: missing.map((one) => `people/${one}`) } : {}),
        ...(stuck.length > 0
          ? { canNotRemoveLastContactGroupResourceNames: stuck.map((one) => `people/${one}`) }
          : {}),
      };
    },
  },
];

export function seedGroups(desk: VendorDesk): void {
  const { groups } = peopleTables(desk);
  const updatedAt = desk.clock().getTime();
  for (const id of ['myContacts', 'starred']) groups.put(id, { id, name: id, system: true, updatedAt });
}

function groupAt(desk: VendorDesk, id: string): GroupRow {
  const group = peopleTables(desk).groups.get(id);
  if (!group) throw notFound();
  return group;
}

function shownGroup({ id, name, system, updatedAt }: GroupRow, memberCount: number): object {
  return {
    resourceName: `contactGroups/${id}`,
    etag: Buffer.from(`${id}/${updatedAt}`).toString('base64'),
    // System groups are told no time.
    ...(system ? {} : { metadata: { updateTime: new Date(updatedAt).toISOString() } }),
    groupType: system ? 'SYSTEM_CONTACT_GROUP' : 'USER_CONTACT_GROUP',
    name,
    formattedName: name === 'myContacts' ? 'Contacts' : name === 'starred' ? 'Favoris' : name,
    ...(memberCount > 0 ? { memberCount } : {}),
  };
}

function groupsOf(person: PersonData | null): string[] {
  return (person?.memberships ?? []).flatMap(({ contactGroupMembership: group }) =>
    typeof group === 'object' && group !== null && 'contactGroupId' in group
      ? [String(group.contactGroupId)]
      : [],
  );
}

function membersOf(desk: VendorDesk, id: string): string[] {
  return peopleTables(desk)
    .contacts.all()
    .filter(({ person }) => groupsOf(person).includes(id))
    .map((row) => row.id);
}

function memberCounts(desk: VendorDesk): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { person } of peopleTables(desk).contacts.all())
    for (const group of groupsOf(person)) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
}

/** False when the contact is not there, or would be left without a group. */
function change(
  desk: VendorDesk,
  id: string,
  next: (groups: readonly string[]) => readonly string[],
): boolean {
  const contact = livingContact(desk, id);
  const groups = next(groupsOf(contact?.person ?? null));
  if (!contact || groups.length === 0) return false;
  const memberships = groups.map((contactGroupId, index): Entry => {
    const contactGroupMembership = {
      contactGroupId,
      contactGroupResourceName: `contactGroups/${contactGroupId}`,
    };
    return { contactGroupMembership, ...(index === 0 ? { metadata: { sourcePrimary: true } } : {}) };
  });
  putContact(desk, contact, { ...contact.person, memberships });
  return true;
}

const namesOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((name) => String(name).replace(/^people\//, '')) : [];
