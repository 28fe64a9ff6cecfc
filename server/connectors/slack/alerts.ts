import type { AlertsDeclaration } from '../../core/connector.ts';
import type { SlackClient } from './client.ts';

/** Alerts as messages of a channel. */
export const alerts: AlertsDeclaration<SlackClient> = {
  titles: { en: 'A Slack channel', fr: 'Un canal Slack' },
  async targets(client) {
    const channels = await client.listChannels();
    return channels.map(({ id, name }) => ({ id, title: `#${name}` }));
  },
  async send(client, target, { title, lines }) {
    await client.postMessage({ channel: target, text: [`*${title}*`, ...lines].join('\n'), marker: title });
  },
};
