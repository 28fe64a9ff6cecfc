import type { MailchimpClient } from './client.ts';
import type { Member } from './shapes.ts';

const PAGE = 1000;

/**
 * Members by what identifies them. Mailchimp gives them one by one or all of them: whichever takes fewer calls.
 *
 * @param names contact ids or MD5s of addresses.
 * @param nameOf what a member is looked for by, of these.
 */
export async function findMembers(
  client: MailchimpClient,
  audience: string,
  names: readonly string[],
  nameOf: (member: Member) => string | null,
): Promise<Map<string, Member>> {
  const found = new Map<string, Member>();
  const take = (members: readonly Member[]): void => {
    for (const member of members) {
      const name = nameOf(member);
      if (name !== null && wanted.has(name)) found.set(name, member);
    }
  };
  const wanted = new Set(names);
  const isWhole = names.length > 2 && (await isShorterWhole(client, audience, names.length));
  for (const status of isWhole ? ([undefined, 'archived'] as const) : []) {
    for (let offset = 0; found.size < wanted.size; ) {
      const page = await client.listMembers(audience, {
        offset,
        ...(status === undefined ? {} : { status }),
      });
      take(page.members);
      offset += page.members.length;
      if (page.members.length < PAGE) break;
    }
  }
  // Lists move while they are paged through: who was not met there is asked for by name.
  for (const name of wanted) {
    if (found.has(name)) continue;
    const member = await client.getMember(audience, name);
    if (member !== null) found.set(name, member);
  }
  return found;
}

async function isShorterWhole(client: MailchimpClient, audience: string, names: number): Promise<boolean> {
  const { total } = await client.listMembers(audience, { count: 1 });
  // One more for the archived ones.
  return Math.ceil(total / PAGE) + 1 < names;
}
