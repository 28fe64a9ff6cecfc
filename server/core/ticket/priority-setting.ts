import type { VendorSetting } from '../flow.ts';
import { ticketsOf } from './offer.ts';

/**
 * One of the priorities of a role's account, spelled as it is there.
 *
 * @param isAsked whether the settings need it.
 */
export const prioritySetting = <Settings extends { readonly priority: string }>(
  name: string,
  isAsked: (settings: Settings) => boolean,
): VendorSetting<Settings> => ({
  offers: ({ role }) => ticketsOf(role(name)).priorities(),
  async check({ role, settings }) {
    if (!isAsked(settings)) return null;
    const { priority } = settings;
    const all = await ticketsOf(role(name)).priorities();
    const found = all.find(({ value }) => value.toLowerCase() === priority.toLowerCase());
    if (found !== undefined) return { value: found.value };
    const names = all.map(({ title }) => title).join(', ');
    return {
      refused: {
        en: `The support desk has no priority “${priority}”. It has: ${names}.`,
        fr: `Le support n’a pas de priorité «\u00a0${priority}\u00a0». Il a\u00a0: ${names}.`,
      },
    };
  },
});
