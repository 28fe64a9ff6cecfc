import type { ErrorKind } from './errors.ts';
import type { Sentence } from './sentence.ts';

/** What a user reads for each kind of failure: what happened, and who has to do what. */
const SENTENCES: Readonly<Record<ErrorKind, (vendor: string) => Sentence>> = {
  'retry-later': (vendor) => ({
    en: `${vendor} did not answer as it should. Nothing to do: Liaison tries again by itself.`,
    fr: `${vendor} n’a pas répondu comme il le devrait. Rien à faire\u00a0: Liaison réessaie de lui-même.`,
  }),
  'rate-limited': (vendor) => ({
    en: `${vendor} asks to slow down. Nothing to do: Liaison waits as told, then goes on by itself.`,
    fr: `${vendor} demande de ralentir. Rien à faire\u00a0: Liaison attend le temps demandé, puis reprend de lui-même.`,
  }),
  reconnect: (vendor) => ({
    en: `${vendor} no longer accepts the connection. An admin has to connect ${vendor} again in the settings.`,
    fr: `${vendor} n’accepte plus la connexion. Un administrateur doit reconnecter ${vendor} dans les réglages.`,
  }),
  'cursor-lost': (vendor) => ({
    en: `${vendor} no longer knows up to where Liaison had read. Nothing to do: Liaison reads everything again.`,
    fr: `${vendor} ne sait plus jusqu’où Liaison avait lu. Rien à faire\u00a0: Liaison relit tout.`,
  }),
  rejected: (vendor) => ({
    en: `${vendor} refused the data. Correct the record or the flow’s settings, then retry.`,
    fr: `${vendor} a refusé les données. Corrigez la fiche ou les réglages du flux, puis relancez.`,
  }),
  gone: (vendor) => ({
    en: `What was asked for no longer exists in ${vendor}. Restore it there, or leave this run aside.`,
    fr: `Ce qui était demandé n’existe plus dans ${vendor}. Restaurez-le, ou laissez cette exécution de côté.`,
  }),
  conflict: (vendor) => ({
    en: `It changed in ${vendor} at the same moment. Nothing to do: Liaison reads it again and retries.`,
    fr: `Cela a changé dans ${vendor} au même moment. Rien à faire\u00a0: Liaison relit et réessaie.`,
  }),
  unknown: (vendor) => ({
    en: `${vendor} answered in a way that Liaison does not know. It tries again; if it persists, send us the run.`,
    fr: `${vendor} a répondu d’une façon que Liaison ne connaît pas. Un nouvel essai suit\u00a0; si cela persiste, envoyez-nous l’exécution.`,
  }),
};

/** The usual sentence of a kind of failure, naming the vendor by the title that people know. */
export function failureSentence(kind: ErrorKind, vendor: string): Sentence {
  return SENTENCES[kind](vendor);
}
