import type { Outcome } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';

/** As many reasons stand in one outcome. */
const MOST_REASONS = 4;

/** What was done, and what was left undone. */
export function kept(what: Sentence, left: readonly Sentence[]): Outcome {
  const shown = left.slice(0, MOST_REASONS);
  const more = left.length - shown.length;
  const rest: readonly Sentence[] =
    more === 0 ? [] : [{ en: `And ${more} more.`, fr: `Et ${more} de plus.` }];
  const all = [what, ...shown, ...rest];
  return {
    state: 'done',
    summary: { en: all.map(({ en }) => en).join(' '), fr: all.map(({ fr }) => fr).join(' ') },
  };
}

export const said = {
  gone: { en: 'The record no longer exists in the CRM.', fr: 'La fiche n’existe plus dans le CRM.' },
  once: {
    en: 'Its page was made when it began to fit the filter: later changes are not carried over.',
    fr: 'Sa page a été créée quand le filtre a commencé à convenir\u00a0: les changements suivants ne sont pas reportés.',
  },
  notYet: (stage: string): Sentence => ({
    en: `No page yet: the deal stands at “${stage}”.`,
    fr: `Pas encore de page\u00a0: l’affaire est à «\u00a0${stage}\u00a0».`,
  }),
  lostWithout: {
    en: 'The deal stands at the stage of lost ones, and has no page.',
    fr: 'L’affaire est à l’étape des affaires perdues, et n’a pas de page.',
  },
  lostAlready: {
    en: 'The deal is lost, and its page is in the trash, moved or gone already.',
    fr: 'L’affaire est perdue, et sa page est déjà à la corbeille, déplacée ou supprimée.',
  },
  trashed: (name: string): Sentence => ({
    en: `The deal is lost: the page of “${name}” is in Notion’s trash.`,
    fr: `L’affaire est perdue\u00a0: la page de «\u00a0${name}\u00a0» est à la corbeille de Notion.`,
  }),
  deleted: {
    en: 'Somebody deleted or moved its page in Notion: it is not made anew, as set. Restore the page there, or choose in the settings that it is made anew.',
    fr: 'Quelqu’un a supprimé ou déplacé sa page dans Notion\u00a0: elle n’est pas recréée, selon les réglages. Restaurez la page là-bas, ou choisissez dans les réglages qu’elle soit recréée.',
  },
  made: (name: string): Sentence => ({
    en: `“${name}” has a page in Notion now.`,
    fr: `«\u00a0${name}\u00a0» a maintenant une page dans Notion.`,
  }),
  updated: (name: string): Sentence => ({
    en: `The page of “${name}” in Notion is up to date.`,
    fr: `La page de «\u00a0${name}\u00a0» dans Notion est à jour.`,
  }),
  asItWas: (name: string): Sentence => ({
    en: `The page of “${name}” in Notion says all of it already: nothing to do.`,
    fr: `La page de «\u00a0${name}\u00a0» dans Notion dit déjà tout\u00a0: rien à faire.`,
  }),
  restored: (name: string): Sentence => ({
    en: `The page of “${name}” is back from Notion’s trash, and up to date.`,
    fr: `La page de «\u00a0${name}\u00a0» est revenue de la corbeille de Notion, et à jour.`,
  }),
  wrongKind: (name: string): Sentence => ({
    en: `The property “${name}” in Notion is no text, so that it cannot hold the record’s id. Choose another name for it in the integration’s settings, then retry.`,
    fr: `La propriété «\u00a0${name}\u00a0» dans Notion n’est pas du texte\u00a0: elle ne peut pas contenir l’identifiant de la fiche. Choisissez-lui un autre nom dans les réglages de l’intégration, puis relancez.`,
  }),
  notChosen: {
    en: 'Choose the database in Notion in the integration’s settings, then retry.',
    fr: 'Choisissez la base de données Notion dans les réglages de l’intégration, puis relancez.',
  },
} as const;
