import type { Sentence } from '../../core/sentence.ts';

/** What is told once of a tab, and of what stands in it. */
export interface LookFacts {
  readonly title: string;
  /** Its title at the look before, where it was another. */
  readonly titleBefore?: string | undefined;
  /** The tab that was read before, where it was another. */
  readonly tabBefore?: string | undefined;
  /** The tab that has come to stand first, where the first one was chosen once. */
  readonly first?: string | undefined;
  /** Rows that stood there and are left as they are. */
  readonly left: number;
  /** Headers that are mapped and have no column. */
  readonly missing: readonly string[];
}

const lines = (count: number): Sentence =>
  count === 1
    ? { en: 'One row was there already; it stays', fr: 'Une ligne était déjà là\u00a0; elle reste' }
    : {
        en: `${count} rows were there already; they stay`,
        fr: `${count} lignes étaient déjà là\u00a0; elles restent`,
      };

/** Each in one sentence; none where there is nothing to tell. */
export function lookWords(facts: LookFacts): Sentence[] {
  const { title, titleBefore, tabBefore, first, left, missing } = facts;
  const words: Sentence[] = [];
  if (tabBefore !== undefined)
    words.push({
      en: `The tab “${title}” is read from now on, no longer “${tabBefore}”.`,
      fr: `L’onglet «\u00a0${title}\u00a0» est lu désormais, et non plus «\u00a0${tabBefore}\u00a0».`,
    });
  if (titleBefore !== undefined)
    words.push({
      en: `The tab “${titleBefore}” is now called “${title}”. It is read on, and nothing is made anew.`,
      fr: `L’onglet «\u00a0${titleBefore}\u00a0» s’appelle maintenant «\u00a0${title}\u00a0». Il continue d’être lu, et rien n’est refait.`,
    });
  if (first !== undefined)
    words.push({
      en: `Another tab stands first now, “${first}”. Liaison goes on reading “${title}”; to read the other one, choose it in the flow’s settings.`,
      fr: `Un autre onglet est maintenant le premier, «\u00a0${first}\u00a0». Liaison continue de lire «\u00a0${title}\u00a0»\u00a0; pour lire l’autre, choisissez-le dans les réglages du flux.`,
    });
  if (left > 0)
    words.push({
      en: `${lines(left).en} as before, and the next ones become leads. To take these too, choose so in the flow’s settings.`,
      fr: `${lines(left).fr} en l’état, et les suivantes deviendront des prospects. Pour prendre aussi celles-ci, choisissez-le dans les réglages du flux.`,
    });
  if (missing.length > 0)
    words.push({
      en: `The tab “${title}” has no column ${missing.map((one) => `“${one}”`).join(', ')}: what it would fill stays as it is.`,
      fr: `L’onglet «\u00a0${title}\u00a0» n’a pas de colonne ${missing.map((one) => `«\u00a0${one}\u00a0»`).join(', ')}\u00a0: ce qu’elle remplirait reste en l’état.`,
    });
  return words;
}
