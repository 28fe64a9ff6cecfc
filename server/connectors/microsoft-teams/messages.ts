import type { MessagePlace, MessagesOffer } from '../../core/messages.ts';
import { type MicrosoftTeamsClient, nameOf, type TeamsChannel } from './client.ts';
import { compose, htmlOf, LONGEST_TEXT } from './compose.ts';
import { readable } from './markup.ts';
import { threadOf } from './threads.ts';

/** Most characters of what a setting holds for a place. */
const LONGEST_NAME = 200;

/** Messages of channels, in the name of whoever connected Teams: no application posts there in its own. */
export const messages: MessagesOffer<MicrosoftTeamsClient> = {
  titles: { en: 'A Microsoft Teams channel', fr: 'Un canal de Microsoft Teams' },
  longest: LONGEST_TEXT,
  async places(client) {
    const channels = await client.channels();
    const counts = Map.groupBy(channels, (one) => nameOf(one).toLowerCase());
    return channels.map((one) => placeOf(one, counts.get(nameOf(one).toLowerCase())?.length === 1));
  },
  noPlace: (written) => ({
    en: `Microsoft Teams has no channel “${written}”, or whoever connected Teams takes no part there. Choose from the list.`,
    fr: `Microsoft Teams n’a pas de canal «\u00a0${written}\u00a0», ou la personne qui a connecté Teams n’y participe pas. Choisissez dans la liste.`,
  }),
  compose,
  readable,
  async post(client, { place, title, lines, marker }) {
    const text = [...(title === undefined ? [] : [`*${title}*`]), ...lines].join('\n');
    const spot = await client.spotOf(place);
    return `${spot.team}/${spot.channel}/${await client.post(spot, htmlOf(text, marker, channelPage(spot)))}`;
  },
  async find(client, { place, marker, since }) {
    const spot = await client.spotOf(place);
    const found = await client.messageWith(spot, marker, { since });
    return found && `${spot.team}/${spot.channel}/${found}`;
  },
  answers: {
    async post(client, { thread, lines, marker }) {
      const { spot, root } = threadOf(thread);
      const html = htmlOf(lines.join('\n'), marker, channelPage(spot));
      return `${spot.team}/${spot.channel}/${await client.post(spot, html, root)}`;
    },
    async find(client, { thread, marker }) {
      const { spot, root } = threadOf(thread);
      const found = await client.messageWith(spot, marker, { since: new Date(0), thread: root });
      return found && `${spot.team}/${spot.channel}/${found}`;
    },
  },
};

/** Teams of one name may have channels of one name: such a place goes by its ids. */
function placeOf(channel: TeamsChannel, isAlone: boolean): MessagePlace {
  const title = `${channel.team} › ${channel.name}`;
  const name = nameOf(channel);
  const isPlain = isAlone && name.length <= LONGEST_NAME && name.trim() === name;
  return { id: channel.place, title, ...(isPlain ? { name } : {}) };
}

const channelPage = ({ team, channel }: { readonly team: string; readonly channel: string }): string =>
  `https://teams.microsoft.com/l/channel/${encodeURIComponent(channel)}/Liaison?groupId=${team}`;
