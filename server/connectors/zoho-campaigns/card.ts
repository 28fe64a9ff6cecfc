import type { ReaderEvent } from '../../core/newsletter/reader.ts';
import {
  asWords,
  type CardDeclaration,
  type CardSection,
  type CardSubject,
  stateValue,
  type Tone,
  textValue,
  wordsValue,
} from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { nobody, PERSON_MODULES } from '../../kit/person-card.ts';
import { campaignRows, type PersonEvents, timelineRows } from '../../kit/reader-card.ts';
import { type Deed, PAGE, STANDINGS, type Standing, type ZohoCampaignsClient } from './client.ts';
import { walk } from './reading-lists.ts';
import type { MailingList } from './shapes.ts';

const MOST_LISTS = 4;
const MOST_ADDRESSES = 3;
/** Rows of a list that are looked through: Campaigns is asked for nobody by name. */
const MOST_ROWS = 10 * PAGE;
/** Campaigns that are looked at: each costs three calls, of a method that lets few through. */
const MOST_CAMPAIGNS = 3;

interface Membership {
  readonly list: MailingList;
  readonly email: string;
  readonly standing: Standing;
}

/** In which lists the record's addresses are, whether they get mail, and what they opened and clicked of the last letters. */
export const card: CardDeclaration<ZohoCampaignsClient> = {
  group: 'zoho-campaigns',
  modules: PERSON_MODULES,

  async read({ client, subject }) {
    const addresses = subject.emails.slice(0, MOST_ADDRESSES).map((email) => email.toLowerCase());
    if (addresses.length === 0) return { sections: [], empty: noOne(subject), refs: [], actions: [] };
    const { lists } = await client.lists();
    const looked = await Promise.all(
      lists.slice(0, MOST_LISTS).map((list) => membershipsOf(client, list, addresses)),
    );
    const found = looked.flatMap(({ memberships }) => memberships);
    const long = looked.flatMap(({ unread }) => unread ?? []);
    const people = new Set(found.map(({ email }) => email));
    const refs = [...people].map((id) => ({ object: 'zohoCampaigns.subscriber', id }));
    if (found.length === 0 && long.length === 0)
      return { sections: [], empty: noOne(subject), refs, actions: [] };
    const events = await eventsOf(client, addresses);
    const several = people.size > 1;
    const read = addresses.flatMap((email) => {
      const own = events.get(email);
      return own === undefined ? [] : [{ who: several ? email : null, events: own }];
    });
    return {
      sections: [
        ...found.map((one) => membershipSection(one, several)),
        ...tooLong(long),
        lettersOf(read),
        timelineOf(read),
      ],
      refs,
      actions: [],
    };
  },
};

/** @returns who of these is in the list; `unread`: the list, where it is too long to look through to its end. */
async function membershipsOf(
  client: ZohoCampaignsClient,
  list: MailingList,
  addresses: readonly string[],
): Promise<{ memberships: Membership[]; unread: MailingList | null }> {
  const found = new Map<string, Membership>();
  // Who left is looked for first: those are few, and it matters most.
  for (const standing of STANDINGS.toReversed()) {
    const seen = new Set<string>();
    for await (const row of walk(client, list.key, standing)) {
      const email = row.email.toLowerCase();
      if (addresses.includes(email) && !found.has(email)) found.set(email, { list, email, standing });
      seen.add(email);
      if (found.size === addresses.length) return { memberships: [...found.values()], unread: null };
      if (seen.size >= MOST_ROWS) return { memberships: [...found.values()], unread: list };
    }
  }
  return { memberships: [...found.values()], unread: null };
}

const DEEDS = [
  ['sentcontacts', 'sent'],
  ['openedcontacts', 'open'],
  ['clickedcontacts', 'click'],
] as const;

/** Which of these are among those who did something with a letter; null: there are too many to know. */
async function whoDid(
  client: ZohoCampaignsClient,
  campaign: string,
  deed: Deed,
  addresses: readonly string[],
): Promise<ReadonlySet<string> | null> {
  const found = new Set<string>();
  for (let from = 1; from <= MOST_ROWS; ) {
    const rows = await client.recipients(campaign, deed, from);
    for (const { email } of rows) if (addresses.includes(email)) found.add(email);
    if (found.size === addresses.length || rows.length < PAGE) return found;
    from += rows.length;
  }
  return null;
}

/**
 * What each of these did with the last letters. When something was opened Campaigns does not say. Of a letter with more
 * readers than are looked through nothing is said: not to be found among some is not the same as not to have read.
 */
async function eventsOf(
  client: ZohoCampaignsClient,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, readonly ReaderEvent[]>> {
  const events = new Map<string, ReaderEvent[]>();
  const letters = await Promise.all(
    (await client.campaigns(MOST_CAMPAIGNS)).map(async (campaign) => ({
      campaign,
      deeds: await Promise.all(
        DEEDS.map(async ([deed, kind]) => ({
          kind,
          who: await whoDid(client, campaign.key, deed, addresses),
        })),
      ),
    })),
  );
  for (const { campaign, deeds } of letters) {
    if (deeds.some(({ who }) => who === null)) continue;
    for (const { kind, who } of deeds) {
      for (const email of who ?? []) {
        const at = kind === 'sent' ? (campaign.sentAt ?? '') : '';
        const event = { kind, at, campaignId: campaign.key, campaign: campaign.name, detail: null };
        events.set(email, [...(events.get(email) ?? []), event]);
      }
    }
  }
  return events;
}

const noOne = (subject: CardSubject): Sentence =>
  nobody(
    subject,
    {
      en: 'The record has no e-mail address, by which Zoho Campaigns knows people.',
      fr: 'La fiche n’a pas d’adresse e-mail, à laquelle Zoho Campaigns reconnaît les gens.',
    },
    (sought) => ({
      en: `No mailing list holds ${sought.en}. Whoever has not confirmed yet is in none.`,
      fr: `Aucune liste de diffusion ne contient ${sought.fr}. Qui n’a pas encore confirmé n’est dans aucune.`,
    }),
  );

const STATES: Readonly<Record<Standing, readonly [en: string, fr: string, tone: Tone]>> = {
  active: ['Subscribed', 'Abonné', 'good'],
  unsub: ['Unsubscribed', 'Désabonné', 'bad'],
  bounce: ['Bounces', 'En erreur', 'bad'],
  spam: ['Called it spam', 'Signalé indésirable', 'bad'],
};
const WHY: Readonly<Record<Standing, Sentence>> = {
  active: { en: 'Gets the list’s mail.', fr: 'Reçoit les e-mails de la liste.' },
  unsub: {
    en: 'Asked for no more mail, and can only come back by subscribing again.',
    fr: 'A demandé à ne plus rien recevoir, et ne peut revenir qu’en se réabonnant.',
  },
  bounce: { en: 'Mail to the address came back.', fr: 'Les e-mails à cette adresse sont revenus.' },
  spam: { en: 'Reported a mail as spam.', fr: 'A signalé un e-mail comme indésirable.' },
};

/** A record of several people says of each list whose it is. */
function membershipSection({ list, email, standing }: Membership, several: boolean): CardSection {
  const [en, fr, tone] = STATES[standing];
  const id = `${list.key} ${email}`;
  return {
    id: `member ${id}`,
    titles: asWords(list.name),
    layout: 'facts',
    rows: [
      ...(several
        ? [{ id: `${id} address`, label: wordsValue('Address', 'Adresse'), values: [textValue(email)] }]
        : []),
      {
        id: `${id} status`,
        label: wordsValue('Status', 'Statut'),
        values: [stateValue({ en, fr }, tone)],
        note: WHY[standing],
      },
      { id: `${id} list`, label: wordsValue('List', 'Liste'), values: [textValue(list.name)] },
    ],
  };
}

const tooLong = (lists: readonly MailingList[]): CardSection[] =>
  lists.map(({ key, name }) => ({
    id: `long ${key}`,
    titles: asWords(name),
    layout: 'facts',
    rows: [
      {
        id: `${key} status`,
        label: wordsValue('Status', 'Statut'),
        values: [wordsValue('Not known here', 'Inconnu ici')],
        note: {
          en: 'The list is too long to be looked through here: Zoho Campaigns cannot be asked for one person.',
          fr: 'La liste est trop longue pour être parcourue ici\u00a0: Zoho Campaigns ne peut être interrogé sur une seule personne.',
        },
      },
    ],
  }));

const lettersOf = (people: readonly PersonEvents[]): CardSection => ({
  id: 'campaigns',
  titles: { en: 'Last letters', fr: 'Dernières lettres' },
  layout: 'rows',
  rows: campaignRows(people),
  empty: {
    en: 'None of the last letters was sent to this person.',
    fr: 'Aucune des dernières lettres n’a été envoyée à cette personne.',
  },
});

const timelineOf = (people: readonly PersonEvents[]): CardSection => ({
  id: 'timeline',
  titles: { en: 'Timeline', fr: 'Chronologie' },
  layout: 'timeline',
  rows: timelineRows(people),
});
