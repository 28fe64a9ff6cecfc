import type { ChatsOffer } from '../../core/chat/offer.ts';
import { CHATS } from './addresses.ts';
import { sweepChats } from './chat-sweep.ts';
import type { ZohoSalesIqClient } from './client.ts';
import { BEGIN_TOPICS, END_TOPICS, OVER_TOPICS, portalTopic } from './webhooks.ts';

const MOST_LATEST = 30;

export const chats: ChatsOffer<ZohoSalesIqClient> = {
  object: CHATS,
  topics: OVER_TOPICS,
  beginTopics: BEGIN_TOPICS,
  endTopics: END_TOPICS,
  answerTopics: BEGIN_TOPICS,
  topicsOf: (portal) => [...OVER_TOPICS, portalTopic(portal)],
  mayTell: (topic) => OVER_TOPICS.some((one) => one === topic),
  changed: sweepChats,
  // No page says how long lines may be; all of them travel in one address.
  longest: { name: 50, value: 200, lines: 20 },
  portals: async (client) =>
    (await client.portals()).map(({ screenName, name }) => ({ value: screenName, title: name })),
  chat: (client, portal, id) => client.chat(portal, id),
  lines: (client, portal, id) => client.lines(portal, id),
  rating: (client, portal, id) => client.rating(portal, id),
  async latest(client, portal, email) {
    const wish = { limit: MOST_LATEST, ...(email === null ? {} : { email }) };
    return (await client.chats(portal, wish)).chats.filter(({ state }) => state !== 'open');
  },
  tell: (client, portal, email, lines) => client.tellVisitor(portal, email, lines),
  tellIn: (client, portal, id, lines) => client.tellChat(portal, id, lines),
};
