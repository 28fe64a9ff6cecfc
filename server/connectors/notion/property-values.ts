import type { Sentence } from '../../core/sentence.ts';
import { isBlank } from '../../core/setting-words.ts';
import type { NotionProperty } from './data-sources.ts';
import { MOST_PIECES, PIECE, pieces } from './rich-text.ts';
import { isSameName } from './same-name.ts';

/** What goes into a property. */
export interface GivenValue {
  /** As the other application has it: null where it is blank. */
  readonly value: unknown;
  /** The same as people read it; null where it is blank. */
  readonly text: string | null;
  /** A number that is so many hundredths. */
  readonly isPercent: boolean;
  /** For people and relations: ids that were found for it at Notion. */
  readonly ids?: readonly string[];
}

/** The value in Notion's form, or why it cannot stand there; of several choices those that can are kept. */
export interface PropertyVerdict {
  readonly set?: object;
  readonly left?: Sentence;
}

/** Properties that the API writes, each with what it is called. */
export const WRITABLE: Readonly<Record<string, Sentence>> = {
  title: { en: 'title', fr: 'titre' },
  rich_text: { en: 'text', fr: 'texte' },
  number: { en: 'number', fr: 'nombre' },
  select: { en: 'select', fr: 'sélection' },
  multi_select: { en: 'multi-select', fr: 'sélection multiple' },
  status: { en: 'status', fr: 'statut' },
  date: { en: 'date', fr: 'date' },
  people: { en: 'person', fr: 'personne' },
  relation: { en: 'relation', fr: 'relation' },
  url: { en: 'URL', fr: 'URL' },
  email: { en: 'e-mail', fr: 'e-mail' },
  phone_number: { en: 'phone', fr: 'téléphone' },
  checkbox: { en: 'checkbox', fr: 'case à cocher' },
  files: { en: 'files', fr: 'fichiers' },
};

/** https://developers.notion.com/reference/request-limits : characters of what is no text in pieces; things in a list. */
const LONGEST: Readonly<Record<string, number>> = { url: 2_000, email: 200, phone_number: 200 };
const LONGEST_OPTION = 100;
const LONGEST_NAME = 100;
const MOST_ITEMS = 100;

/** The value of a property, by the rules of its type: https://developers.notion.com/reference/page-property-values . */
export function propertyValue(property: NotionProperty, given: GivenValue): PropertyVerdict {
  const make = MAKERS[property.type];
  return make === undefined ? { left: notWritable(property) } : make(property, given);
}

type Maker = (property: NotionProperty, given: GivenValue) => PropertyVerdict;

const MAKERS: Readonly<Record<string, Maker>> = {
  title: (property, { text }) => ofText(property, text, 'title'),
  rich_text: (property, { text }) => ofText(property, text, 'rich_text'),
  number: (property, given) => ofNumber(property, given),
  select(property, { text }) {
    if (text === null || text.trim() === '') return { set: { select: null } };
    const why = refusedOption(property, text);
    return why === null ? { set: { select: { name: spelled(property, text) } } } : { left: why };
  },
  multi_select: (property, given) => ofSeveral(property, given),
  status(property, { text }) {
    if (text === null || text.trim() === '') return { set: { status: null } };
    const name = property.options.find((one) => isSameName(one, text));
    return name === undefined ? { left: noStatus(property, text) } : { set: { status: { name } } };
  },
  date(property, { value }) {
    if (isBlank(value)) return { set: { date: null } };
    const start = typeof value === 'string' ? value : '';
    const isDate =
      /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(start) &&
      !Number.isNaN(Date.parse(start));
    return isDate ? { set: { date: { start } } } : { left: unlike(property, shown(value), DATE) };
  },
  people: (property, given) => ofIds(property, given, 'people', nobody),
  relation: (property, given) => ofIds(property, given, 'relation', noPage),
  url: (property, { text }) => short(property, text),
  email: (property, { text }) => short(property, text),
  phone_number: (property, { text }) => short(property, text),
  checkbox(property, { value }) {
    if (isBlank(value)) return { set: { checkbox: false } };
    return typeof value === 'boolean'
      ? { set: { checkbox: value } }
      : { left: unlike(property, shown(value), YES_OR_NO) };
  },
  files(property, { value, text }) {
    if (isBlank(value)) return { set: { files: [] } };
    const addresses = (text ?? '').split(/[\s,;]+/).filter((one) => one !== '');
    const files = addresses.filter(
      (one) => /^https?:\/\//i.test(one) && URL.canParse(one) && one.length <= 2_000,
    );
    if (files.length === 0 || files.length > MOST_ITEMS || files.length < addresses.length)
      return { left: unlike(property, shown(value), ADDRESSES) };
    return {
      set: { files: files.map((url) => ({ type: 'external', name: fileName(url), external: { url } })) },
    };
  },
};

/** An option that is there under another spelling is that one: Notion has none twice. */
const spelled = ({ options }: NotionProperty, text: string): string =>
  options.find((one) => one === text.trim()) ?? options.find((one) => isSameName(one, text)) ?? text.trim();

function ofText(property: NotionProperty, text: string | null, type: 'title' | 'rich_text'): PropertyVerdict {
  const all = pieces(text ?? '');
  return all.length > MOST_PIECES
    ? { left: tooLong(property, MOST_PIECES * PIECE) }
    : { set: { [type]: all } };
}

function ofNumber(property: NotionProperty, { value, isPercent }: GivenValue): PropertyVerdict {
  if (isBlank(value)) return { set: { number: null } };
  const plain = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof plain !== 'number' || !Number.isFinite(plain))
    return { left: unlike(property, shown(value), NUMBER) };
  // A text of more digits than a number holds would come out as another one.
  if (typeof value === 'string' && !Number.isSafeInteger(plain) && !value.includes('.'))
    return { left: unlike(property, value, NUMBER) };
  return { set: { number: isPercent && property.isPercent ? plain / 100 : plain } };
}

function ofSeveral(property: NotionProperty, { value, text }: GivenValue): PropertyVerdict {
  const named = Array.isArray(value) ? value.map(nameOf) : [text ?? ''];
  const names = named.map((one) => one.trim()).filter((one) => one !== '');
  const refused = names.flatMap((name) => refusedOption(property, name) ?? []);
  const kept = names
    .filter((name) => refusedOption(property, name) === null)
    .map((name) => spelled(property, name));
  const unlikeEachOther = kept.filter((name, at) => kept.findIndex((one) => isSameName(one, name)) === at);
  const [first] = refused;
  return {
    // Where nothing is left of what was chosen, what stands there is better than nothing.
    ...(unlikeEachOther.length > 0 || first === undefined
      ? { set: { multi_select: unlikeEachOther.slice(0, MOST_ITEMS).map((name) => ({ name })) } }
      : {}),
    ...(first === undefined ? {} : { left: first }),
  };
}

function ofIds(
  property: NotionProperty,
  { value, text, ids = [] }: GivenValue,
  type: 'people' | 'relation',
  why: (property: NotionProperty, text: string) => Sentence,
): PropertyVerdict {
  if (isBlank(value)) return { set: { [type]: [] } };
  return ids.length === 0
    ? { left: why(property, text ?? shown(value)) }
    : { set: { [type]: ids.slice(0, MOST_ITEMS).map((id) => ({ id })) } };
}

function short(property: NotionProperty, text: string | null): PropertyVerdict {
  const { type } = property;
  if (text === null || text.trim() === '') return { set: { [type]: null } };
  const limit = LONGEST[type] ?? PIECE;
  return text.length > limit ? { left: tooLong(property, limit) } : { set: { [type]: text.trim() } };
}

/** What a choice of the CRM's is called. */
function nameOf(one: unknown): string {
  if (typeof one === 'object' && one !== null && 'name' in one) return String(one.name);
  return String(one ?? '');
}

function fileName(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  return (last === '' ? new URL(url).hostname : last).slice(0, LONGEST_NAME);
}

const shown = (value: unknown): string => {
  const text = typeof value === 'object' ? nameOf(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 79).toWellFormed()}…` : text;
};

function refusedOption(property: NotionProperty, name: string): Sentence | null {
  if (name.includes(','))
    return {
      en: `“${property.name}” was left as it is: Notion allows no comma in an option, and “${shown(name)}” has one.`,
      fr: `«\u00a0${property.name}\u00a0» est resté tel quel\u00a0: Notion n’admet pas de virgule dans une option, et «\u00a0${shown(name)}\u00a0» en a une.`,
    };
  return name.trim().length > LONGEST_OPTION ? tooLong(property, LONGEST_OPTION) : null;
}

const tooLong = ({ name }: NotionProperty, limit: number): Sentence => ({
  en: `“${name}” was left as it is: Notion takes no more than ${limit.toLocaleString('en')} characters there.`,
  fr: `«\u00a0${name}\u00a0» est resté tel quel\u00a0: Notion n’y admet pas plus de ${limit.toLocaleString('fr')} caractères.`,
});
const noStatus = ({ name }: NotionProperty, text: string): Sentence => ({
  en: `“${name}” was left as it is: it has no status “${shown(text)}”, and Notion lets none be added from outside. Add it there.`,
  fr: `«\u00a0${name}\u00a0» est resté tel quel\u00a0: il n’a pas de statut «\u00a0${shown(text)}\u00a0», et Notion n’en laisse pas ajouter de l’extérieur. Ajoutez-le là-bas.`,
});
const nobody = ({ name }: NotionProperty, text: string): Sentence => ({
  en: `“${name}” was left as it is: nobody in the Notion workspace has the e-mail address of “${shown(text)}”.`,
  fr: `«\u00a0${name}\u00a0» est resté tel quel\u00a0: personne dans l’espace Notion n’a l’adresse e-mail de «\u00a0${shown(text)}\u00a0».`,
});
const noPage = ({ name }: NotionProperty, text: string): Sentence => ({
  en: `“${name}” was left as it is: no single page there is called “${shown(text)}”.`,
  fr: `«\u00a0${name}\u00a0» est resté tel quel\u00a0: aucune page n’y porte seule le nom «\u00a0${shown(text)}\u00a0».`,
});
const NUMBER: Sentence = { en: 'a number', fr: 'un nombre' };
const DATE: Sentence = { en: 'a date', fr: 'une date' };
const YES_OR_NO: Sentence = { en: 'yes or no', fr: 'oui ou non' };
const ADDRESSES: Sentence = {
  en: 'addresses of files on the web',
  fr: 'des adresses de fichiers sur le web',
};
const unlike = ({ name }: NotionProperty, text: string, wanted: Sentence): Sentence => ({
  en: `“${name}” was left as it is: it takes ${wanted.en}, and “${text}” is none.`,
  fr: `«\u00a0${name}\u00a0» est resté tel quel\u00a0: il attend ${wanted.fr}, et «\u00a0${text}\u00a0» n’en est pas.`,
});
const notWritable = ({ name }: NotionProperty): Sentence => ({
  en: `“${name}” was left as it is: Notion fills it by itself now.`,
  fr: `«\u00a0${name}\u00a0» est resté tel quel\u00a0: Notion le remplit désormais lui-même.`,
});
