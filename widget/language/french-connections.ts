import type { Texts } from './english.ts';

/** Zero is singular in French. */
const plural = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;

/** The texts about connections, in French. */
export const frenchConnections: Texts['connections'] = {
  title: 'Connexions',
  empty: 'Aucun connecteur n’est installé.',
  adminChanges: 'Seul un administrateur peut modifier les connexions de l’organisation.',
  absent: 'Non connecté',
  health: {
    unused: 'Connecté, pas encore utilisé',
    works: 'Fonctionne',
    troubled: 'Perturbé',
    refuses: 'Refuse',
    reconnect: 'À reconnecter',
  },
  troubledHint: 'Ce qui l’attend sera fait dès qu’il répondra comme il le devrait.',
  refusesHint:
    'Le compte est connecté, mais son dernier appel a été refusé. C’est indiqué ici jusqu’à ce qu’un appel aboutisse.',
  reconnectHint: 'Ce qui en a besoin attend, et sera fait dès la reconnexion.',
  account: 'Compte',
  accountId: (id) => `identifiant ${id}`,
  user: 'Connecté par',
  dataCentre: 'Centre de données',
  since: 'Connecté depuis le',
  lastSuccess: 'Dernier appel réussi',
  lastFailure: 'Dernier appel en échec',
  never: 'aucun jusqu’ici',
  connect: 'Connecter',
  addAccount: 'Ajouter un compte',
  addOwn: 'Ajouter un compte à vous',
  accountAllowed: (account) => `Utiliser ${account}`,
  accountToAllow: (account) => `L’autoriser pour ${account}`,
  yours: 'À vous\u00a0: vous seul l’utilisez, et les administrateurs voient qu’il est connecté.',
  ownOf: (person) => `Appartient à ${person}, qui est seul à l’utiliser.`,
  somebody: 'quelqu’un',
  reconnect: 'Reconnecter',
  disconnect: 'Déconnecter',
  scopes: 'Ce que Liaison peut y faire, et pourquoi',
  wholeAccount: 'Le compte entier',
  usedBy: 'Utilisé par',
  on: 'activé',
  off: 'désactivé',
  key: 'Clé',
  changeKey: 'Changer la clé',
  changeKeyHint: (account) =>
    `Collez une autre clé du même compte, ${account}. Flux, liens, webhooks et journal restent tels quels.`,
  keySave: 'Connecter',
  siteMakesKeys: (vendor: string) =>
    `Indiquez l’adresse, puis autorisez Liaison sur la page de ${vendor} qui s’ouvre\u00a0: les clés arrivent ici d’elles-mêmes.`,
  typeKeys: 'Saisir plutôt les clés',
  madeHint: 'Créé pour vous. Copiez-le avant de connecter : il n’est plus montré ensuite.',
  deliverTo: 'Adresse à y indiquer',
  deliverHeader: (name) => `Envoyez le secret dans l’en-tête ${name}.`,
  keyChecking: 'Vérification…',
  isConnected: (vendor) => `${vendor} est connecté.`,
  nowConnected: (vendor, account) =>
    `${vendor} est connecté : Liaison travaille désormais avec le compte « ${account} ».`,
  looking: 'Recherche de ce qui en dépend…',
  disconnecting: {
    title: (vendor) => `Déconnecter ${vendor}\u00a0?`,
    flows: (flows) => `Ces flux s’arrêtent jusqu’à la reconnexion\u00a0: ${flows}.`,
    nothing: 'Aucun flux activé ni aucune synchronisation en marche ne l’utilise.',
    syncs: (syncs) => `Ces synchronisations restent à l’arrêt jusqu’à la reconnexion\u00a0: ${syncs}.`,
    links: (count, text) =>
      `${text} ${count < 2 ? 'paire liée est conservée' : 'paires liées sont conservées'}. Après reconnexion du même compte, tout reprend de là\u00a0; un autre compte n’est jamais pris pour lui.`,
    webhooks: (count, vendor) =>
      `${plural(count, 'webhook mis en place par Liaison est retiré', 'webhooks mis en place par Liaison sont retirés')} chez ${vendor}.`,
    waiting: (count) =>
      `${plural(count, 'exécution l’attend', 'exécutions l’attendent')} déjà, et l’attendrait encore.`,
    shown: (vendor) => `Ce que dit ${vendor} n’apparaît plus à côté des fiches du CRM.`,
    revoked: (vendor) => `L’accès est révoqué chez ${vendor}, et supprimé ici.`,
    kept: (account) =>
      `L’accès reste en place\u00a0: d’autres applications utilisent le même accord de ${account}.`,
    deleted: (vendor) =>
      `L’accès est supprimé ici. ${vendor} ne permet pas de le révoquer de l’extérieur\u00a0: supprimez-le aussi là-bas.`,
    keeps: 'Les fiches des deux côtés, les réglages et le journal sont conservés.',
  },
  reconnecting: {
    title: (vendor) => `Reconnecter ${vendor}\u00a0?`,
    how: (vendor) => `Vous allez chez ${vendor}, autorisez Liaison de nouveau, et revenez ici.`,
    same: (account) => `Ce doit être le même compte, ${account}. Un autre s’ajoute comme un compte à part.`,
    flows: (flows) => `Ces flux reprennent\u00a0: ${flows}.`,
    syncs: (syncs) => `Ces synchronisations cherchent aussitôt ce qui a changé entre-temps\u00a0: ${syncs}.`,
    links: (count, text) => `${text} ${count < 2 ? 'paire reste liée' : 'paires restent liées'}.`,
    webhooks: (count) => `${plural(count, 'webhook reste', 'webhooks restent')} en place.`,
    waiting: (count) =>
      `${plural(count, 'exécution en attente reprend', 'exécutions en attente reprennent')}.`,
    keeps: 'Ce qui est déjà fait ne se refait pas\u00a0; les réglages et le journal restent tels quels.',
    yes: (vendor) => `Aller chez ${vendor}`,
  },
};
