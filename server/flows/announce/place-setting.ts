import type { VendorSetting } from '../../core/flow.ts';
import { messagesOf, placeValue, placeWritten } from '../../core/messages.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { Announcement } from './occasion.ts';

/** A place of the account that has a role; one that gets another name there is followed. */
export const placeSettingOf = (
  name: string,
  toChoose: Sentence,
): VendorSetting<Pick<Announcement, 'place'>> => ({
  async offers({ role }) {
    const places = await messagesOf(role(name)).places();
    return places
      .map((place) => ({ value: placeValue(place), title: place.title }))
      .sort((one, other) => one.title.localeCompare(other.title));
  },

  async check({ role, settings: { place } }, reference) {
    if (place === '') return { refused: toChoose };
    const messages = messagesOf(role(name));
    const found = placeWritten(await messages.places(), place, reference);
    if (found === undefined) return { refused: messages.noPlace(place) };
    return { value: placeValue(found), reference: found.id };
  },
});

/** Where messages go. */
export const placeSetting = placeSettingOf('target', {
  en: 'Choose where messages go.',
  fr: 'Choisissez où vont les messages.',
});
