import type { LiaisonError } from '../../core/errors.ts';
import type { Sentence } from '../../core/sentence.ts';

const TOO_LARGE: Sentence = {
  en: 'It is larger than what the CRM takes, by itself or with what stands beside the record already.',
  fr: 'Sa taille dépasse ce que le CRM accepte, à elle seule ou avec ce qui est déjà joint à la fiche.',
};

/** Codes by which the CRM refuses a file for what it is, and not for who brings it. */
const REFUSED_FILES: Readonly<Record<string, Sentence>> = {
  VIRUS_DETECTED: {
    en: 'The CRM found a virus in it.',
    fr: 'Le CRM y a trouvé un virus.',
  },
  FILE_SIZE_MORE_THAN_ALLOWED_SIZE: TOO_LARGE,
  BODY_SIZE_REACHED: TOO_LARGE,
};

/** Why, where it says that it is for the file. */
export function refusedFile({ details: { vendorMessage = '' } }: LiaisonError): Sentence | undefined {
  return REFUSED_FILES[vendorMessage.split(':', 1)[0] ?? ''];
}
