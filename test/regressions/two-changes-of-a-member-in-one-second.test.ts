import type { MailchimpClient } from '../../server/connectors/mailchimp/client.ts';
import { memberChanges } from '../../server/connectors/mailchimp/member-changes.ts';
import type { Member, MemberStatus } from '../../server/connectors/mailchimp/shapes.ts';

const AT = '2026-11-25T10:00:00+00:00';
const member = (status: MemberStatus): Member => ({
  hash: '26b95c399dda27c13db3704ec37b3548',
  contactId: 'one',
  email: 'ana@clients.example',
  fullName: 'Ana',
  status,
  lastChanged: AT,
  mergeFields: { FNAME: 'Ana' },
  tags: [],
  webId: null,
  openRate: 0,
  clickRate: 0,
  rating: null,
  unsubscribeReason: null,
});

/** An audience of one, asked within the second of her last change. */
function audienceOf(held: { status: MemberStatus }): MailchimpClient {
  const listMembers: MailchimpClient['listMembers'] = async (_audience, wish) => ({
    members: wish?.status === 'archived' ? [] : [member(held.status)],
    total: 1,
    at: Date.parse(AT) + 500,
  });
  return { listMembers } as unknown as MailchimpClient;
}

it('whoever signs up and leaves within one second is heard to leave, also by a look in between', async () => {
  const held: { status: MemberStatus } = { status: 'subscribed' };
  const client = audienceOf(held);
  const look = async (cursor: Parameters<typeof memberChanges>[2]) => {
    const members = await memberChanges(client, 'a1', cursor, {
      withReading: false,
      shown: async (found) =>
        found.map(({ hash, status }) => ({ id: hash, version: null, values: { status }, label: '' })),
    });
    const archived = await memberChanges(client, 'a1', members.cursor, {
      withReading: false,
      shown: async (found) => {
        expect(found).toEqual([]);
        return [];
      },
    });
    return { statuses: members.records.map(({ values }) => values.status), cursor: archived.cursor };
  };
  const first = await look(null);
  const unchanged = await look(first.cursor);
  held.status = 'unsubscribed';
  const second = await look(unchanged.cursor);
  expect([first.statuses, unchanged.statuses, second.statuses]).toEqual([
    ['subscribed'],
    [],
    ['unsubscribed'],
  ]);
});
