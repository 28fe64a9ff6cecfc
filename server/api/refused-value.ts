import type { z } from 'zod';
import type { Language, Sentence } from '../core/sentence.ts';

type Refused = z.core.$ZodRawIssue;

const KINDS: Readonly<Record<string, Sentence>> = {
  string: { en: 'a text', fr: 'un texte' },
  number: { en: 'a number', fr: 'un nombre' },
  int: { en: 'a whole number', fr: 'un nombre entier' },
  boolean: { en: 'yes or no (true or false)', fr: 'oui ou non (true ou false)' },
  array: { en: 'a list', fr: 'une liste' },
  object: { en: 'a group of named values', fr: 'un ensemble de valeurs nommées' },
  record: { en: 'a group of named values', fr: 'un ensemble de valeurs nommées' },
  null: { en: 'nothing (null)', fr: 'aucune valeur (null)' },
  date: { en: 'a date', fr: 'une date' },
};

const FORMATS: Readonly<Record<string, Sentence>> = {
  email: { en: 'an e-mail address', fr: 'une adresse e-mail' },
  url: {
    en: 'a web address, such as https://example.com',
    fr: 'une adresse web, par exemple https://example.com',
  },
  uuid: { en: 'an id of Liaison', fr: 'un identifiant de Liaison' },
  datetime: {
    en: 'a date with its time, such as 2026-11-29T14:00:00Z',
    fr: 'une date et une heure, par exemple 2026-11-29T14:00:00Z',
  },
  date: { en: 'a date, such as 2026-11-29', fr: 'une date, par exemple 2026-11-29' },
};

const MISSING: Sentence = { en: 'This value is missing.', fr: 'Cette valeur manque.' };
const EMPTY: Sentence = { en: 'This must not be empty.', fr: 'Cette valeur ne peut pas être vide.' };
const MISMATCH: Sentence = {
  en: 'This value is not of the kind that is expected here.',
  fr: 'Cette valeur n’est pas de la forme attendue ici.',
};

/** What a table says of what is expected. */
function isExpected(kinds: Readonly<Record<string, Sentence>>, expected: string): Sentence {
  const kind = kinds[expected];
  if (kind === undefined) return MISMATCH;
  return { en: `Expected: ${kind.en}.`, fr: `Attendu\u00a0: ${kind.fr}.` };
}

/** What a bound counts, one and several. */
const COUNTED: Readonly<Record<string, readonly [one: Sentence, several: Sentence]>> = {
  string: [
    { en: 'character', fr: 'caractère' },
    { en: 'characters', fr: 'caractères' },
  ],
  array: [
    { en: 'entry', fr: 'élément' },
    { en: 'entries', fr: 'éléments' },
  ],
};

/** How a bound is said, with what it counts. */
const BOUNDS = {
  atLeast: { en: 'At least', fr: 'Au moins' },
  above: { en: 'More than', fr: 'Plus de' },
  atMost: { en: 'At most', fr: 'Au plus' },
  below: { en: 'Less than', fr: 'Moins de' },
} satisfies Record<string, Sentence>;

function bounded(is: Sentence, origin: string, bound: number | bigint): Sentence {
  const [one, several] = COUNTED[origin] ?? [];
  const counted = Number(bound) === 1 ? one : several;
  const of = (language: Language) =>
    `${is[language]} ${bound.toLocaleString(language)}${counted === undefined ? '' : ` ${counted[language]}`}.`;
  return { en: of('en'), fr: of('fr') };
}

function sentenceOf(issue: Refused): Sentence {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? MISSING : isExpected(KINDS, issue.expected);
    case 'too_small':
      if (issue.minimum === 1 && (issue.origin === 'string' || issue.origin === 'array')) return EMPTY;
      return bounded(issue.inclusive === false ? BOUNDS.above : BOUNDS.atLeast, issue.origin, issue.minimum);
    case 'too_big':
      return bounded(issue.inclusive === false ? BOUNDS.below : BOUNDS.atMost, issue.origin, issue.maximum);
    case 'invalid_format':
      return isExpected(FORMATS, issue.format);
    case 'invalid_value': {
      if (issue.input === undefined) return MISSING;
      const all = issue.values.map(String).join(', ');
      return issue.values.length === 1
        ? { en: `Expected: ${all}.`, fr: `Attendu\u00a0: ${all}.` }
        : { en: `One of these is expected: ${all}.`, fr: `L’une de ces valeurs est attendue\u00a0: ${all}.` };
    }
    case 'unrecognized_keys': {
      const all = issue.keys.join(', ');
      return { en: `Not known here: ${all}.`, fr: `Inconnu ici\u00a0: ${all}.` };
    }
    case 'not_multiple_of':
      return {
        en: `A multiple of ${issue.divisor} is expected.`,
        fr: `Un multiple de ${issue.divisor} est attendu.`,
      };
    default:
      return MISMATCH;
  }
}

/**
 * Says in a language why a value was refused: for `safeParse(value, { error })`. What a schema says itself goes before
 * it. Zod's own French names kinds of values in the words of programmers.
 */
export const refusedValue =
  (language: Language): z.core.$ZodErrorMap =>
  (issue) =>
    sentenceOf(issue)[language];
