import {
  accounts,
  type CompanyContact,
  company,
  contacts,
  crowdMember,
  crowdWish,
} from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { AUDIENCE_ID } from './account.ts';
import { clean, click, note, open, sendCampaign, unsubscribe } from './acts.ts';
import { keyOf as memberKey } from './member.ts';
import { keyOf } from './merge-fields.ts';
import { type MergeFieldRow, mailchimpTables, stampOf } from './rows.ts';
import { createMember } from './write-member.ts';

const FIELDS = [
  { tag: 'FNAME', name: 'Prénom', type: 'text', options: { size: 25, choices: [] } },
  { tag: 'LNAME', name: 'Nom', type: 'text', options: { size: 25, choices: [] } },
  { tag: 'PHONE', name: 'Téléphone', type: 'phone', options: { phone_format: 'none' } },
  { tag: 'COMPANY', name: 'Entreprise', type: 'text', options: { size: 25, choices: [] } },
] as const;

/** Two newsletters, oldest first, and who did what with them, by key of the company's contacts. */
const CAMPAIGNS = [
  {
    title: 'Lettre d’octobre',
    subject: 'Trois sites que nous avons aimé faire',
    daysAgo: 40,
    opened: ['juliette', 'hélène', 'noémie', 'urs', 'madison', 'kenji'],
    clicked: { juliette: '/realisations', urs: '/realisations', madison: '/contact' },
    bounced: ['léa'],
    left: ['antoine'],
  },
  {
    title: 'Lettre de novembre',
    subject: 'Votre site est-il prêt pour l’hiver ?',
    daysAgo: 12,
    opened: ['juliette', 'bastien', 'karim', 'gaëlle', 'noémie', 'haruka', 'urs'],
    clicked: { juliette: '/maintenance', karim: '/maintenance', gaëlle: '/contact' },
    bounced: [],
    left: ['dwayne'],
  },
] as const;

/** Everybody with an address, in one audience; some left, and one address is dead. */
export function seed(desk: VendorDesk): void {
  const { audiences, mergeFields } = mailchimpTables(desk);
  const start = earlier(desk, 420 * 24 * 60);
  audiences.put(AUDIENCE_ID, {
    id: AUDIENCE_ID,
    webId: 514_207,
    name: 'Clients et prospects',
    createdAt: stampOf(start.clock()),
  });
  FIELDS.forEach((field, index) => {
    const row: MergeFieldRow = {
      listId: AUDIENCE_ID,
      mergeId: index + 1,
      required: false,
      defaultValue: '',
      public: true,
      displayOrder: index + 2,
      helpText: '',
      ...field,
    };
    mergeFields.put(keyOf(row), row);
  });
  const known = members();
  known.forEach(({ person, email }, index) => {
    // Each some minutes apart: nobody was ever added in the same second.
    join(earlier(desk, (400 - index) * 24 * 60 + index * 7), person, email);
  });
  const addressOf = (key: string): string => known.find(({ person }) => person.key === key)?.email ?? '';
  for (const { title, subject, daysAgo, opened, clicked, bounced, left } of CAMPAIGNS) {
    const sentAt = daysAgo * 24 * 60;
    const { campaign, recipients } = sendCampaign(earlier(desk, sentAt), AUDIENCE_ID, { title, subject });
    opened.forEach((key, index) => {
      open(earlier(desk, sentAt - 30 - 47 * index), campaign.id, AUDIENCE_ID, addressOf(key));
    });
    Object.entries(clicked).forEach(([key, path], index) => {
      const then = earlier(desk, sentAt - 400 - 61 * index);
      click(then, campaign.id, AUDIENCE_ID, addressOf(key), `${company.website}${path}`);
    });
    for (const key of bounced) {
      const then = earlier(desk, sentAt - 2);
      const member = recipients.find(({ email }) => email === addressOf(key));
      if (member) note(then, campaign.id, member, 'bounce', 'hard');
      clean(then, AUDIENCE_ID, addressOf(key));
    }
    for (const key of left) unsubscribe(earlier(desk, sentAt - 90), AUDIENCE_ID, addressOf(key));
  }
}

/** Beside the company's own contacts: `contact-00001@clients.example` and so on, each subscribed. */
export function seedMore(desk: VendorDesk, wish: Readonly<Record<string, unknown>>): object {
  const { contacts: count, companies, replace } = crowdWish(wish);
  const { members: table } = mailchimpTables(desk);
  if (replace) for (const row of table.all()) table.delete(memberKey(row.listId, row.hash));
  const quiet = earlier(desk, 60);
  for (let n = 1; n <= count; n += 1) {
    const { firstName, lastName, email, phone, company: employer } = crowdMember(n, companies);
    // A second apart: an audience grows over time.
    const then = { ...quiet, clock: () => new Date(quiet.clock().getTime() - (count - n) * 1_000) };
    const mergeFields = { FNAME: firstName, LNAME: lastName, PHONE: phone, COMPANY: employer ?? '' };
    createMember(then, AUDIENCE_ID, { email, status: 'subscribed', mergeFields }, { source: 'admin' });
  }
  return { members: count };
}

/** Two people who share an address are one member. */
function members(): { person: CompanyContact; email: string }[] {
  const seen = new Set<string>();
  return contacts.flatMap((person) => {
    const { email } = person;
    if (email === null || seen.has(email)) return [];
    seen.add(email);
    return [{ person, email }];
  });
}

function join(desk: VendorDesk, person: CompanyContact, email: string): void {
  const home = accounts.find(({ key }) => key === person.account);
  const mergeFields = {
    FNAME: person.firstName ?? '',
    LNAME: person.lastName,
    PHONE: person.phone ?? person.mobile ?? '',
    COMPANY: home?.name ?? '',
  };
  const tags = home && home.address.countryCode !== 'FR' ? ['International'] : [];
  createMember(desk, AUDIENCE_ID, { email, status: 'subscribed', mergeFields, tags }, { source: 'admin' });
}

/** The desk as it was some minutes ago: nothing is sent to anyone. */
function earlier(desk: VendorDesk, minutes: number): VendorDesk {
  const clock = (): Date => new Date(desk.clock().getTime() - minutes * 60_000);
  return { ...desk, clock, deliver: () => undefined };
}
