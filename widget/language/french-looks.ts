/** The texts about what webhooks lost, in French. */
export const frenchLooks = {
  last: 'Dernière recherche de ce qu’aucun webhook n’a annoncé :',
  lastPoll: 'Dernière lecture\u00a0:',
  nonePoll: 'Pas encore lu.',
  none: 'Ce qu’aucun webhook n’a annoncé n’a pas encore été recherché.',
  found: (count: number) =>
    count === 0
      ? 'rien n’a jamais manqué'
      : count === 1
        ? 'un événement retrouvé sans son webhook'
        : `${count} événements retrouvés sans leur webhook`,
  lastFound: 'le dernier',
  missing: (count: number) =>
    count === 1
      ? 'Des webhooks n’arrivent pas : un événement a dû être retrouvé en cherchant depuis le dernier reçu.'
      : `Des webhooks n’arrivent pas : ${count} événements ont dû être retrouvés en cherchant depuis le dernier reçu.`,
  failed: 'La dernière recherche a échoué :',
};
