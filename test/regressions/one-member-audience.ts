import type { MailchimpClient } from '../../server/connectors/mailchimp/client.ts';
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

/** An audience of one, asked within the second of her last change; `held.status` may be changed. */
export function audienceOf(status: MemberStatus): {
  client: MailchimpClient;
  held: { status: MemberStatus };
} {
  const held = { status };
  const listMembers: MailchimpClient['listMembers'] = async (_audience, wish) => ({
    members: wish?.status === 'archived' ? [] : [member(held.status)],
    total: 1,
    at: Date.parse(AT) + 500,
  });
  return { client: { listMembers } as unknown as MailchimpClient, held };
}
