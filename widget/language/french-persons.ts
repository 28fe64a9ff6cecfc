import type { Texts } from './english.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;

/** The texts about what persons have of their own, in French. */
export const frenchPersons: Texts['persons'] = {
  title: 'Personnes',
  intro: 'Ce qu’un administrateur prépare et que chacun utilise avec un compte qui lui est propre.',
  ask: (what: string) =>
    `Votre administrateur a préparé ${what} pour vous\u00a0: connectez votre compte, la suite est automatique.`,
  joining:
    'Poursuivez dans l’onglet qui s’est ouvert. Ce que vous avez accepté commence dès que votre compte est connecté.',
  connect: 'Connecter',
  connectHint: 'dans un nouvel onglet',
  start: 'Commencer',
  notNow: 'Pas maintenant',
  own: {
    title: 'Les miennes',
    none: 'Vous n’avez rien qui vous soit propre ici.',
    offered: 'Préparé pour vous\u00a0:',
    pause: 'Mettre en pause',
    resume: 'Continuer',
    look: 'Regarder l’aperçu',
    open: 'Ouvrir',
    reconnect: 'Reconnecter',
    end: 'Arrêter les miennes…',
    endTitle: 'Arrêter ce qui vous est propre\u00a0?',
    endBody:
      'Plus rien n’est repris d’un côté à l’autre, et Liaison renonce à son accès à votre compte. Vos contacts et vos réunions restent où ils sont, des deux côtés.',
    endYes: 'Arrêter les miennes',
  },
  states: {
    unasked: 'Pas encore sollicitée',
    asked: 'Sollicitée',
    declined: 'Ne participe pas',
    joining: 'A accepté, compte encore à connecter',
    'taking-part': 'Participe',
    left: 'A quitté l’entreprise',
  },
  personal: {
    'in-sync': 'Synchronisée',
    working: 'En cours de démarrage…',
    look: 'Un aperçu attend',
    paused: 'En pause',
    stopped: 'Arrêtée',
    reconnect: 'À reconnecter',
    trouble: 'Ne peut pas continuer',
  },
  writes: (count: number) => `${plural(count, 'fiche serait écrite', 'fiches seraient écrites')}`,
  table: {
    title: 'Qui participe',
    caption: 'Toutes les personnes actives dans le CRM',
    person: 'Personne',
    state: 'État',
    what: 'Ce qu’elle a',
    actions: 'Actions possibles',
    none: 'Aucune personne n’est encore connue.',
    nothing: 'rien',
    again: 'Solliciter de nouveau',
    againOf: (name: string) => `Solliciter de nouveau\u00a0: ${name}`,
    asked: (name: string) => `${name} verra la question à la prochaine fiche ouverte.`,
    end: 'Arrêter…',
    endOf: (name: string) => `Arrêter… ${name}`,
    endTitle: (name: string) => `Arrêter ce qu’a ${name}\u00a0?`,
    endBody:
      'Plus rien n’est repris pour cette personne, et Liaison renonce à l’accès à son compte. Ses fiches restent où elles sont, des deux côtés.',
    endYes: 'Arrêter',
    summary: (part: number, reconnect: number, unasked: number) =>
      `${part} participent · ${reconnect} à reconnecter · ${unasked} pas encore sollicitées`,
  },
  templates: {
    title: 'Modèles',
    intro:
      'Un modèle dit comment une synchronisation fonctionne pour tous ceux qui participent. Chacun apporte son propre compte\u00a0; dans le CRM, seules les fiches qui lui appartiennent participent.',
    none: 'Rien n’est encore préparé.',
    add: 'Préparer un modèle',
    flow: 'De',
    from: 'Avec au départ les réglages de',
    fromFlow: 'celui du flux lui-même',
    open: 'Les personnes sont sollicitées',
    closed: 'Personne n’est sollicité',
    switchOf: (name: string) => `Proposer ${name} aux personnes`,
    persons: (count: number) =>
      count === 0
        ? 'Personne ne participe encore.'
        : count === 1
          ? 'Une personne participe.'
          : `${count} personnes participent.`,
    account: (vendor: string) => `Chacun connecte un compte ${vendor}.`,
    shared: (account: string) => `Tous partagent ${account}.`,
    absent: 'Le compte de l’organisation n’est pas connecté. Connectez-le sous Connexions.',
    edit: 'Règles',
    create: (side: string) => `Créer de nouvelles fiches dans ${side}`,
    remove: (side: string) => `Ce qui est supprimé de l’autre côté l’est aussi dans ${side}`,
    wins: 'Si les deux côtés ont changé, ce côté l’emporte',
    mixed: 'selon chaque champ',
    approves: 'Fiches que la première écriture peut toucher sans que la personne ait regardé',
    approvesHint: 'Au-delà, la personne regarde d’abord l’aperçu. 0\u00a0: toujours.',
    save: 'Enregistrer pour tous',
    saved: 'Enregistré. Chacune suit ces règles dès son prochain passage.',
    reset: 'Annuler les modifications',
    delete: 'Supprimer…',
    deleteOf: (name: string) => `Supprimer… ${name}`,
    deleteTitle: (name: string) => `Supprimer le modèle ${name}\u00a0?`,
    deleteBody: (count: number) =>
      count === 0
        ? 'Personne ne participe. Rien d’autre ne s’arrête.'
        : `${count === 1 ? 'L’intégration d’une personne s’arrête' : `Les intégrations de ${count} personnes s’arrêtent`}. Leurs fiches restent où elles sont.`,
    deleteYes: 'Supprimer le modèle',
  },
};
