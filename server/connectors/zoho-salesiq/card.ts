import type { Chat } from '../../core/chat/chat.ts';
import {
  type CardDeclaration,
  type CardRow,
  type CardSubject,
  dateValue,
  stateValue,
  textValue,
} from '../../core/record-card.ts';
import type { Sentence } from '../../core/sentence.ts';
import { nobody, PERSON_MODULES } from '../../kit/person-card.ts';
import { CHATS } from './addresses.ts';
import type { ZohoSalesIqClient } from './client.ts';

/** Each is a call. */
const MOST_ADDRESSES = 3;
const MOST_ROWS = 10;

/** The chats of whoever has the record's addresses, in the account's first portal: those that go on first. */
export const card: CardDeclaration<ZohoSalesIqClient> = {
  group: 'zoho-salesiq',
  modules: PERSON_MODULES,

  async read({ client, subject }) {
    const addresses = [...new Set(subject.emails.map((email) => email.toLowerCase()))];
    const asked = addresses.slice(0, MOST_ADDRESSES);
    const found = await Promise.all(
      asked.map(async (email) => {
        const { chats } = await client.chats('', { email, limit: MOST_ROWS + 1 });
        return chats.filter(({ visitor }) => visitor.email?.toLowerCase() === email);
      }),
    );
    const chats = [...new Map(found.flat().map((one) => [one.id, one])).values()].sort(byUrgency);
    const refs = chats.map(({ id }) => ({ object: CHATS, id }));
    if (chats.length === 0) return { sections: [], empty: noOne(subject), refs, actions: [] };
    const more = chats.length > MOST_ROWS || addresses.length > asked.length;
    return {
      sections: [
        {
          id: 'salesiq-chats',
          titles: { en: 'Chats', fr: 'Chats' },
          layout: 'rows',
          rows: chats.slice(0, MOST_ROWS).map(chatRow),
          ...(more ? { more: true } : {}),
        },
      ],
      refs,
      actions: [],
    };
  },
};

/** Those that go on first, the newest first of each. */
const byUrgency = (one: Chat, other: Chat): number =>
  Number(other.state === 'open') - Number(one.state === 'open') ||
  (other.startedAt ?? '').localeCompare(one.startedAt ?? '');

const STATES = {
  open: { words: { en: 'Goes on', fr: 'En cours' }, tone: 'busy' },
  ended: { words: { en: 'Ended', fr: 'Terminé' }, tone: 'quiet' },
  missed: { words: { en: 'Missed', fr: 'Manqué' }, tone: 'bad' },
} as const;

function chatRow({ id, number, question, state, operator, startedAt, page }: Chat): CardRow {
  const { words, tone } = STATES[state];
  return {
    id: `chat ${id}`,
    label: textValue([`#${number}`, question].filter((one) => one !== null).join(' ')),
    values: [
      stateValue(words, tone),
      ...(operator === null ? [] : [textValue(operator)]),
      ...(startedAt === null ? [] : [dateValue(startedAt)]),
    ],
    ...(page === null ? {} : { url: page }),
  };
}

const noOne = (subject: CardSubject): Sentence =>
  nobody(
    subject,
    {
      en: 'The record has no e-mail address, by which Zoho SalesIQ would know the visitor.',
      fr: 'La fiche n’a pas d’adresse e-mail, à laquelle Zoho SalesIQ reconnaîtrait le visiteur.',
    },
    (sought) => ({
      en: `Nobody with ${sought.en} has chatted on the site.`,
      fr: `Personne avec ${sought.fr} n’a discuté sur le site.`,
    }),
  );
