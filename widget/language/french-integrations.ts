import type { englishIntegrations } from './english-integrations.ts';

export const frenchIntegrations: typeof englishIntegrations = {
  none: 'Pas encore mis en place.',
  setUp: 'Mettre en place',
  add: 'En ajouter une autre',
  addOf: (flow) => `En ajouter une autre\u00a0: ${flow}`,
  setUpOf: (flow) => `Mettre en place\u00a0: ${flow}`,
  addTitle: (flow) => `Mettre en place «\u00a0${flow}\u00a0»`,
  addYes: 'Mettre en place',
  addHint: 'Elle reste désactivée jusqu’à ce que vous l’activiez.',
  name: 'Nom',
  nameHint: 'C’est ainsi que le journal, les alertes et la mise de côté l’appellent.',
  account: (role) => `Compte\u00a0: ${role}`,
  chooseAccount: 'Choisissez un compte',
  onlyAccount: (role, account) => `${role}\u00a0: ${account}`,
  noAccount: (role) => `${role}\u00a0: aucun compte n’est encore connecté.`,
  edit: 'Nom et comptes',
  editOf: (name) => `Nom et comptes de ${name}`,
  editTitle: (name) => `Nom et comptes de «\u00a0${name}\u00a0»`,
  save: 'Enregistrer',
  copy: 'Copier',
  copyOf: (name) => `Copier ${name}`,
  copied: (name) => `«\u00a0${name}\u00a0» est mise en place de la même façon. Elle est désactivée.`,
  remove: 'Supprimer',
  removeOf: (name) => `Supprimer ${name}`,
  removeTitle: (name) => `Supprimer «\u00a0${name}\u00a0»\u00a0?`,
  ends: 'Elle ne fait plus rien, et ne peut pas être rétablie.',
  links: (count, one) =>
    one
      ? 'Sa seule paire de fiches liées est oubliée\u00a0; les deux fiches restent où elles sont.'
      : `Ses ${count} paires de fiches liées sont oubliées\u00a0; les fiches restent où elles sont.`,
  waiting: (count, one) =>
    one ? 'Une exécution en attente n’est pas faite.' : `${count} exécutions en attente ne sont pas faites.`,
  shelved: (count, one) =>
    one ? 'L’élément mis de côté est abandonné.' : `Les ${count} éléments mis de côté sont abandonnés.`,
  stays: (runs, one) =>
    `Le journal reste, avec son nom\u00a0: ${runs} ${one || runs === '0' ? 'exécution' : 'exécutions'}.`,
};
