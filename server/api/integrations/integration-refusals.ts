import type { Sentence } from '../../core/sentence.ts';
import { Problem } from '../problem.ts';
import { integrationChange } from '../schemas/integration.ts';

/** Something in what was sent that cannot be. */
export interface Refusal {
  /** `connections.source`, `name`. */
  readonly field: string;
  readonly detail: Sentence;
}

/** @throws a `Problem` 422 that names each, where there is any. */
export function refuseAll(refusals: readonly Refusal[]): void {
  if (refusals.length === 0) return;
  throw new Problem({
    status: 422,
    type: 'invalid',
    title: { en: 'This integration cannot be so', fr: 'Cette intégration est impossible ainsi' },
    detail: {
      en: 'Nothing was saved: something in it cannot be.',
      fr: 'Rien n’a été enregistré\u00a0: un élément est impossible.',
    },
    action: { en: 'Correct what is named.', fr: 'Corrigez ce qui est indiqué.' },
    fields: (language) => refusals.map(({ field, detail }) => ({ field, detail: detail[language] })),
  });
}

export const NO_SUCH_FLOW: Refusal = {
  field: 'flow',
  detail: { en: 'There is no such flow.', fr: 'Ce flux n’existe pas.' },
};

export const NAME_TAKEN: Refusal = {
  field: 'name',
  detail: {
    en: 'Another integration has this name. Choose another one.',
    fr: 'Une autre intégration porte ce nom. Choisissez-en un autre.',
  },
};

export const NOBODY_SIGNED_IN: Refusal = {
  field: 'owner',
  detail: {
    en: 'Nobody is signed in that it could belong to. Sign in, or make it the organisation’s.',
    fr: 'Personne n’est connecté à qui elle pourrait appartenir. Connectez-vous, ou attribuez-la à l’organisation.',
  },
};

export const noSuchRole = (role: string): Refusal => ({
  field: `connections.${role}`,
  detail: { en: 'The flow has no such role.', fr: 'Le flux n’a pas ce rôle.' },
});

const NO_SUCH_ACCOUNT: Sentence = {
  en: 'No such account is connected. Choose one of the accounts under Connections.',
  fr: 'Ce compte n’est pas connecté. Choisissez l’un des comptes sous Connexions.',
};

/** Also for an account of another organisation or person: to the caller it does not exist. */
export const noSuchAccount = (role: string): Problem =>
  new Problem({
    status: 404,
    type: 'not-found',
    title: { en: 'Not found', fr: 'Introuvable' },
    detail: NO_SUCH_ACCOUNT,
    action: { en: 'Correct what is named.', fr: 'Corrigez ce qui est indiqué.' },
    fields: (language) => [{ field: `connections.${role}`, detail: NO_SUCH_ACCOUNT[language] }],
  });

export const doesNotFit = (role: string, { en, fr }: Sentence): Refusal => ({
  field: `connections.${role}`,
  detail: {
    en: `This account cannot take the role: an account of ${en} is needed.`,
    fr: `Ce compte ne peut pas tenir ce rôle\u00a0: il faut un compte ${fr}.`,
  },
});

/** Everybody who took part with it would keep the same records by rules of their own. */
export const ownAccount = (role: string, { en, fr }: Sentence): Refusal => ({
  field: `connections.${role}`,
  detail: {
    en: `What is your own goes through your own account. Connect one of ${en} under Connections.`,
    fr: `Ce qui est à vous passe par votre propre compte. Connectez un compte ${fr} sous Connexions.`,
  },
});

export const chooseOne = (role: string, { en, fr }: Sentence): Refusal => ({
  field: `connections.${role}`,
  detail: {
    en: `Several accounts of ${en} are connected. Choose the one that is meant.`,
    fr: `Plusieurs comptes ${fr} sont connectés. Choisissez celui qui convient.`,
  },
});

export const connectOne = (role: string, { en, fr }: Sentence): Refusal => ({
  field: `connections.${role}`,
  detail: {
    en: `No account of ${en} is connected. Connect one under Connections, then turn it on.`,
    fr: `Aucun compte ${fr} n’est connecté. Connectez-en un sous Connexions, puis activez-la.`,
  },
});

/** What would be kept equal with itself. */
export const sameSide = (role: string, { en, fr }: Sentence): Refusal => ({
  field: `connections.${role}`,
  detail: {
    en: `${en} is the other side of this sync already: a sync needs two. Choose an account of another application.`,
    fr: `${fr} est déjà l’autre côté de cette synchronisation\u00a0: il en faut deux. Choisissez un compte d’une autre application.`,
  },
});

/** Its mapping and pairs are about the fields and records of one application: another one has neither. */
export const ofOtherRecords = (role: string, before: Sentence, wished: Sentence): Refusal => ({
  field: `connections.${role}`,
  detail: {
    en: `This sync was set up for ${before.en}: its mapping and links are about fields and records that ${wished.en} does not have. Add another integration for this account.`,
    fr: `Cette synchronisation a été réglée pour ${before.fr}\u00a0: sa correspondance et ses liens portent sur des champs et des fiches que ${wished.fr} n’a pas. Ajoutez une autre intégration pour ce compte.`,
  },
});

/** Its pairs are of the account that it has: with another one, each record would seem to be gone. */
export const keepsPairs = (role: string, links: number): Refusal => ({
  field: `connections.${role}`,
  detail: {
    en: `This sync keeps ${links} pairs of records of its account, and cannot go over to another one. Add another integration for it.`,
    fr: `Cette synchronisation relie ${links} paires de fiches de son compte et ne peut pas passer à un autre. Ajoutez une autre intégration pour celui-ci.`,
  },
});

const STAYS: Readonly<Record<string, Sentence>> = {
  id: {
    en: 'An integration keeps its id for ever.',
    fr: 'Une intégration garde son identifiant pour toujours.',
  },
  flow: {
    en: 'An integration stays one of its flow. Add another integration for the other flow.',
    fr: 'Une intégration reste liée à son flux. Ajoutez une autre intégration pour l’autre flux.',
  },
  owner: {
    en: 'An integration stays whose it is. Add another one for somebody else.',
    fr: 'Une intégration reste à qui elle appartient. Ajoutez-en une autre pour quelqu’un d’autre.',
  },
};

const CHANGEABLE = Object.keys(integrationChange.shape);
/** All but what says how a change is meant: it changes nothing itself. */
const MEANT = ['basedOn', 'filterBasedOn', 'unfinished'];
const NAMED = CHANGEABLE.filter((field) => !MEANT.includes(field)).join(', ');

const UNKNOWN: Sentence = {
  en: `An integration has nothing of this name that can be changed. What can be: ${NAMED}.`,
  fr: `Une intégration n’a rien de ce nom qui puisse être modifié. Ce qui peut l’être\u00a0: ${NAMED}.`,
};

/** What was sent to be changed and never can be, so that nobody believes that it was. */
export const unchangeable = (sent: object): Refusal[] =>
  Object.keys(sent)
    .filter((field) => !CHANGEABLE.includes(field))
    .map((field) => ({ field, detail: (Object.hasOwn(STAYS, field) ? STAYS[field] : undefined) ?? UNKNOWN }));

const BY_TEMPLATE: Sentence = {
  en: 'It follows a template. An admin changes this for everybody, under Persons.',
  fr: 'Elle suit un modèle. Un administrateur modifie cela pour tout le monde, sous Personnes.',
};

/** Under a template each person has one, and a copy without it would be free of what the admin prepared. */
export const ONE_UNDER_TEMPLATE: Refusal = {
  field: 'template',
  detail: {
    en: 'It follows a template, under which each person has one. Another one is set up from the catalogue.',
    fr: 'Elle suit un modèle, sous lequel chaque personne en a une seule. Une autre se met en place depuis le catalogue.',
  },
};

/** What of a person's own integration is said by its template. */
export const setByTemplate = (sent: object): Refusal[] =>
  ['connections', 'settings', 'filter', 'filterTakes']
    .filter((field) => {
      const value = (sent as Readonly<Record<string, unknown>>)[field];
      return (
        value !== undefined &&
        !(typeof value === 'object' && value !== null && Object.keys(value).length === 0)
      );
    })
    .map((field) => ({ field, detail: BY_TEMPLATE }));
