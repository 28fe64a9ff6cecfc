import { fitText } from '../../core/fit-text.ts';
import type { MessagesOffer, WholeText } from '../../core/messages.ts';
import { cleanText, JOINER, unformatted } from '../../kit/chat-text.ts';
import { composeChat } from '../../kit/compose-chat.ts';
import type { ZohoCliqClient } from './client.ts';

/** Characters that Cliq takes of one text, and what of them is kept for the link that carries the mark. */
export const LONGEST_TEXT = 5_000;
const LINK_ROOM = 600;

/** A link, a mention and what makes a line a quotation, a heading or a rule: none of a value's. */
const LINK_SIGNS = /\](?=\()|\{(?=[@#])/g;
const LINE_SIGNS = /^(?=[!>#-])/gm;
const literal = (value: string): string =>
  unformatted(cleanText(value).replace(LINK_SIGNS, `$&${JOINER}`)).replace(LINE_SIGNS, JOINER);

const LINK = /\[([^\]]*)\]\(([^()\s]+)\)/g;
const LAST_LINK = /\]\(([^()\s#]+)\)$/;
const MARKED = /(?<![\p{L}\p{N}\u2060])([*_~`])(?=\S)([^\n]*?\S)\1(?![\p{L}\p{N}\u2060])/gu;

const linkTo = ({ title, address }: WholeText): string =>
  address === null ? title : `[${title}](${address})`;

/**
 * Messages of channels and to people. Cliq keeps nothing beside a message's text, so that the mark stands where
 * nobody sees it: after the `#` of the link that ends each message.
 */
export const messages: MessagesOffer<ZohoCliqClient> = {
  titles: { en: 'A Zoho Cliq channel or person', fr: 'Un canal ou une personne de Zoho Cliq' },
  longest: LONGEST_TEXT,
  async places(client) {
    const [channels, people] = await Promise.all([client.channels(), client.people()]);
    return [
      ...channels
        .filter(({ status }) => status === 'created')
        .map((one) => ({ id: one.channel_id, title: one.name, name: `#${one.unique_name}` })),
      ...people.map(({ name, email_id: id }) => ({ id, title: name })),
    ];
  },
  noPlace: (written) => ({
    en: `Zoho Cliq has no channel or person “${written}”, or whoever connected Cliq takes no part there. Choose from the list.`,
    fr: `Zoho Cliq n’a ni canal ni personne «\u00a0${written}\u00a0», ou la personne qui a connecté Cliq n’y participe pas. Choisissez dans la liste.`,
  }),
  compose(parts, whole) {
    const text = composeChat({ longest: LONGEST_TEXT - LINK_ROOM, literal }, parts);
    return whole === undefined ? text : `${text}\n${linkTo(whole)}`;
  },
  readable: (text) => text.replace(LINK, '$1').replace(MARKED, '$2').replaceAll(JOINER, ''),
  async post(client, { place, title, lines, marker }) {
    const text = [...(title === undefined ? [] : [`*${title}*`]), ...lines].join('\n');
    const marked = text.replace(LAST_LINK, (_end, address: string) => `](${address}#${marker})`);
    return `${place}/${await client.post(place, fitText(marked, LONGEST_TEXT))}`;
  },
  async find(client, { place, marker, since }) {
    const found = await client.messageWith(place, `#${marker})`, since);
    return found && `${place}/${found}`;
  },
};
