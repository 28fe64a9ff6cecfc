import type { VendorAccount } from '../../core/connector.ts';
import type { ReaderEvent } from '../../core/newsletter/reader.ts';
import {
  asWords,
  type CardDeclaration,
  type CardRow,
  type CardSection,
  type CardSubject,
  stateValue,
  type Tone,
  textValue,
  wordsValue,
} from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { ifGone } from '../../kit/if-gone.ts';
import { nobody, PERSON_MODULES } from '../../kit/person-card.ts';
import { campaignRows, type PersonEvents, timelineRows } from '../../kit/reader-card.ts';
import type { MailchimpClient } from './client.ts';
import { hashOf } from './members.ts';
import type { Audience, Member } from './shapes.ts';

const MOST_AUDIENCES = 10;
const MOST_ADDRESSES = 3;
const MOST_EVENTS = 100;

interface Membership {
  readonly audience: Audience;
  readonly member: Member;
  readonly events: readonly ReaderEvent[];
}

/** Which audiences hold the record's addresses, whether they get mail, and what they did with it. */
export const card: CardDeclaration<MailchimpClient> = {
  group: 'mailchimp',
  modules: PERSON_MODULES,

  async read({ client, account, subject }) {
    const audiences = (await client.listAudiences()).slice(0, MOST_AUDIENCES);
    const addresses = subject.emails.slice(0, MOST_ADDRESSES);
    const found = await Promise.all(
      audiences.flatMap((audience) => addresses.map((email) => membershipOf(client, audience, email))),
    );
    const memberships = found.filter((one) => one !== null);
    const refs = memberships.map(({ member }) => ({
      object: 'mailchimp.member',
      id: member.contactId ?? member.hash,
    }));
    if (memberships.length === 0) return { sections: [], empty: noOne(subject), refs, actions: [] };
    const url = profileUrl(memberships[0]?.member, account);
    return {
      sections: membershipSections(memberships),
      refs,
      actions: [],
      ...(url === null ? {} : { url }),
    };
  },
};

async function membershipOf(
  client: MailchimpClient,
  audience: Audience,
  email: string,
): Promise<Membership | null> {
  const hash = hashOf(email);
  const [member, events] = await Promise.all([
    client.getMember(audience.id, hash),
    // Who is in no audience did nothing with its mail.
    ifGone(() => client.memberActivity(audience.id, hash, { count: MOST_EVENTS }), []),
  ]);
  return member === null ? null : { audience, member, events };
}

const noOne = (subject: CardSubject): Sentence =>
  nobody(
    subject,
    {
      en: 'The record has no e-mail address, by which Mailchimp knows people.',
      fr: 'La fiche n’a pas d’adresse e-mail, à laquelle Mailchimp reconnaît les gens.',
    },
    (sought) => ({ en: `No audience holds ${sought.en}.`, fr: `Aucune audience ne contient ${sought.fr}.` }),
  );

/** https://mailchimp.com/developer/marketing/api/list-members/ : what each status means for mail. */
const STATES: Readonly<Record<string, readonly [string, string, Tone]>> = {
  subscribed: ['Subscribed', 'Abonné', 'good'],
  unsubscribed: ['Unsubscribed', 'Désabonné', 'bad'],
  cleaned: ['Cleaned', 'Nettoyé', 'bad'],
  pending: ['Not confirmed', 'Non confirmé', 'busy'],
  transactional: ['Not subscribed', 'Non abonné', 'quiet'],
  archived: ['Archived', 'Archivé', 'quiet'],
};

const WHY: Readonly<Record<string, Sentence>> = {
  subscribed: { en: 'Gets the audience’s mail.', fr: 'Reçoit les e-mails de l’audience.' },
  unsubscribed: {
    en: 'Asked for no more mail, and can only come back by subscribing again.',
    fr: 'A demandé à ne plus rien recevoir, et ne peut revenir qu’en se réabonnant.',
  },
  cleaned: { en: 'Mail to the address came back.', fr: 'Les e-mails à cette adresse sont revenus.' },
  pending: {
    en: 'Has yet to confirm the subscription by mail.',
    fr: 'Doit encore confirmer son abonnement par e-mail.',
  },
  transactional: { en: 'Bought something, never subscribed.', fr: 'A acheté, sans jamais s’abonner.' },
  archived: { en: 'Was taken out of the audience.', fr: 'A été retiré de l’audience.' },
};

/** A record of several people says of each thing whose it is. */
function membershipSections(memberships: readonly Membership[]): CardSection[] {
  const several = new Set(memberships.map(({ member }) => member.hash)).size > 1;
  return [
    ...memberships.map((one) => membershipSection(one, several)),
    ...activitySections(
      memberships.map(({ member, events }) => ({ who: several ? member.email : null, events })),
    ),
  ];
}

function membershipSection({ audience, member }: Membership, several: boolean): CardSection {
  const [en, fr, tone] = STATES[member.status] ?? [member.status, member.status, 'quiet'];
  const why = WHY[member.status];
  const reason = member.unsubscribeReason;
  const row = (
    id: string,
    label: readonly [string, string],
    rest: Omit<CardRow, 'id' | 'label'>,
  ): CardRow => ({
    id: `${audience.id} ${member.hash} ${id}`,
    label: wordsValue(...label),
    ...rest,
  });
  return {
    id: `member ${audience.id} ${member.hash}`,
    titles: asWords(audience.name),
    layout: 'facts',
    rows: [
      ...(several ? [row('address', ['Address', 'Adresse'], { values: [textValue(member.email)] })] : []),
      row('status', ['Status', 'Statut'], {
        values: [stateValue({ en, fr }, tone)],
        ...(why === undefined ? {} : { note: why }),
      }),
      ...(reason === null
        ? []
        : [row('reason', ['Reason given', 'Raison donnée'], { values: [textValue(reason)] })]),
      row('audience', ['Audience', 'Audience'], { values: [textValue(audience.name)] }),
      row('tags', ['Tags', 'Tags'], {
        values:
          member.tags.length === 0
            ? [wordsValue('None', 'Aucun')]
            : member.tags.map((tag) => stateValue(asWords(tag), 'quiet')),
      }),
    ],
  };
}

function activitySections(people: readonly PersonEvents[]): CardSection[] {
  return [
    {
      id: 'campaigns',
      titles: { en: 'Last campaigns', fr: 'Dernières campagnes' },
      layout: 'rows',
      rows: campaignRows(people),
      empty: {
        en: 'No campaign was sent to this person.',
        fr: 'Aucune campagne n’a été envoyée à cette personne.',
      },
    },
    {
      id: 'timeline',
      titles: { en: 'Timeline', fr: 'Chronologie' },
      layout: 'timeline',
      rows: timelineRows(people),
    },
  ];
}

function profileUrl(member: Member | undefined, { facts }: VendorAccount): string | null {
  const centre = facts?.dataCentre;
  if (member?.webId == null || centre === undefined) return null;
  return `https://${centre}.admin.mailchimp.com/lists/members/view?id=${member.webId}`;
}
