import { type ErrorKind, LiaisonError } from './errors.ts';
import { failureSentence } from './failure-sentences.ts';
import type { Sentence } from './sentence.ts';

/** What passes by itself, of a run: of a try somebody tries again. */
const SENTENCES: Partial<Readonly<Record<ErrorKind, (vendor: string) => Sentence>>> = {
  'retry-later': (vendor) => ({
    en: `${vendor} does not answer as it should now. Nothing was changed; try again in a moment.`,
    fr: `${vendor} ne répond pas comme il le devrait en ce moment. Rien n’a été modifié\u00a0; réessayez dans un instant.`,
  }),
  'rate-limited': (vendor) => ({
    en: `${vendor} asks to slow down. Nothing was changed; try again in a few minutes.`,
    fr: `${vendor} demande de ralentir. Rien n’a été modifié\u00a0; réessayez dans quelques minutes.`,
  }),
  conflict: (vendor) => ({
    en: `It changed in ${vendor} at the same moment. Nothing was changed by the try; try again.`,
    fr: `Cela a changé dans ${vendor} au même moment. L’essai n’a rien modifié\u00a0; réessayez.`,
  }),
  unknown: (vendor) => ({
    en: `${vendor} answered in a way that Liaison does not know. Nothing was changed; try again, and if it persists, tell us.`,
    fr: `${vendor} a répondu d’une façon que Liaison ne connaît pas. Rien n’a été modifié\u00a0; réessayez et, si cela persiste, dites-le-nous.`,
  }),
};

/** The failure in the words of a try, where its own say what a run does next. */
export function inTry(error: LiaisonError, vendor: string): LiaisonError {
  const { kind, details } = error;
  const sentence = SENTENCES[kind]?.(vendor);
  if (sentence === undefined || details.sentence.en !== failureSentence(kind, vendor).en) return error;
  return new LiaisonError(kind, { ...details, sentence });
}
