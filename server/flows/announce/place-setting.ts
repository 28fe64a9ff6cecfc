import type { VendorSetting } from '../../core/flow.ts';
import { messagesOf, placeValue, placeWritten } from '../../core/messages.ts';
import type { Announcement } from './occasion.ts';

/** A place of the account that messages go to; one that gets another name there is followed. */
export const placeSetting: VendorSetting<Pick<Announcement, 'place'>> = {
  async offers({ role }) {
    const places = await messagesOf(role('target')).places();
    return places
      .map((place) => ({ value: placeValue(place), title: place.title }))
      .sort((one, other) => one.title.localeCompare(other.title));
  },

  async check({ role, settings: { place } }, reference) {
    if (place === '') return { refused: NOTHING_CHOSEN };
    const messages = messagesOf(role('target'));
    const found = placeWritten(await messages.places(), place, reference);
    if (found === undefined) return { refused: messages.noPlace(place) };
    return { value: placeValue(found), reference: found.id };
  },
};

const NOTHING_CHOSEN = {
  en: 'Choose where messages go.',
  fr: 'Choisissez où vont les messages.',
};
