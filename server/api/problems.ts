import type { Sentence } from '../core/sentence.ts';
import type { RunState } from './contract.ts';
import { Problem } from './problem.ts';

/** The refusals that the API itself makes. */

const sizeOf = (bytes: number): Sentence =>
  bytes < 1_000_000
    ? { en: `${Math.floor(bytes / 1_000)} kB`, fr: `${Math.floor(bytes / 1_000)} ko` }
    : { en: `${Math.floor(bytes / 1_000_000)} MB`, fr: `${Math.floor(bytes / 1_000_000)} Mo` };

export const notSignedIn = (): Problem =>
  new Problem({
    status: 401,
    type: 'not-signed-in',
    challenge: 'Bearer',
    title: { en: 'Not signed in', fr: 'Vous n’êtes pas connecté' },
    detail: {
      en: 'This request carries no valid session.',
      fr: 'Cette demande ne porte aucune session valide.',
    },
    action: { en: 'Sign in, then try again.', fr: 'Connectez-vous, puis réessayez.' },
  });

export const adminOnly = (): Problem =>
  new Problem({
    status: 403,
    type: 'admin-only',
    title: { en: 'Only an admin may do this', fr: 'Réservé aux administrateurs' },
    detail: {
      en: 'Your role lets you look, not change.',
      fr: 'Votre rôle permet de consulter, pas de modifier.',
    },
    action: {
      en: 'Ask an admin of your organisation.',
      fr: 'Adressez-vous à un administrateur de votre organisation.',
    },
  });

/** To an application that acts in somebody's name and was not let do this; null: no application may. */
export const notLetDo = (scope: string | null): Problem =>
  new Problem({
    status: 403,
    type: 'not-let-do',
    title: { en: 'The application may not do this', fr: 'L’application n’y est pas autorisée' },
    detail:
      scope === null
        ? {
            en: 'This is for people in Liaison itself, not for applications that act in their name.',
            fr: 'Ceci est réservé aux personnes, dans Liaison même, et non aux applications qui agissent en leur nom.',
          }
        : {
            en: `The person who let the application in did not let it do this (${scope}).`,
            fr: `La personne qui a autorisé l’application ne l’a pas autorisée à ceci (${scope}).`,
          },
    action: {
      en: 'Connect the application again, and allow what it asks for.',
      fr: 'Reconnectez l’application, et autorisez ce qu’elle demande.',
    },
    challenge: `Bearer error="insufficient_scope"${scope === null ? '' : `, scope="${scope}"`}`,
  });

/** An application calls more often than anybody needs. */
export const tooManyCalls = (retryAfterSeconds: number): Problem =>
  new Problem({
    status: 429,
    type: 'too-many-calls',
    title: { en: 'Too many calls', fr: 'Trop d’appels' },
    detail: {
      en: `The application called too often in a minute. It may go on in ${retryAfterSeconds} seconds.`,
      fr: `L’application a appelé trop souvent en une minute. Elle peut reprendre dans ${retryAfterSeconds} secondes.`,
    },
    action: { en: 'Call less often.', fr: 'Appelez moins souvent.' },
    retryAfterSeconds,
  });

/** Also for what belongs to another organisation: to the caller it does not exist. */
export const notFound = (): Problem =>
  new Problem({
    status: 404,
    type: 'not-found',
    title: { en: 'Not found', fr: 'Introuvable' },
    detail: { en: 'There is nothing here under this address.', fr: 'Il n’y a rien à cette adresse.' },
    action: { en: 'Go back to the list.', fr: 'Revenez à la liste.' },
  });

export const wrongMethod = (): Problem =>
  new Problem({
    status: 405,
    type: 'wrong-method',
    title: { en: 'Not possible here', fr: 'Impossible ici' },
    detail: {
      en: 'This address does not take that method.',
      fr: 'Cette adresse n’accepte pas cette méthode.',
    },
    action: { en: 'See the API’s document.', fr: 'Consultez le document de l’API.' },
  });

export const foreignPage = (): Problem =>
  new Problem({
    status: 403,
    type: 'foreign-page',
    title: { en: 'Refused: this came from another page', fr: 'Refusé\u00a0: demande venue d’une autre page' },
    detail: {
      en: 'The sandbox answers only to its own pages, opened on this machine.',
      fr: 'Le bac à sable ne répond qu’à ses propres pages, ouvertes sur cette machine.',
    },
    action: {
      en: 'Open Liaison at its localhost address.',
      fr: 'Ouvrez Liaison à son adresse localhost.',
    },
  });

/** @param most bytes that the route takes; absent: as many as most routes do. */
export const unreadableBody = (status: number, most = 100_000): Problem =>
  new Problem({
    status,
    type: status === 413 ? 'too-large' : status === 415 ? 'not-json' : 'unreadable',
    title: { en: 'The request could not be read', fr: 'La demande est illisible' },
    detail: {
      en: `The body must be JSON, at most ${sizeOf(most).en}, with the content type application/json.`,
      fr: `Le corps doit être en JSON, de ${sizeOf(most).fr} au plus, de type application/json.`,
    },
    action: { en: 'Correct the request.', fr: 'Corrigez la demande.' },
  });

export const ourFault = (): Problem =>
  new Problem({
    status: 500,
    type: 'internal',
    title: { en: 'Something went wrong on our side', fr: 'Une erreur est survenue de notre côté' },
    detail: {
      en: 'Liaison could not answer. What happened was noted.',
      fr: 'Liaison n’a pas pu répondre. L’incident a été enregistré.',
    },
    action: { en: 'Try again in a moment.', fr: 'Réessayez dans un instant.' },
  });

const WHY_NOT: Readonly<Record<RunState, Sentence>> = {
  done: {
    en: 'This run succeeded: replaying it would do nothing new.',
    fr: 'Cette exécution a réussi\u00a0: la rejouer ne ferait rien de plus.',
  },
  skipped: { en: 'This run had nothing to do.', fr: 'Cette exécution n’avait rien à faire.' },
  superseded: {
    en: 'A later run of the same record took this one’s place.',
    fr: 'Une exécution plus récente du même enregistrement a remplacé celle-ci.',
  },
  running: { en: 'This run is at work already.', fr: 'Cette exécution est déjà en cours.' },
  waiting: { en: 'This run is about to begin.', fr: 'Cette exécution va commencer.' },
  shelved: { en: 'This run cannot be replayed now.', fr: 'Cette exécution ne peut pas être rejouée.' },
};

/** Only what failed is replayed. */
export const notReplayable = (state: RunState): Problem =>
  new Problem({
    status: 409,
    type: 'not-replayable',
    title: { en: 'Nothing to replay', fr: 'Rien à rejouer' },
    detail: WHY_NOT[state],
    action: { en: 'Nothing needs to be done.', fr: 'Il n’y a rien à faire.' },
  });
