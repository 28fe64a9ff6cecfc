import type { ErrorKind } from '../core/errors.ts';
import type { Sentence } from '../core/sentence.ts';

type Wording = (vendor: string) => Sentence;

/** What a user reads for each kind of failure: what happened, and who must act. */
const SENTENCES: Readonly<Record<ErrorKind, Wording>> = {
  'retry-later': (vendor) => ({
    en: `${vendor} did not answer as it should. Liaison tries again by itself; you need not do anything.`,
    fr: `${vendor} n’a pas répondu comme prévu. Liaison réessaie tout seul ; vous n’avez rien à faire.`,
  }),
  'rate-limited': (vendor) => ({
    en: `${vendor} asks for a pause after many requests. Liaison waits as told and goes on by itself.`,
    fr: `${vendor} demande une pause après de nombreuses requêtes. Liaison attend puis reprend tout seul.`,
  }),
  reconnect: (vendor) => ({
    en: `${vendor} no longer accepts the connection. An admin must connect ${vendor} again in the settings.`,
    fr: `${vendor} n’accepte plus la connexion. Un administrateur doit reconnecter ${vendor} dans les réglages.`,
  }),
  'cursor-lost': (vendor) => ({
    en: `${vendor} forgot where Liaison had read to. Liaison reads everything again by itself.`,
    fr: `${vendor} a oublié où Liaison en était. Liaison relit tout, sans action de votre part.`,
  }),
  rejected: (vendor) => ({
    en: `${vendor} refused the data. An admin must correct the record or the flow’s settings, then retry.`,
    fr: `${vendor} a refusé les données. Un administrateur doit corriger la fiche ou les réglages, puis relancer.`,
  }),
  gone: (vendor) => ({
    en: `The record no longer exists in ${vendor}. An admin must restore it there, or leave it out.`,
    fr: `La fiche n’existe plus dans ${vendor}. Un administrateur doit l’y restaurer, ou l’écarter.`,
  }),
  conflict: (vendor) => ({
    en: `The record changed in ${vendor} at the same moment. Liaison reads it again and retries by itself.`,
    fr: `La fiche a changé dans ${vendor} au même moment. Liaison la relit et réessaie tout seul.`,
  }),
  unknown: (vendor) => ({
    en: `${vendor} answered in a way that Liaison does not know. It tries again; if it persists, send us the run.`,
    fr: `${vendor} a répondu d’une façon que Liaison ne connaît pas. Un nouvel essai suit ; si cela persiste, envoyez-nous l’exécution.`,
  }),
};

/** The usual sentence of a kind, naming the vendor by the title that people know. */
export function sentenceFor(kind: ErrorKind, vendor: string): Sentence {
  return SENTENCES[kind](vendor);
}
