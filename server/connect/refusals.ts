import { LiaisonError } from '../core/errors.ts';
import type { Language, Sentence } from '../core/sentence.ts';

function refusal(sentence: Sentence, vendorMessage?: string): LiaisonError {
  return new LiaisonError('rejected', {
    sentence,
    ...(vendorMessage === undefined ? {} : { vendorMessage }),
  });
}

export const staleAttempt = (): LiaisonError =>
  refusal({
    en: 'This sign-in is no longer valid: it was used already, took more than ten minutes, or began in another browser. Please start again from Liaison.',
    fr: 'Cette connexion n’est plus valable\u00a0: déjà utilisée, commencée il y a plus de dix minutes, ou dans un autre navigateur. Recommencez depuis Liaison.',
  });

export const denied = (vendor: string): LiaisonError =>
  refusal({
    en: `You did not give Liaison access to ${vendor}. Nothing was connected; you can start again whenever you like.`,
    fr: `Vous n’avez pas donné à Liaison l’accès à ${vendor}. Rien n’a été connecté\u00a0; vous pouvez recommencer quand vous voulez.`,
  });

export const vendorRefused = (vendor: string, error: string): LiaisonError =>
  refusal(
    {
      en: `${vendor} did not complete the sign-in. Nothing was connected; please try again.`,
      fr: `${vendor} n’a pas mené la connexion à son terme. Rien n’a été connecté\u00a0; veuillez réessayer.`,
    },
    error.replace(/[^\w .-]/g, ' ').slice(0, 100),
  );

export const foreignDataCentre = (vendor: string): LiaisonError =>
  refusal({
    en: `The answer names a sign-in server that is not one of ${vendor}’s. Nothing was sent to it and nothing was connected.`,
    fr: `La réponse désigne un serveur de connexion qui n’est pas de ${vendor}. Rien ne lui a été envoyé, rien n’a été connecté.`,
  });

/** The callback is not signed by the vendor, or is of another site than the one that was visited. */
export const forgedCallback = (vendor: string): LiaisonError =>
  refusal({
    en: `The answer to the sign-in does not come from ${vendor}, or is of another account than the one that you entered. Nothing was connected; please start again from Liaison.`,
    fr: `La réponse à la connexion ne vient pas de ${vendor}, ou concerne un autre compte que celui que vous avez indiqué. Rien n’a été connecté\u00a0; recommencez depuis Liaison.`,
  });

/** @param scopes those that were asked for and not given, with why they are needed. */
export const missingScopes = (
  vendor: string,
  scopes: readonly { readonly scope: string; readonly reason: Sentence }[],
): LiaisonError => {
  const reasons = (language: Language) =>
    [...new Set(scopes.map(({ reason }) => reason[language]))].join(' ');
  return refusal(
    {
      en: `${vendor} did not give all the permissions that Liaison asked for. Not given: ${reasons('en')} Nothing was connected. Please connect again and leave all of them ticked.`,
      fr: `${vendor} n’a pas accordé toutes les permissions demandées. Il manque\u00a0: ${reasons('fr')} Rien n’a été connecté. Reconnectez-vous en les laissant toutes cochées.`,
    },
    namesOf(scopes.map(({ scope }) => scope)),
  );
};

export const extraScopes = (vendor: string, scopes: readonly string[]): LiaisonError =>
  refusal(
    {
      en: `${vendor} gave more permissions than Liaison asked for, so Liaison gave them back. Remove Liaison in ${vendor}, then connect again.`,
      fr: `${vendor} a accordé plus de permissions que demandé\u00a0; Liaison les a rendues. Retirez Liaison dans ${vendor}, puis reconnectez-vous.`,
    },
    namesOf(scopes),
  );

const namesOf = (scopes: readonly string[]): string => scopes.join(' ').slice(0, 500);

export const noLastingAccess = (vendor: string): LiaisonError =>
  refusal({
    en: `${vendor} gave access for a short time only. Remove Liaison from the connected apps in ${vendor}, then connect again.`,
    fr: `${vendor} n’a donné qu’un accès de courte durée. Retirez Liaison des applications connectées dans ${vendor}, puis reconnectez-vous.`,
  });

/** @param connected the account of the connection, @param chosen the one that was signed in to, as people tell them apart. */
export const otherAccount = (vendor: string, connected: string, chosen: string): LiaisonError =>
  refusal({
    en: `This connection is to the account ${connected} of ${vendor}, and you signed in to ${chosen}. Nothing was changed. Sign in to ${connected}, or add ${chosen} as an account of its own.`,
    fr: `Cette connexion est celle du compte ${vendor} ${connected}, et vous vous êtes connecté à ${chosen}. Rien n’a été modifié. Connectez-vous à ${connected}, ou ajoutez ${chosen} comme un compte à part.`,
  });

/** The connection was ended while its account was being signed in to. */
export const noLongerConnected = (vendor: string): LiaisonError =>
  refusal({
    en: `This connection to ${vendor} was ended meanwhile. Nothing was changed; add the account again under Connections.`,
    fr: `Cette connexion à ${vendor} a été supprimée entre-temps. Rien n’a été modifié\u00a0; ajoutez de nouveau le compte sous Connexions.`,
  });

export const otherTenant = (vendor: string, account: string): LiaisonError =>
  refusal({
    en: `This account of ${vendor} belongs to another organisation (${account}). Nothing was connected; sign in to ${vendor} with your own organisation’s.`,
    fr: `Ce compte ${vendor} appartient à une autre organisation (${account}). Rien n’a été connecté\u00a0; connectez-vous à ${vendor} avec celui de votre organisation.`,
  });

export const noOrganisation = (vendor: string): LiaisonError =>
  refusal({
    en: `Liaison does not know your organisation yet. Connect your CRM first, then ${vendor}.`,
    fr: `Liaison ne connaît pas encore votre organisation. Connectez d’abord votre CRM, puis ${vendor}.`,
  });

export const notAKey = (vendor: string): LiaisonError =>
  refusal({
    en: `That is not a key of ${vendor}: it must be one piece of text without spaces. Copy it again and paste it whole.`,
    fr: `Ce n’est pas une clé ${vendor}\u00a0: elle doit être un seul texte sans espace. Copiez-la de nouveau et collez-la entière.`,
  });

/** What was to be a list of addresses is none. */
export const notAddresses = (why: Sentence): LiaisonError => refusal(why);

/** No site could send keys to this server. */
export const keysMustBeTyped = (why: Sentence): LiaisonError => refusal(why);

/** Keys that nobody asked for, or not any more. It is the site's own page that shows it, if any. */
export const notHanded = (): LiaisonError =>
  refusal({
    en: 'Nobody waits for these keys: the request was used already, or is older than ten minutes. Please start again from Liaison.',
    fr: 'Personne n’attend ces clés\u00a0: la demande a déjà servi, ou date de plus de dix minutes. Recommencez depuis Liaison.',
  });

export const tooFewRights = (vendor: string): LiaisonError =>
  refusal({
    en: `The keys that ${vendor} made may not do what Liaison asked for: to read and write. Nothing was connected; please start again from Liaison.`,
    fr: `Les clés créées par ${vendor} ne permettent pas ce que Liaison a demandé\u00a0: lire et écrire. Rien n’a été connecté\u00a0; recommencez depuis Liaison.`,
  });

/** The browser came back as if all were well, and no keys had come. */
export const noKeysCame = (vendor: string): LiaisonError =>
  refusal({
    en: `No keys came from ${vendor}, so nothing was connected. Please start again, or make the keys in the shop and type them in Liaison.`,
    fr: `Aucune clé n’est arrivée de ${vendor}\u00a0; rien n’a été connecté. Recommencez, ou créez les clés dans la boutique et saisissez-les dans Liaison.`,
  });

/** @param keepsOld whether an accepted key goes on being used. */
export const keyRefused = (vendor: string, keepsOld: boolean, vendorMessage?: string): LiaisonError =>
  refusal(
    {
      en: `${vendor} does not accept this key. ${keepsOld ? 'The one in use stays in place and goes on working.' : 'Nothing was connected.'} Copy it again from ${vendor}, or make a new one.`,
      fr: `${vendor} n’accepte pas cette clé. ${keepsOld ? 'Celle qui est en service reste en place et continue de fonctionner.' : 'Rien n’a été connecté.'} Copiez-la de nouveau depuis ${vendor}, ou créez-en une autre.`,
    },
    vendorMessage,
  );
