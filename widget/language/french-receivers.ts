import type { Texts } from './english.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;

/** The texts about webhooks out, in French. */
export const frenchReceivers: Texts['receivers'] = {
  title: 'Webhooks sortants',
  intro:
    'Toute application peut apprendre ce que fait Liaison\u00a0: un prospect créé, une affaire gagnée, un paiement enregistré, une exécution en échec. Ce qui est envoyé est signé (Standard Webhooks), réessayé pendant 27 heures si ce n’est pas accepté, et figure dans un journal. Les événements peuvent arriver dans un autre ordre, et parfois deux fois avec le même identifiant.',
  adminOnly: 'Un administrateur configure les webhooks.',
  all: 'Adresses',
  none: 'Aucune application n’est encore informée.',
  add: 'Ajouter une adresse',
  kind: 'De quoi',
  kinds: {
    any: 'Une application quelconque',
    flow: 'Un flux de Zoho Flow',
    social: 'Zoho Social, par Zoho Flow',
  },
  kindHints: {
    any: 'Indiquez l’adresse que l’application donne pour les webhooks entrants.',
    flow: 'Dans Zoho Flow, créez un flux qui commence par «\u00a0Webhook\u00a0», choisissez JSON, et copiez son adresse ici. Flow ne vérifie pas les signatures\u00a0: qui a l’adresse peut lancer le flux, gardez-la donc pour vous.',
    social:
      'Zoho Social n’offre pas d’API aux autres programmes. Dans Zoho Flow, créez un flux qui commence par «\u00a0Webhook\u00a0», ajoutez l’action de Zoho Social qui prépare une publication, et copiez l’adresse du webhook ici.',
  },
  address: 'Adresse',
  description: 'À quoi elle sert',
  facts: 'Ce qu’elle apprend',
  integrations: 'De quelles intégrations',
  everyIntegration: 'De toutes, y compris celles ajoutées plus tard',
  someIntegrations: 'Seulement de celles-ci',
  fields: {
    url: 'Adresse',
    description: 'À quoi elle sert',
    facts: 'Ce qu’elle apprend',
    integrations: 'De quelles intégrations',
  },
  addButton: 'Ajouter',
  adding: 'Ajout…',
  save: 'Enregistrer',
  secret: {
    title: 'Le secret',
    once: (url) =>
      `Ce qui est envoyé à ${url} est signé avec ce secret. Copiez-le maintenant\u00a0: il ne sera plus affiché.`,
    verify:
      'Donnez-le à l’application qui reçoit\u00a0: avec une bibliothèque de Standard Webhooks, elle vérifie chaque envoi en une ligne.',
    done: 'Je l’ai copié',
  },
  byApplication: (application) =>
    `${application} l’a demandée d’elle-même, et la supprime quand elle ne sert plus. Voyez Connexions.`,
  named: (what, name) => `${what}\u00a0: ${name}`,
  test: 'Envoyer un essai',
  tested: 'En route. La réponse figure dans le journal.',
  pause: 'Mettre en pause',
  goOn: 'Activer',
  change: 'Modifier',
  rotate: 'Nouveau secret',
  rotateTitle: 'Créer un nouveau secret\u00a0?',
  rotateBody:
    'Le nouveau secret est affiché une fois. Pendant 24 heures, les deux signent ce qui est envoyé, pour que rien ne soit refusé pendant que vous le changez dans l’application.',
  rotateYes: 'Créer un nouveau secret',
  remove: 'Supprimer',
  removeTitle: 'Supprimer cette adresse\u00a0?',
  removeBody: (url) =>
    `Plus rien n’est envoyé à ${url}. Ce qui attend n’est pas envoyé, et son journal est oublié.`,
  states: {
    active: 'Active.',
    paused: 'En pause\u00a0: ce qui se passe attend.',
    failed: 'Arrêtée\u00a0: rien n’a été accepté pendant cinq jours.',
    ended: 'Arrêtée\u00a0: l’application ne veut plus rien (410).',
  },
  waiting: (count) => `${count} en attente.`,
  failed: (count) => `${plural(count, 'non accepté', 'non acceptés')}.`,
  lastTaken: 'Dernier accepté',
  twoSecrets: 'Deux secrets signent jusqu’au',
  ofSome: (count) => plural(count, 'intégration', 'intégrations'),
  log: {
    open: 'Journal',
    back: 'Tous les webhooks',
    title: 'Journal d’une adresse de webhook',
    intro:
      'Du plus récent au plus ancien, aussi longtemps que le journal est gardé. Renvoyé, un événement a le même identifiant\u00a0: une application qui le connaît déjà ne fait rien deux fois.',
    show: 'Afficher',
    states: { all: 'Tous', waiting: 'En attente', done: 'Accepté', failed: 'Non accepté' },
    none: 'Rien de tel n’a été envoyé.',
    tries: (count) => (count === 0 ? 'pas encore essayé' : `essayé ${count} fois`),
    answered: (status) => `réponse ${status}`,
    next: 'prochain essai',
    again: 'Renvoyer',
    againOf: (what) => `Renvoyer\u00a0: ${what}`,
    details: 'Ce qui est envoyé',
    itsAnswer: 'Ce qui a été répondu',
    since: 'Non acceptés depuis',
    days: (count) => plural(count, 'jour', 'jours'),
    allAgain: 'Les renvoyer',
    sentAgain: (count) => `${plural(count, 'événement repart', 'événements repartent')}.`,
    newer: 'Plus récents',
    older: 'Plus anciens',
  },
};
