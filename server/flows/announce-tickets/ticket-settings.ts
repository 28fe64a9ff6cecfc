import type { VendorSetting } from '../../core/flow.ts';
import { messagesOf } from '../../core/messages.ts';
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

/** Answers need threads, which not every place has. */
const answersSetting: VendorSetting<Settings> = {
  async check({ role, settings: { answers } }) {
    if (answers === 'none') return null;
    const { connector } = role('target');
    if (messagesOf(role('target')).answers !== undefined) return null;
    return {
      refused: {
        en: `${connector.titles.en} takes no answers in a thread from Liaison. Choose “None”, or another account for the messages.`,
        fr: `${connector.titles.fr} ne prend pas de réponses de Liaison dans un fil. Choisissez «\u00a0Aucune\u00a0», ou un autre compte pour les messages.`,
      },
    };
  },
};

/** What is written there has to be heard of, which not every application tells. */
const commentsSetting: VendorSetting<Settings> = {
  async check({ role, settings: { comments } }) {
    if (comments === 'none') return null;
    const { connector } = role('target');
    if (messagesOf(role('target')).threads !== undefined) return null;
    return {
      refused: {
        en: `Liaison does not read what is written in threads of ${connector.titles.en}. Choose “Stays there”, or another account for the messages.`,
        fr: `Liaison ne lit pas ce qui est écrit dans les fils de ${connector.titles.fr}. Choisissez «\u00a0Y reste\u00a0», ou un autre compte pour les messages.`,
      },
    };
  },
};

export const ticketSettings = {
  answers: answersSetting,
  comments: commentsSetting,
  priority: prioritySetting<Settings>('source', ({ when }) => when === 'urgent'),
  place: placeSetting,
  template: templateSetting,
};
