import { LiaisonError } from '../core/errors.ts';
import type { Sentence } from '../core/sentence.ts';

/** What the popup says when it does not sign anybody in. */
function refusal(sentence: Sentence): LiaisonError {
  return new LiaisonError('rejected', { sentence });
}

export const staleVisit = (): LiaisonError =>
  refusal({
    en: 'This sign-in is no longer valid: it was used already, took more than ten minutes, or began in another browser. Close this window and sign in again.',
    fr: 'Cette connexion n’est plus valable\u00a0: déjà utilisée, commencée il y a plus de dix minutes, ou dans un autre navigateur. Fermez cette fenêtre et connectez-vous de nouveau.',
  });

export const notOurPage = (): LiaisonError =>
  refusal({
    en: 'This window was not opened by Liaison. Close it, and sign in from Liaison itself.',
    fr: 'Cette fenêtre n’a pas été ouverte par Liaison. Fermez-la et connectez-vous depuis Liaison.',
  });

export const userDenied = (vendor: string): LiaisonError =>
  refusal({
    en: `You did not let ${vendor} tell Liaison who you are, so you are not signed in. You can start again whenever you like.`,
    fr: `Vous n’avez pas autorisé ${vendor} à indiquer à Liaison qui vous êtes\u00a0: vous n’êtes pas connecté. Vous pouvez recommencer quand vous voulez.`,
  });

export const vendorDidNot = (vendor: string): LiaisonError =>
  refusal({
    en: `${vendor} did not complete the sign-in. Close this window and try again.`,
    fr: `${vendor} n’a pas mené la connexion à son terme. Fermez cette fenêtre et réessayez.`,
  });

export const inactiveUser = (organisation: string): LiaisonError =>
  refusal({
    en: `Your account is not active in ${organisation}. Ask an administrator of your CRM.`,
    fr: `Votre compte n’est pas actif chez ${organisation}. Adressez-vous à un administrateur de votre CRM.`,
  });

export const notInstalled = (organisation: string): LiaisonError =>
  refusal({
    en: `Liaison is not set up for ${organisation} yet. An administrator of your CRM has to sign in to it first; after that you can.`,
    fr: `Liaison n’est pas encore installé pour ${organisation}. Un administrateur de votre CRM doit d’abord s’y connecter\u00a0; ensuite vous le pourrez.`,
  });

export const otherOrganisation = (organisation: string): LiaisonError =>
  refusal({
    en: `You signed in to ${organisation}, which is not the organisation of the page that you came from. Sign in again and choose the other one.`,
    fr: `Vous vous êtes connecté à ${organisation}, qui n’est pas l’organisation de la page d’où vous venez. Connectez-vous de nouveau et choisissez l’autre.`,
  });
