import type { ZohoCrmClient } from './client.ts';
import { coqlText, MOST_IN } from './coql.ts';
import type { CrmEvent, CrmParticipant } from './events.ts';

/** Who somebody is to the CRM, by address. */
export type People = ReadonlyMap<string, { readonly type: string; readonly participant: string }>;

/**
 * Finds users, contacts and leads by their addresses, in this order. An address that several records of a
 * module have names none of them: it stays an address.
 */
export async function findPeople(client: ZohoCrmClient, addresses: readonly string[]): Promise<People> {
  const wanted = [...new Set(addresses)];
  const found = new Map<string, { type: string; participant: string }>();
  if (wanted.length === 0) return found;
  const users = await client.userIds();
  for (const email of wanted) {
    const id = users.get(email);
    if (id !== undefined) found.set(email, { type: 'user', participant: id });
  }
  for (const [module, type] of [
    ['Contacts', 'contact'],
    ['Leads', 'lead'],
  ] as const) {
    const unknown = wanted.filter((email) => !found.has(email));
    for (let from = 0; from < unknown.length; from += MOST_IN) {
      const some = unknown.slice(from, from + MOST_IN);
      const { rows } = await client.query(
        `select id, Email from ${module} where Email in (${some.map(coqlText).join(', ')}) limit 200`,
      );
      for (const email of some) {
        const own = rows.filter((row) => String(row.Email ?? '').toLowerCase() === email);
        if (own.length === 1 && own[0]) found.set(email, { type, participant: own[0].id });
      }
    }
  }
  return found;
}

/** Participants as the CRM takes them: those who are there already stay who they are to it. */
export function participantsValue(
  addresses: readonly string[],
  people: People,
  held: CrmEvent['Participants'] = [],
): object[] {
  const known = new Map((held ?? []).map((one) => [one.Email?.toLowerCase() ?? '', one]));
  // Nobody outside the CRM knows of those without an address: they are not ours to take away.
  const silent = (held ?? []).filter(({ Email }) => !Email);
  return [
    ...silent.map(said),
    ...addresses.map((email) => {
      const before = known.get(email);
      return before
        ? said(before)
        : (people.get(email) ?? { type: 'email', Email: email, participant: email });
    }),
  ];
}

function said({ type, participant, Email }: CrmParticipant): object {
  return { type, participant: participant ?? Email, ...(type === 'email' ? { Email } : {}) };
}
