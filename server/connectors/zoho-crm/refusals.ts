import type { Sentence } from '../../core/sentence.ts';
import { FIELD_TITLES } from './field-titles.ts';

type Wording = (field: Sentence) => Sentence;

/** What a user can do about each refusal, by the field's title. */
const REFUSALS: Readonly<Record<string, Wording>> = {
  MANDATORY_NOT_FOUND: (field) => ({
    en: `Zoho CRM needs a value for “${field.en}”. Fill it at the source or in the settings, then retry.`,
    fr: `Zoho CRM exige une valeur pour «\u00a0${field.fr}\u00a0». Renseignez-la à la source ou dans les réglages, puis relancez.`,
  }),
  DUPLICATE_DATA: (field) => ({
    en: `Another Zoho CRM record already has this “${field.en}”. Merge the two or change the value, then retry.`,
    fr: `Une autre fiche de Zoho CRM a déjà cette valeur de «\u00a0${field.fr}\u00a0». Fusionnez-les ou changez la valeur, puis relancez.`,
  }),
  INVALID_DATA: (field) => ({
    en: `Zoho CRM does not accept the value of “${field.en}”. Correct it at the source, then retry.`,
    fr: `Zoho CRM n’accepte pas la valeur de «\u00a0${field.fr}\u00a0». Corrigez-la à la source, puis relancez.`,
  }),
};

const NO_PERMISSION: Sentence = {
  en: 'The connected Zoho CRM user may not do this. Give the user’s profile the permission, or connect as another user.',
  fr: 'L’utilisateur Zoho CRM connecté n’en a pas le droit. Donnez ce droit à son profil, ou connectez un autre utilisateur.',
};

export const NO_RIGHT_TO_MAIL: Sentence = {
  en: 'Zoho CRM was connected before Liaison asked for e-mails and files. Connect it once more under Connections, then retry.',
  fr: 'Zoho CRM a été connecté avant que Liaison ne demande les e-mails et les fichiers. Connectez-le de nouveau sous Connexions, puis relancez.',
};

const OTHER: Sentence = {
  en: 'Zoho CRM refused the data. Correct the record or the flow’s settings, then retry.',
  fr: 'Zoho CRM a refusé les données. Corrigez la fiche ou les réglages du flux, puis relancez.',
};

/**
 * What a user reads when Zoho CRM refused something, and what to do about it.
 *
 * @param field its API name: the usual fields are called as people call them.
 */
export function refusalSentence(code: string, field: string | undefined): Sentence {
  if (code === 'NO_PERMISSION' || code === 'PERMISSION_DENIED') return NO_PERMISSION;
  return field === undefined
    ? OTHER
    : (REFUSALS[code]?.(FIELD_TITLES[field] ?? { en: field, fr: field }) ?? OTHER);
}
