import { amountWithCurrency } from '../amount-text.ts';
import { formatNumber, formatTime } from '../format.ts';
import type { Language, Sentence } from '../sentence.ts';
import { type Asked, askedDay, readAsked } from './asked.ts';
import { facesOf, isBlank, type Subject } from './compare.ts';
import {
  type Condition,
  type Filter,
  type FilterField,
  type FilterPlace,
  isGroup,
  type KeptFilter,
  type Operator,
  partsOfGroup,
} from './filter.ts';
import type { Finding, Verdict } from './judge.ts';
import { ME } from './me.ts';

/** What is asked, before its value. */
export const OPERATOR_WORDS: Readonly<Record<Operator, Sentence>> = {
  equals: { en: 'is', fr: 'est' },
  not: { en: 'is not', fr: 'n’est pas' },
  contains: { en: 'contains', fr: 'contient' },
  'at-least': { en: 'is at least', fr: 'est au moins' },
  'at-most': { en: 'is at most', fr: 'est au plus' },
  before: { en: 'is before', fr: 'est avant' },
  after: { en: 'is after', fr: 'est après' },
  empty: { en: 'is empty', fr: 'est vide' },
  filled: { en: 'is filled in', fr: 'est renseigné' },
  in: { en: 'is one of', fr: 'est parmi' },
};

/** Of days and moments; “at least 30 days ago” would say the opposite. */
const TIME_WORDS: Partial<Record<Operator, Sentence>> = {
  'at-least': { en: 'is not before', fr: 'n’est pas avant' },
  'at-most': { en: 'is not after', fr: 'n’est pas après' },
};

const isTime = (field: FilterField | undefined): boolean =>
  field?.kind === 'date' || field?.kind === 'moment';
const operatorWords = (is: Operator, field: FilterField | undefined): Sentence =>
  (isTime(field) ? TIME_WORDS[is] : undefined) ?? OPERATOR_WORDS[is];

const LOCALES: Readonly<Record<Language, string>> = { en: 'en', fr: 'fr' };
const ME_WORDS: Sentence = { en: 'me', fr: 'moi' };
const EMPTY: Sentence = { en: 'empty', fr: 'vide' };
const TRUTHS: Readonly<Record<Language, readonly [string, string]>> = {
  en: ['no', 'yes'],
  fr: ['non', 'oui'],
};
const quoted: Readonly<Record<Language, (text: string) => string>> = {
  en: (text) => `“${text}”`,
  fr: (text) => `«\u00a0${text}\u00a0»`,
};
/** Of a value or a list that is longer, the beginning says enough. */
const LONGEST = 80;
const MOST_NAMED = 5;

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

function daysWords(days: number, language: Language): string {
  const count = Math.abs(days);
  if (days === 0) return language === 'en' ? 'today' : 'aujourd’hui';
  const words =
    language === 'en' ? `${count} day${count > 1 ? 's' : ''}` : `${count} jour${count > 1 ? 's' : ''}`;
  if (language === 'en') return days < 0 ? `${words} ago` : `in ${words}`;
  return days < 0 ? `il y a ${words}` : `dans ${words}`;
}

function askedText(
  asked: Asked,
  { choices, user }: FilterField,
  place: FilterPlace,
  language: Language,
): string {
  const locale = LOCALES[language];
  switch (asked.kind) {
    case 'text':
      if (user === true && asked.text === ME) return ME_WORDS[language];
      return quoted[language](cut(choices?.find(({ value }) => value === asked.text)?.title ?? asked.text));
    case 'number':
      return formatNumber(asked.number, locale);
    case 'money':
      return amountWithCurrency(asked.amount, asked.currency ?? place.currency, locale);
    case 'boolean':
      return TRUTHS[language][asked.truth ? 1 : 0];
    case 'moment':
      return formatTime(new Date(asked.at).toISOString(), locale, place.timeZone) ?? '';
    case 'today':
      return `${daysWords(asked.days, language)} (${dayText(asked, place, locale)})`;
    default:
      return dayText(asked, place, locale);
  }
}

const dayText = (asked: Asked, place: FilterPlace, locale: string): string =>
  formatTime(askedDay(asked, place) ?? '', locale, place.timeZone) ?? '';

function valueText(
  { value, is }: Condition,
  field: FilterField,
  place: FilterPlace,
  language: Language,
): string {
  const values = is === 'in' && Array.isArray(value) ? value : [value];
  const texts = values.flatMap((one) => {
    const asked = readAsked(one, field.kind);
    return asked === null ? [] : [askedText(asked, field, place, language)];
  });
  return texts.length > MOST_NAMED ? `${texts.slice(0, MOST_NAMED).join(', ')}…` : texts.join(', ');
}

/** A record's value as people read it. */
function wasText(
  was: unknown,
  field: FilterField,
  subject: Subject,
  place: FilterPlace,
  language: Language,
): string {
  if (isBlank(was)) return EMPTY[language];
  const locale = LOCALES[language];
  if (typeof was === 'boolean') return TRUTHS[language][was ? 1 : 0];
  if (typeof was === 'number')
    return field.kind === 'money'
      ? amountWithCurrency(was, subject.currency ?? place.currency, locale)
      : formatNumber(was, locale);
  if (typeof was === 'string' && isTime(field)) return formatTime(was, locale, place.timeZone) ?? was;
  const faces = Array.isArray(was)
    ? was.flatMap((one) => facesOf(one).slice(0, 1))
    : facesOf(was).slice(0, 1);
  const shown = faces.map((face) => field.choices?.find(({ value }) => value === face)?.title ?? face);
  return quoted[language](cut(shown.join(', ')));
}

/** How what was asked is told where it is not so: after the value that was there. */
const NOT_SO: Readonly<Record<Operator, Sentence>> = {
  equals: { en: 'and not', fr: 'et non' },
  not: { en: 'which is left out', fr: 'ce qui est exclu' },
  contains: { en: 'without', fr: 'sans' },
  'at-least': { en: 'less than', fr: 'moins que' },
  'at-most': { en: 'more than', fr: 'plus que' },
  before: { en: 'not before', fr: 'pas avant' },
  after: { en: 'not after', fr: 'pas après' },
  empty: { en: 'and not empty', fr: 'et non vide' },
  filled: { en: 'and has to be filled in', fr: 'et doit être renseigné' },
  in: { en: 'none of', fr: 'aucun de' },
};
const LATER: Partial<Record<Operator, Sentence>> = {
  'at-least': { en: 'earlier than', fr: 'plus tôt que' },
  'at-most': { en: 'later than', fr: 'plus tard que' },
};
const NOT_EARLIER: Partial<Record<Operator, Sentence>> = {
  'at-least': { en: 'not before', fr: 'pas avant' },
  'at-most': { en: 'not after', fr: 'pas après' },
};
const SO: Readonly<Record<Operator, Sentence>> = {
  equals: { en: 'as asked', fr: 'comme demandé' },
  not: { en: 'and not', fr: 'et non' },
  contains: { en: 'with', fr: 'avec' },
  'at-least': { en: 'at least', fr: 'au moins' },
  'at-most': { en: 'at most', fr: 'au plus' },
  before: { en: 'before', fr: 'avant' },
  after: { en: 'after', fr: 'après' },
  empty: { en: 'as asked', fr: 'comme demandé' },
  filled: { en: 'filled in', fr: 'renseigné' },
  in: { en: 'one of', fr: 'parmi' },
};
const FOREIGN: Sentence = { en: 'in another currency than', fr: 'dans une autre devise que' };
const WITHOUT_VALUE: ReadonlySet<Operator> = new Set(['empty', 'filled']);

function findingText(finding: Finding, subject: Subject, place: FilterPlace, language: Language): string {
  const { condition, field, was, holds, obstacle } = finding;
  const { is } = condition;
  const text = wasText(was, field, subject, place, language);
  const value = WITHOUT_VALUE.has(is) ? '' : valueText(condition, field, place, language);
  const isLate = isTime(field);
  const relation = holds
    ? ((isLate ? NOT_EARLIER[is] : undefined) ?? SO[is])
    : obstacle === 'other-currency'
      ? FOREIGN
      : ((isLate ? LATER[is] : undefined) ?? NOT_SO[is]);
  const lead = language === 'en' ? `${field.titles.en} was ${text}` : `${field.titles.fr} était ${text}`;
  if (obstacle === 'empty') {
    const asked = `${operatorWords(is, field)[language]} ${value}`.trim();
    return language === 'en' ? `${lead} (asked: ${asked})` : `${lead} (demandé\u00a0: ${asked})`;
  }
  const isBare = WITHOUT_VALUE.has(is) || (is === 'not' && !holds) || (is === 'equals' && holds);
  return `${lead}, ${isBare ? relation[language] : `${relation[language]} ${value}`}`;
}

/** Why a record fits, or does not, without a full stop: “Amount was €12,500, less than €50,000”. */
export function whyText({ because }: Verdict, subject: Subject, place: FilterPlace): Sentence {
  const told = (language: Language): string => {
    const texts = because.slice(0, MOST_NAMED).map((one) => findingText(one, subject, place, language));
    return because.length > MOST_NAMED
      ? `${texts.join('; ')}…`
      : texts.join(language === 'en' ? '; ' : '\u00a0; ');
  };
  return { en: told('en'), fr: told('fr') };
}

/** The filter itself in words: “Amount is at least €50,000 and Stage is “Closed Won””. */
export function filterText(
  { filter, fields }: Pick<KeptFilter, 'filter' | 'fields'>,
  place: FilterPlace,
): Sentence {
  const known = new Map(fields.map((field) => [field.name, field]));
  const told = (part: Filter, language: Language, inner: boolean): string => {
    if (!isGroup(part)) {
      const field = known.get(part.field);
      const title = field?.titles[language] ?? part.field;
      const value =
        field === undefined || WITHOUT_VALUE.has(part.is)
          ? ''
          : ` ${valueText(part, field, place, language)}`;
      return `${title} ${operatorWords(part.is, field)[language]}${value}`;
    }
    const { every, parts } = partsOfGroup(part);
    const word = language === 'en' ? (every ? ' and ' : ' or ') : every ? ' et ' : ' ou ';
    const text = parts.map((one) => told(one, language, true)).join(word);
    return inner && parts.length > 1 ? `(${text})` : text;
  };
  return { en: told(filter, 'en', false), fr: told(filter, 'fr', false) };
}
