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
    return channels.map(({ id, name }) => ({ id, title: `#${name}` }));
  },
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
};

const idOf = ({ channel, ts }: { channel: string; ts: string }): string => `${channel}/${ts}`;
