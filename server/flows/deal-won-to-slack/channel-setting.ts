import { slack } from '../../connectors/slack/connector.ts';
import type { VendorSetting } from '../../core/flow.ts';
import type { Settings } from './settings.ts';

/** The channel, out of those of the workspace that Liaison may see. */
export const channelSetting: VendorSetting<Settings> = {
  async offers({ client }) {
    const channels = await client(slack).listChannels();
    return channels
      .map(({ name }) => ({ value: `#${name}`, title: `#${name}` }))
      .sort((one, other) => one.title.localeCompare(other.title));
  },

  async check({ client, settings: { channel } }, reference) {
    const named = await client(slack).findChannel(channel);
    const found = named ?? (reference === undefined ? null : await client(slack).findChannel(reference));
    if (found !== null) return { value: `#${found.name}`, reference: found.id };
    return {
      refused: {
        en: `Slack has no channel “${channel}”, or Liaison may not see it. Choose one from the list; if it is private, invite Liaison into it first.`,
        fr: `Slack n’a pas de canal « ${channel} », ou Liaison ne peut pas le voir. Choisissez-en un dans la liste ; s’il est privé, invitez-y d’abord Liaison.`,
      },
    };
  },
};
