import type { Language } from '../../server/core/sentence.ts';

/** The browser's language, for what is said before the CRM has told its own. */
export const spokenLanguage = (): Language =>
  navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en';
