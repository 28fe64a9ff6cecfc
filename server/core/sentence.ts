/** One sentence for people, in both languages of the product. Never holds a secret or a stack. */
export interface Sentence {
  readonly en: string;
  readonly fr: string;
}

export type Language = keyof Sentence;

/**
 * The language of what is written for a whole organisation: French where its locale says so.
 *
 * @param locale as its vendor or terminal names it, such as `fr_FR` or `fr-CH`; absent or empty: English.
 */
export const languageOf = (locale: string | undefined): Language =>
  locale?.toLowerCase().startsWith('fr') ? 'fr' : 'en';
