import type { englishCatalogue } from './english-catalogue.ts';

const integrations = (count: number): string => (count < 2 ? 'intégration' : 'intégrations');

export const frenchCatalogue: typeof englishCatalogue = {
  title: 'Catalogue',
  intro:
    'Tout ce que Liaison sait faire. Ce que vous mettez en place reste désactivé jusqu’à ce que vous l’activiez.',
  adminSetsUp: 'Seul un administrateur peut mettre quelque chose en place.',
  search: 'Chercher dans le catalogue',
  searchHint: 'Facture, contacts…',
  applications: 'Par application',
  anyApplication: 'Toutes les applications',
  found: (_count, text, all) => `${text} flux sur ${all}`,
  everything: (_count, text) => `${text} flux`,
  none: 'Rien de tel dans le catalogue',
  noneHint: 'Essayez un autre mot, ou regardez toutes les applications.',
  clear: 'Tout montrer',
  other: 'Autres',
  used: (count, text) => `${text} ${integrations(count)}`,
  usedOf: (count, text, flow) => `${text} ${integrations(count)} de ${flow}`,
  page: 'La page de Zoho à ce sujet',
  empty: 'Aucun flux n’est installé.',
};
