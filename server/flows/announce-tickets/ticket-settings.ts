import type { VendorSetting } from '../../core/flow.ts';
import { languageOf } from '../../core/sentence.ts';
import { fillTemplate, placesOf } from '../../core/template.ts';
import { prioritySetting } from '../../core/ticket/priority-setting.ts';
import { placeSetting } from '../announce/place-setting.ts';
import type { Settings } from './settings.ts';
import { PLACES, placeNamed } from './ticket-message.ts';

/** Every place of the message is something that a ticket says. */
const templateSetting: VendorSetting<Settings> = {
  offers: async ({ organisation }) =>
    PLACES.map(([name, titles]) => ({
      value: `{${name}}`,
      title: titles[languageOf(organisation.locale)],
      titles,
    })),
  async check({ settings: { template } }) {
    const unknown = placesOf(template).filter((place) => placeNamed(place) === undefined);
    if (unknown.length > 0) {
      const [names, known] = [unknown, PLACES.map(([name]) => name)].map((all) =>
        all.map((one) => `{${one}}`).join(', '),
      );
      return {
        refused: {
          en: `Tickets have no ${names}. They have: ${known}.`,
          fr: `Les tickets n’ont pas ${names}. Ils ont : ${known}.`,
        },
      };
    }
    return { value: fillTemplate(template, (place) => `{${placeNamed(place)?.[0] ?? place}}`) };
  },
};

export const ticketSettings = {
  priority: prioritySetting<Settings>('source', ({ when }) => when === 'urgent'),
  place: placeSetting,
  template: templateSetting,
};
