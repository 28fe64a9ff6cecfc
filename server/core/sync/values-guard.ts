import { LiaisonError } from '../errors.ts';
import type { Sentence } from '../sentence.ts';
import type { FieldValue, SyncField } from '../sync-object.ts';
import { canonical } from './canonical.ts';
import { isDayOfYear, isNorthAmerican } from './narrow-values.ts';

/**
 * Refuses, before it is sent, a value that the field cannot hold as it is. Nothing is ever cut or cleaned to
 * make it fit: it goes to the shelf, with the field and what is wrong.
 *
 * @returns a `rejected` error, or null when the value can be sent.
 */
export function refuse(field: SyncField, value: FieldValue): LiaisonError | null {
  const sentence = complaint(field, value);
  return sentence === null ? null : new LiaisonError('rejected', { sentence, field: field.id });
}

function complaint(field: SyncField, value: FieldValue): Sentence | null {
  const { titles, maxLength, choices } = field;
  if (field.readOnly) {
    return {
      en: `${titles.en} is computed by the application and cannot be written.`,
      fr: `${titles.fr} est calculé par l’application et ne peut pas être écrit.`,
    };
  }
  if (canonical(field.kind, value, '') === null) {
    if (!field.required) return null;
    return {
      en: `${titles.en} is required and cannot be emptied.`,
      fr: `${titles.fr} est obligatoire et ne peut pas être vidé.`,
    };
  }
  const texts = textsOf(value);
  if (texts.some((text) => text.includes('\u0000') || !text.isWellFormed())) {
    return {
      en: `${titles.en} holds a character that no application can store. Type the value again.`,
      fr: `${titles.fr} contient un caractère qu’aucune application ne peut enregistrer. Saisissez de nouveau la valeur.`,
    };
  }
  const longest = Math.max(0, ...texts.map(lengthOf));
  if (maxLength !== undefined && longest > maxLength) {
    return {
      en: `${titles.en} holds ${longest} characters and takes ${maxLength} at most. Shorten it: Liaison cuts nothing.`,
      fr: `${titles.fr} compte ${longest} caractères et en accepte ${maxLength} au plus. Raccourcissez-le\u00a0: Liaison ne coupe rien.`,
    };
  }
  if (field.whole === true && !Number.isInteger(Number(value))) {
    return {
      en: `${titles.en} takes whole numbers only, and ${String(value)} is none. Correct the number, or leave this record out.`,
      fr: `${titles.fr} n’accepte que des nombres entiers, et ${String(value)} n’en est pas un. Corrigez le nombre, ou écartez cette fiche.`,
    };
  }
  if (field.phones === 'north-american' && !texts.every(isNorthAmerican)) {
    return {
      en: `${titles.en} takes only ten-digit numbers of North America, such as (404) 555-1212. Let the field take numbers of any country in the application, or correct the number.`,
      fr: `${titles.fr} n’accepte que des numéros d’Amérique du Nord à dix chiffres, comme (404) 555-1212. Ouvrez le champ aux numéros de tous les pays dans l’application, ou corrigez le numéro.`,
    };
  }
  if (field.kind === 'birthday' && !texts.every(isDayOfYear)) {
    return {
      en: `${titles.en} takes a month and a day, such as 03/12. Correct the value.`,
      fr: `${titles.fr} accepte un mois puis un jour, comme 03/12. Corrigez la valeur.`,
    };
  }
  const unknown = choices === undefined ? undefined : texts.find((text) => !choices.includes(text.trim()));
  if (unknown !== undefined && (field.kind === 'choice' || field.kind === 'labels')) {
    return {
      en: `“${unknown}” is not one of the choices of ${titles.en}. Add it there, or choose another.`,
      fr: `«\u00a0${unknown}\u00a0» ne fait pas partie des choix de ${titles.fr}. Ajoutez-le, ou choisissez-en un autre.`,
    };
  }
  return null;
}

/** Characters as people count them, near enough: one for each code point. */
const lengthOf = (text: string): number => [...text].length;

function textsOf(value: FieldValue): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
