import { accounts, contacts, crowdMember, crowdWish } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { bounce, click, open, send, unsubscribe } from './acts.ts';
import { campaignsTables, keyOf, type ListRow, type TopicRow } from './rows.ts';
import { learn, place } from './subscribe.ts';

const DAY_MINUTES = 24 * 60;

/** The newsletter, which people are put into, and one that people sign up for by a form and confirm. */
export const NEWSLETTER = '3c20ad524dfa4af86216a5be13e238ed';
export const BY_FORM = '7d41c0ffa8e35b1296f0d27be8a4c913';

const LISTS: readonly Omit<ListRow, 'createdAt'>[] = [
  { key: NEWSLETTER, number: '6361736964559881', name: 'Lettre de l’atelier', hasForm: false },
  { key: BY_FORM, number: '6361736964559882', name: 'Conseils du mois (formulaire)', hasForm: true },
];

export const TOPICS: readonly TopicRow[] = [
  { id: '80696000000044001', name: 'Nouvelles de l’atelier', description: 'La lettre mensuelle' },
  { id: '80696000000044005', name: 'Offres de maintenance', description: 'Trois fois par an' },
];

/** Whoever is in the newsletter at first, and what they did, by key of the company's contacts. */
const READERS = ['juliette', 'hélène', 'noémie', 'urs', 'madison', 'antoine', 'léa', 'karim'];
const LETTER = {
  name: 'Lettre d’octobre',
  subject: 'Trois sites que nous avons aimé faire',
  daysAgo: 20,
  opened: ['juliette', 'hélène', 'urs'],
  clicked: ['juliette'],
  bounced: 'léa',
  left: 'antoine',
} as const;

export function seed(desk: VendorDesk): void {
  const { lists, topics } = campaignsTables(desk);
  const begun = earlier(desk, 300 * DAY_MINUTES);
  for (const list of LISTS) lists.put(list.key, { ...list, createdAt: begun.clock().getTime() });
  for (const topic of TOPICS) topics.put(topic.id, topic);
  const newsletter = lists.get(NEWSLETTER);
  if (!newsletter) return;
  const addressOf = (key: string): string => contacts.find((one) => one.key === key)?.email ?? '';
  READERS.forEach((key, index) => {
    const person = contacts.find((one) => one.key === key);
    if (!person?.email) return;
    const then = earlier(desk, (200 - index) * DAY_MINUTES);
    const companyname = accounts.find((one) => one.key === person.account)?.name ?? '';
    learn(then, person.email.toLowerCase(), {
      ...{ firstname: person.firstName ?? '', lastname: person.lastName, companyname },
      phone: person.phone ?? person.mobile ?? '',
    });
    place(then, newsletter, person.email.toLowerCase(), 'active', TOPICS[0]?.id);
  });
  const sentAgo = LETTER.daysAgo * DAY_MINUTES;
  const { campaign } = send(earlier(desk, sentAgo), newsletter, LETTER_MAIL);
  for (const key of LETTER.opened) open(desk, campaign.key, addressOf(key));
  for (const key of LETTER.clicked) click(desk, campaign.key, addressOf(key));
  bounce(desk, newsletter, addressOf(LETTER.bounced));
  unsubscribe(desk, newsletter, addressOf(LETTER.left));
}

const LETTER_MAIL = { name: LETTER.name, subject: LETTER.subject };

/** Beside the company's own: `contact-00001@clients.example` and so on, each subscribed to the newsletter. */
export function seedMore(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const { contacts: count, companies, replace } = crowdWish(wish);
  const { lists, memberships } = campaignsTables(desk);
  const newsletter = lists.get(NEWSLETTER);
  if (!newsletter) throw new Error('There is no newsletter any more. Reset the sandbox.');
  if (replace) for (const { listKey, email } of memberships.all()) memberships.delete(keyOf(listKey, email));
  for (let n = 1; n <= count; n += 1) {
    const { firstName, lastName, email, phone, company } = crowdMember(n, companies);
    const values = { firstname: firstName, lastname: lastName, phone, companyname: company ?? '' };
    learn(desk, email, values);
    place(desk, newsletter, email, 'active', TOPICS[0]?.id);
  }
  return { members: count };
}

/** The desk as it was some minutes ago. */
function earlier(desk: VendorDesk, minutes: number): VendorDesk {
  return { ...desk, clock: () => new Date(desk.clock().getTime() - minutes * 60_000) };
}
