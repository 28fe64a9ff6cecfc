import type { Texts } from './english.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;

/** The texts about other applications that people let act in Liaison, in French. */
export const frenchAccesses: Texts['accesses'] = {
  title: 'Applications autorisées',
  intro:
    'Ce qu’un administrateur a autorisé d’autres applications à faire dans Liaison, en son nom. Cela prend fin de soi-même quand cette personne s’en va, ou n’est plus administratrice.',
  none: 'Aucune pour l’instant. Dans Zapier, choisissez Liaison et connectez un compte\u00a0: on vous demande ici ce que l’application peut faire.',
  named: (application, person) => `${application}, au nom de ${person}`,
  since: 'Autorisée depuis le',
  used: 'Dernier renouvellement',
  hooks: 'Est informée des événements',
  noHooks: 'à aucune adresse',
  someHooks: (count) => `à ${plural(count, 'adresse', 'adresses')}`,
  may: 'Ce qu’elle peut faire ici',
  mayNothing: 'Plus rien\u00a0: elle doit redemander.',
  end: 'Y mettre fin',
  endTitle: (application) => `Mettre fin à l’accès de ${application}\u00a0?`,
  endBody: (application, person) =>
    `Dès cet instant, ${application} ne peut plus rien faire au nom de ${person}. Ce qui a été fait reste. L’application peut redemander, et un administrateur l’autoriser à nouveau.`,
  endHooks: (count) =>
    `${plural(count, 'adresse qu’elle a donnée ne sera', 'adresses qu’elle a données ne seront')} plus informée${count < 2 ? '' : 's'} de rien, et leur journal est oublié.`,
};
