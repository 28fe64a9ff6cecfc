import type { VendorSetting } from '../flow.ts';
import { chatsOf } from './offer.ts';

/** In which of the places that an account chats in; empty: the account's first. */
export const portalSetting = <Settings extends { readonly portal: string }>(
  name: string,
): VendorSetting<Settings> => ({
  offers: ({ role }) => chatsOf(role(name)).portals(),
  async check({ role, settings: { portal } }) {
    if (portal === '') return null;
    const offered = await chatsOf(role(name)).portals();
    const found = offered.find(({ value, title }) => value === portal || title === portal);
    return found === undefined ? { refused: noSuchPortal(portal) } : { value: found.value };
  },
});

const noSuchPortal = (name: string) => ({
  en: `The account has no portal “${name}” (any more). Choose one of those that it has.`,
  fr: `Le compte n’a pas (ou plus) de portail «\u00a0${name}\u00a0». Choisissez l’un de ceux qu’il a.`,
});
