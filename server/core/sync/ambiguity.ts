import type { Sentence } from '../sentence.ts';
import type { FieldValue } from '../sync-object.ts';

interface SharedKey {
  /** As people call them. */
  readonly fields: readonly Sentence[];
  readonly values: readonly FieldValue[];
  /** Free records of the other side that it could be. */
  readonly free: number;
  /** Free records of its own side, itself included, that the one free record of the other side could be. */
  readonly rivals: number;
}

/** Why a record is left alone: by which field and value it could be more than one, or one that is taken. */
export function ambiguity({ fields, values, free, rivals }: SharedKey): Sentence {
  const value = values.map(shownValue).join(' + ');
  const field = {
    en: fields.map((one) => one.en).join(' + '),
    fr: fields.map((one) => one.fr).join(' + '),
  };
  if (free === 0 || (free === 1 && rivals === 1)) {
    return {
      en: `The record with ${field.en} “${value}” on the other side is linked or left alone already. Liaison does not make a second one: correct the field, or link the two by hand.`,
      fr: `La fiche dont ${field.fr} est «\u00a0${value}\u00a0» de l’autre côté est déjà liée ou écartée. Liaison n’en crée pas une seconde\u00a0: corrigez le champ, ou liez les deux à la main.`,
    };
  }
  if (free > 1) {
    return {
      en: `${free} records on the other side share ${field.en} “${value}”. Liaison does not guess which one it is: correct the field, or link the two by hand.`,
      fr: `${free} fiches de l’autre côté partagent ${field.fr} «\u00a0${value}\u00a0». Liaison ne devine pas laquelle est la bonne\u00a0: corrigez le champ, ou liez les deux à la main.`,
    };
  }
  return {
    en: `${rivals} records on this side share ${field.en} “${value}”, and one on the other. Liaison does not guess which of them it is: correct the field, or link the two by hand.`,
    fr: `${rivals} fiches de ce côté partagent ${field.fr} «\u00a0${value}\u00a0», et une seule de l’autre. Liaison ne devine pas laquelle est la bonne\u00a0: corrigez le champ, ou liez les deux à la main.`,
  };
}

/** Why records of one side that share what only one may have are left alone. */
export function doubled({
  fields,
  values,
  count,
}: Pick<SharedKey, 'fields' | 'values'> & { readonly count: number }): Sentence {
  const value = values.map(shownValue).join(' + ');
  const [en, fr] = [fields.map((one) => one.en).join(' + '), fields.map((one) => one.fr).join(' + ')];
  return {
    en: `${count} records on this side share ${en} “${value}”, which only one may have. Liaison makes none of them on the other side: give each its own.`,
    fr: `${count} fiches de ce côté partagent ${fr} «\u00a0${value}\u00a0», qu’une seule peut avoir. Liaison n’en crée aucune de l’autre côté : donnez à chacune la sienne.`,
  };
}

function shownValue(value: FieldValue): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const texts = Object.values(value).filter((part) => typeof part === 'string' && part !== '');
  return texts.join(' ');
}
