import type { Texts } from './english.ts';

/** The texts of tries. */
export const frenchTries: Texts['tries'] = {
  title: 'Essayer',
  what: 'Sur un vrai enregistrement\u00a0: ce qui est lu est réel, et rien n’est écrit.',
  find: 'Nom, ou une partie',
  latest: 'Enregistrements qui conviennent, les plus récents d’abord',
  looking: 'Recherche d’enregistrements…',
  noRecords: 'Aucun enregistrement ne convient encore.',
  tryOn: (record) => `Essayer sur ${record}`,
  playing: (record) => `Essai sur «\u00a0${record}\u00a0»…`,
  cancel: 'Arrêter l’essai',
  resultOf: (record) => `Ce qu’une exécution ferait pour «\u00a0${record}\u00a0»`,
  read: 'lit',
  write: 'écrirait',
  there: 'est déjà là',
  failed: 's’arrête ici',
  wouldSay: (summary) => `Le journal dirait alors\u00a0: ${summary}`,
  unsaved: 'L’essai se fait avec ce qui est dans le formulaire, qui n’est pas encore enregistré.',
  filledIn: 'connu seulement lors d’une exécution',
  standing: (count) =>
    `${count} ${count < 2 ? 'ligne se trouve' : 'lignes se trouvent'} dans la source. À l’activation, il est demandé si elles sont prises aussi.`,
};
