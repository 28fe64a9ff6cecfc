import type { VendorSetting } from '../../core/flow.ts';
import { languageOf } from '../../core/sentence.ts';
import { fillTemplate, placesOf } from '../../core/template.ts';
import { ticketsOf } from '../../core/ticket/offer.ts';
import { placeSetting } from '../announce/place-setting.ts';
import type { Settings } from './settings.ts';
import { PLACES, placeNamed } from './ticket-message.ts';

const prioritySetting: VendorSetting<Settings> = {
  offers: ({ role }) => ticketsOf(role('source')).priorities(),
  async check({ role, settings: { when, priority } }) {
    if (when !== 'urgent') return null;
    const all = await ticketsOf(role('source')).priorities();
    const found = all.find(({ value }) => value.toLowerCase() === priority.toLowerCase());
    if (found !== undefined) return { value: found.value };
    const names = all.map(({ title }) => title).join(', ');
    return {
      refused: {
        en: `The support desk has no priority “${priority}”. It has: ${names}.`,
        fr: `Le support n’a pas de priorité « ${priority} ». Il a : ${names}.`,
      },
    };
  },
};

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
  priority: prioritySetting,
  place: placeSetting,
  template: templateSetting,
};
