import type { Sentence } from '../sentence.ts';
import type { CellField, CellKind } from './cell.ts';

const EXPECTED: Readonly<Record<CellKind, Sentence>> = {
  text: { en: 'a text whose digits are all there', fr: 'un texte dont tous les chiffres sont visibles' },
  'long-text': { en: 'a text', fr: 'un texte' },
  email: { en: 'an e-mail address', fr: 'une adresse e-mail' },
  phone: {
    en: 'a phone number whose digits are all there (format the column as plain text and enter it again)',
    fr: 'un numéro de téléphone dont tous les chiffres sont visibles (mettez la colonne au format texte brut, puis ressaisissez-le)',
  },
  choice: { en: 'one of the field’s choices', fr: 'l’un des choix du champ' },
  choices: {
    en: 'choices of the field, parted by semicolons',
    fr: 'des choix du champ, séparés par des points-virgules',
  },
  integer: { en: 'a whole number', fr: 'un nombre entier' },
  number: { en: 'a number', fr: 'un nombre' },
  boolean: { en: 'yes or no', fr: 'oui ou non' },
  date: { en: 'a date', fr: 'une date' },
  'date-time': { en: 'a date and time', fr: 'une date et une heure' },
};

const MOST_CHOICES = 12;

/** What a field expects of a cell, as the object of "is expected". */
export function expectedWords({ kind, choices = [] }: CellField): Sentence {
  const words = EXPECTED[kind];
  if ((kind !== 'choice' && kind !== 'choices') || choices.length === 0) return words;
  const shown = choices.slice(0, MOST_CHOICES).map((choice) => choice.shown);
  const list = `${shown.join(', ')}${choices.length > MOST_CHOICES ? '…' : ''}`;
  return { en: `${words.en} (${list})`, fr: `${words.fr} (${list})` };
}
