import type { Sentence } from '../sentence.ts';
import type { CellKind } from './cell.ts';

const WORDS: Readonly<Record<CellKind, Sentence>> = {
  text: { en: 'text', fr: 'texte' },
  'long-text': { en: 'long text', fr: 'texte long' },
  email: { en: 'e-mail address', fr: 'adresse e-mail' },
  phone: { en: 'phone number', fr: 'téléphone' },
  choice: { en: 'one choice', fr: 'un choix' },
  choices: { en: 'several choices', fr: 'plusieurs choix' },
  integer: { en: 'whole number', fr: 'nombre entier' },
  number: { en: 'number', fr: 'nombre' },
  boolean: { en: 'yes or no', fr: 'oui ou non' },
  date: { en: 'date', fr: 'date' },
  'date-time': { en: 'date and time', fr: 'date et heure' },
};

/** What a field takes, in a word or two. */
export const kindWords = (kind: CellKind): Sentence => WORDS[kind];
