import type { Texts } from './english.ts';

/** The texts of the first steps and of the way out of the sandbox, in French. */
export const frenchStart: Texts['start'] = {
  title: 'Premiers pas',
  progress: (done, all) => `${done} sur ${all}`,
  hide: 'Masquer les premiers pas',
  done: 'fait',
  ready: 'prêt dans le bac à sable',
  next: 'à suivre',
  failed: 'Elle a échoué. Le journal dit pourquoi.',
  steps: {
    crm: {
      name: 'Connecter Zoho CRM',
      hint: 'Liaison apprend pour quelle organisation il travaille.',
      action: 'Connecter',
    },
    vendor: {
      name: 'Connecter un outil à côté',
      hint: 'Celui dont les données doivent rejoindre le CRM\u00a0: un canal, des paiements, une feuille, un carnet d’adresses.',
      action: 'Connecter',
    },
    flow: {
      name: 'Activer un flux',
      hint: 'Chacun dit en une phrase ce qu’il fait, et ce qu’il lui faut.',
      action: 'Choisir un flux',
    },
    try: {
      name: 'L’essayer',
      hint: 'Faites dans le CRM ou dans l’outil ce qui le déclenche\u00a0:',
      hintSandbox: 'Jouez un des scénarios du bac à sable. Rien ne quitte cette machine.',
      action: 'Voir les flux',
      actionSandbox: 'Jouer un scénario',
    },
    see: {
      name: 'Le voir dans le journal',
      hint: 'Étape par étape, avec ce qui a été envoyé et répondu.',
      action: 'Ouvrir l’exécution',
    },
    alerts: {
      name: 'Choisir où vont les alertes',
      hint: 'Pour apprendre un échec avant vos clients.',
      action: 'Choisir',
    },
  },
  leave: 'Passer en production',
  mode: {
    title: 'Du bac à sable à la production',
    production: 'Ce Liaison tourne en production.',
    productionHint: 'Sa base est celle de la production pour de bon\u00a0: le bac à sable y est refusé.',
    intro:
      'Le bac à sable et la production ne partagent jamais une ligne. Pour changer, ce serveur s’arrête, efface de sa base tout ce qui est du bac à sable, et redémarre en production.',
    happens: 'Ce qui se passe alors',
    consequences: {
      rows: 'L’entreprise inventée, ses connexions, exécutions, liens et réglages sont effacés. C’est irréversible.',
      off: 'Aucun compte n’est connecté et tous les flux sont arrêtés. Les synchronisations commencent par un aperçu, qui n’écrit rien.',
      signIn:
        'On se connecte avec Zoho. Le premier administrateur qui le fait installe Liaison pour son organisation.',
      next: 'Avant le prochain démarrage, indiquez LIAISON_MODE=production\u00a0: sans cela cette base est refusée, pour que rien ne se mélange.',
    },
    needs: 'Ce qu’il faut à la production',
    needsHint:
      'Renseignez les variables là où tourne Liaison, puis redémarrez-le\u00a0: il reste un bac à sable jusqu’à ce que vous changiez.',
    optional: 'facultatif',
    states: { ready: 'Prêt', missing: 'Manquant', wrong: 'Inutilisable' },
    button: 'Passer en production…',
    blocked: 'Pas encore\u00a0:',
    firstTitle: 'Quitter le bac à sable\u00a0?',
    firstBody: 'Tout ce qui est du bac à sable est effacé, et ce serveur redémarre en production.',
    firstYes: 'Continuer',
    secondTitle: 'Vraiment\u00a0? C’est irréversible',
    secondBody: (word) => `Écrivez ${word} pour effacer le bac à sable et changer.`,
    secondLabel: 'Confirmation écrite',
    secondYes: 'Effacer le bac à sable et changer',
    restarting: 'Redémarrage en production…',
    restartingHint: 'Cette page revient toute seule. Il vous sera demandé de vous connecter.',
    adminSwitches: 'Seul un administrateur peut le faire.',
  },
};
