import type { VendorDesk } from '../core/simulator.ts';

/** The locale that every user begins with. */
export const COMPANY_LOCALE = 'fr_FR';

export interface UserLocales {
  /** Null until the user chose one. */
  chosen(userId: string): string | null;
  choose(userId: string, locale: string): void;
}

/** The language and country that users set in the CRM for themselves, as Zoho writes them: `fr_FR`. */
export function userLocalesOf(desk: VendorDesk): UserLocales {
  const table = desk.table<{ locale: string }>('user-locales');
  return {
    chosen: (userId) => table.get(userId)?.locale ?? null,
    choose: (userId, locale) => void table.put(userId, { locale }),
  };
}
