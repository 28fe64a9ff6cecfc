import type { VendorDesk } from '../core/simulator.ts';
import { type Call, type Operation, refusal, USUAL_LIMIT } from './api.ts';
import { listOf } from './lists.ts';
import {
  type ContactRow,
  campaignsTables,
  FIELDS,
  keyOf,
  type ListRow,
  type MembershipRow,
  type Standing,
} from './rows.ts';

const UPDATE = 'ZohoCampaigns.contact.UPDATE';
const needs = ['listkey', 'contactinfo'];

/** What writes people. https://www.zoho.com/campaigns/help/developers/contact-subscribe.html and beside it */
export const subscribeOperations: readonly Operation[] = [
  {
    ...{ methods: ['POST'], path: '/json/listsubscribe', scope: UPDATE, needs },
    limits: [
      { calls: 500, minutes: 1, lockMinutes: 30 },
      { calls: 12_500, minutes: 60, lockMinutes: 30 },
      { calls: 75_000, minutes: 1_440, lockMinutes: 30 },
    ],
    run: listSubscribe,
  },
  {
    methods: ['POST'],
    path: '/json/listunsubscribe',
    scope: UPDATE,
    needs,
    limits: [USUAL_LIMIT],
    run: listUnsubscribe,
  },
  {
    ...{ methods: ['POST'], path: '/json/contactdonotmail', scope: UPDATE, needs: ['contactinfo'] },
    run: contactDoNotMail,
  },
];

/** Addresses of a post rather than of a person: https://help.zoho.com/portal/en/kb/campaigns (group addresses). */
const GROUPS = new Set(
  'info admin administrator careers sales service support webmaster postmaster abuse noreply no-reply'.split(
    ' ',
  ),
);

const isAddress = (text: string): boolean => /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/.test(text);

/** The fields that a call names by their labels; a label that the account does not have is passed over. */
function personIn({ given }: Call): { email: string; values: Record<string, string> } {
  let info: unknown;
  try {
    info = JSON.parse(given.contactinfo ?? '');
  } catch {
    throw refusal('2001', 'Please enter correct XML(or)JSON format.');
  }
  if (typeof info !== 'object' || info === null || Array.isArray(info))
    throw refusal('2001', 'Please enter correct XML(or)JSON format.');
  const values = Object.fromEntries(
    FIELDS.flatMap(([name, label]) => {
      const value = (info as Record<string, unknown>)[label];
      return value === undefined || value === null ? [] : [[name, String(value).trim()] as const];
    }),
  );
  const { contact_email: email = '', ...rest } = values;
  if (!isAddress(email)) throw refusal('2004', 'Invalid contact email address.');
  return { email: email.toLowerCase(), values: rest };
}

/** What is known of a person, with what is new; blanks are absent. */
export function learn(desk: VendorDesk, email: string, values: Readonly<Record<string, string>>): ContactRow {
  const { contacts } = campaignsTables(desk);
  const held = contacts.get(email);
  const all = Object.entries({ ...held?.values, ...values }).filter(([, value]) => value !== '');
  return contacts.put(email, {
    email,
    id: held?.id ?? desk.digits('30300001', 7),
    values: Object.fromEntries(all),
    doNotMail: held?.doNotMail ?? false,
  });
}

/** Puts a person into a list, or changes how they stand there. */
export function place(
  desk: VendorDesk,
  { key }: ListRow,
  email: string,
  standing: Standing,
  topic?: string,
): MembershipRow {
  const { memberships } = campaignsTables(desk);
  const held = memberships.get(keyOf(key, email));
  const topics = standing === 'unsub' ? [] : (held?.topics ?? []);
  return memberships.put(keyOf(key, email), {
    listKey: key,
    email,
    standing,
    addedAt: held?.addedAt ?? desk.clock().getTime(),
    topics: topic === undefined || topics.includes(topic) ? topics : [...topics, topic],
  });
}

function topicIn({ desk, given }: Call): string | undefined {
  const { topic_id: id } = given;
  if (!id) return undefined;
  if (!campaignsTables(desk).topics.get(id)) throw refusal('4014', 'Topic is invalid.');
  return id;
}

/**
 * Where the list has a sign-up form the person confirms by mail first. What becomes of somebody who had left, the page
 * does not say; whoever calls has to reckon with it that they are in the list again, and here they are.
 */
function listSubscribe(call: Call): object {
  const { desk } = call;
  const list = listOf(call, '2501');
  const { email, values } = personIn(call);
  const topic = topicIn(call);
  if (GROUPS.has(email.split('@')[0] ?? '')) throw refusal('2005', 'Group email address added.');
  const { contacts, memberships } = campaignsTables(desk);
  const [held, known] = [memberships.get(keyOf(list.key, email)), contacts.get(email)];
  if (known?.doNotMail) throw refusal('2001', 'Error in subscription. Please retry after sometime.');
  const contact = learn(desk, email, values);
  const comesIn = held?.standing !== 'active' && held?.standing !== 'bounce' && held?.standing !== 'spam';
  const standing: Standing = comesIn ? (list.hasForm ? 'pending' : 'active') : held.standing;
  const row = place(desk, list, email, standing, topic);
  wrote(call, row, contact, held === undefined ? 'create' : 'update');
  const message =
    standing === 'pending'
      ? 'A confirmation email is sent to the user. User needs to confirm to successfully subscribe.'
      : 'User successfully subscribed.';
  return { message, status: 'success', code: '0' };
}

/** https://www.zoho.com/campaigns/help/developers/contact-unsubscribe.html */
function listUnsubscribe(call: Call): object {
  const list = listOf(call, '2102');
  const { email } = personIn(call);
  const { contacts, memberships } = campaignsTables(call.desk);
  const held = memberships.get(keyOf(list.key, email));
  const contact = contacts.get(email);
  if (!held || !contact) throw refusal('2103', 'Contact does not exist.');
  const standing: Standing = held.standing === 'bounce' || held.standing === 'spam' ? held.standing : 'unsub';
  if (held.standing !== standing) wrote(call, place(call.desk, list, email, standing), contact, 'update');
  return { message: 'User successfully unsubscribed.', status: 'success', code: '0' };
}

/** https://www.zoho.com/campaigns/help/developers/do-not-mail.html */
function contactDoNotMail(call: Call): object {
  const { email } = personIn(call);
  const { contacts, lists, memberships } = campaignsTables(call.desk);
  const contact = contacts.put(email, { ...learn(call.desk, email, {}), doNotMail: true });
  for (const list of lists.all()) {
    const held = memberships.get(keyOf(list.key, email));
    if (held) wrote(call, place(call.desk, list, email, 'unsub'), contact, 'update');
  }
  return { message: 'User successfully moved to Do-Not-Mail.', status: 'success', code: '0' };
}

function wrote(
  { desk, request }: Call,
  row: MembershipRow,
  contact: ContactRow,
  action: 'create' | 'update',
): void {
  desk.wrote({
    operation: `POST ${request.path}`,
    object: 'subscriber',
    id: keyOf(row.listKey, row.email),
    action,
    // Campaigns knows people by their addresses, and a repeat by nothing else.
    marker: row.email,
    record: { ...row, values: contact.values },
  });
}
