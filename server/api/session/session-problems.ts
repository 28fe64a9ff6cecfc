import { Problem } from '../problem.ts';

/** The refusals of signing in. */

/** For a code, a verifier, a renewal token or a cookie that is not good, without saying which. */
export const signInOver = (): Problem =>
  new Problem({
    status: 401,
    type: 'sign-in-over',
    title: { en: 'You are signed out', fr: 'Vous êtes déconnecté' },
    detail: {
      en: 'This sign-in is not valid, or no longer.',
      fr: 'Cette connexion n’est pas valable, ou ne l’est plus.',
    },
    action: { en: 'Sign in again.', fr: 'Connectez-vous de nouveau.' },
  });

export const otherOrganisation = (): Problem =>
  new Problem({
    status: 409,
    type: 'other-organisation',
    title: { en: 'Signed in to another organisation', fr: 'Connecté à une autre organisation' },
    detail: {
      en: 'You are signed in to another organisation than the one this page belongs to.',
      fr: 'Vous êtes connecté à une autre organisation que celle de cette page.',
    },
    action: {
      en: 'Sign in again and choose this organisation.',
      fr: 'Connectez-vous de nouveau et choisissez cette organisation.',
    },
  });

export const foreignOrigin = (): Problem =>
  new Problem({
    status: 403,
    type: 'foreign-page',
    title: { en: 'Refused: this came from another page', fr: 'Refusé\u00a0: demande venue d’une autre page' },
    detail: {
      en: 'Liaison answers only to its own pages.',
      fr: 'Liaison ne répond qu’à ses propres pages.',
    },
    action: { en: 'Open Liaison itself.', fr: 'Ouvrez Liaison directement.' },
  });
