import type { VendorSetting } from '../../core/flow.ts';
import { prioritySetting } from '../../core/ticket/priority-setting.ts';
import { placeSetting } from '../announce/place-setting.ts';
import type { Settings } from './settings.ts';
import { places } from './ticket-message.ts';

/** Every place of the message is something that a ticket says. */
const templateSetting: VendorSetting<Settings> = {
  offers: async ({ organisation }) => places.offered(organisation.locale),
  async check({ settings: { template } }) {
    const unknown = places.unknownIn(template);
    if (unknown === null) return { value: places.spelled(template) };
    return {
      refused: {
        en: `Tickets have no ${unknown}. They have: ${places.written}.`,
        fr: `Les tickets n’ont pas ${unknown}. Ils ont\u00a0: ${places.written}.`,
      },
    };
  },
};

export const ticketSettings = {
  priority: prioritySetting<Settings>('source', ({ when }) => when === 'urgent'),
  place: placeSetting,
  template: templateSetting,
};
