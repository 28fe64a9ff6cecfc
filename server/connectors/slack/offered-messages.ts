import type { MessagesOffer } from '../../core/messages.ts';
import type { SlackClient } from './client.ts';
import { composeMessage, LONGEST_TEXT } from './compose.ts';
import { readable } from './markup.ts';

/** Messages of a channel. */
export const messages: MessagesOffer<SlackClient> = {
  titles: { en: 'A Slack channel', fr: 'Un canal Slack' },
  longest: LONGEST_TEXT,
  async places(client) {
    const channels = await client.listChannels();
    return channels.map(({ id, name }) => ({ id, title: `#${name}`, name: `#${name}` }));
  },
  noPlace: (written) => ({
    en: `Slack has no channel “${written}”, or Liaison may not see it. Choose one from the list; if it is private, invite Liaison into it first.`,
    fr: `Slack n’a pas de canal «\u00a0${written}\u00a0», ou Liaison ne peut pas le voir. Choisissez-en un dans la liste\u00a0; s’il est privé, invitez-y d’abord Liaison.`,
  }),
  compose: (parts, whole) =>
    composeMessage(
      parts,
      whole && (whole.address === null ? `_${whole.words}._` : `<${whole.address}|${whole.words}>`),
    ),
  readable,
  async post(client, { place, title, lines, marker }) {
    const text = [...(title === undefined ? [] : [`*${title}*`]), ...lines].join('\n');
    return idOf(await client.postMessage({ channel: place, text, marker }));
  },
  async find(client, { place, ...wish }) {
    const found = await client.findMessage({ channel: place, ...wish });
    return found && idOf(found);
  },
  answers: {
    async post(client, { thread: id, lines, marker }) {
      const { channel, ts: thread } = threadOf(id);
      return idOf(await client.postMessage({ channel, thread, text: lines.join('\n'), marker }));
    },
    async find(client, { thread, marker }) {
      const found = await client.findAnswer({ ...threadOf(thread), marker });
      return found && idOf(found);
    },
  },
};

const threadOf = (id: string) => {
  const [channel = '', ts = ''] = id.split('/');
  return { channel, ts };
};

const idOf = ({ channel, ts }: { channel: string; ts: string }): string => `${channel}/${ts}`;
