import { type Asked, askedDay, dayAfter, readAsked, startOfDay } from '../../core/filter/asked.ts';
import {
  type Condition,
  conditionsOf,
  type Filter,
  type FilterPlace,
  isGroup,
  type KeptFilter,
  partsOfGroup,
} from '../../core/filter/filter.ts';
import { zohoTime } from './channels.ts';
import { coqlText, MOST_IN } from './coql.ts';
import type { CrmField } from './fields.ts';

/** Zoho takes no more criteria in one query. https://www.zoho.com/crm/developer/docs/api/v8/COQL-Limitations.html */
const MOST_CRITERIA = 25;

/** The filter cannot be said in COQL: our own evaluation decides alone. */
class Unsayable extends Error {}
const unsayable = (why: string): never => {
  throw new Unsayable(why);
};

interface Telling {
  readonly fields: ReadonlyMap<string, CrmField>;
  readonly kinds: ReadonlyMap<string, KeptFilter['fields'][number]>;
  readonly place: FilterPlace;
  criteria: number;
}

/**
 * The filter as the condition of a query in Zoho's SQL, which fits the very records that our own evaluation does.
 * More than two criteria stand in pairs of brackets, as Zoho wants them.
 *
 * @param fields of the module, as the CRM has them now.
 * @returns null where COQL cannot say it: a label, a multi-line text, a name of a person.
 */
export function filterQuery(
  kept: Pick<KeptFilter, 'filter' | 'fields'>,
  fields: readonly CrmField[],
  place: FilterPlace,
): string | null {
  const telling: Telling = {
    fields: new Map(fields.map((field) => [field.apiName, field])),
    kinds: new Map(kept.fields.map((field) => [field.name, field])),
    place,
    criteria: 0,
  };
  try {
    const text = told(kept.filter, telling);
    return telling.criteria > MOST_CRITERIA ? null : text;
  } catch (thrown) {
    if (thrown instanceof Unsayable) return null;
    throw thrown;
  }
}

/** What has to be read of a record to judge it. */
export const namesIn = ({ filter }: Pick<KeptFilter, 'filter'>): string[] => [
  ...new Set(conditionsOf(filter).map(({ field }) => field)),
];

const joined = (texts: readonly string[], word: 'and' | 'or'): string =>
  texts.reduce((left, right) => `(${left} ${word} ${right})`);

function told(filter: Filter, telling: Telling): string {
  if (!isGroup(filter)) return condition(filter, telling);
  const { every, parts } = partsOfGroup(filter);
  return joined(
    parts.map((part) => told(part, telling)),
    every ? 'and' : 'or',
  );
}

function condition({ field, is, value }: Condition, telling: Telling): string {
  const known = telling.kinds.get(field) ?? unsayable(field);
  const own = telling.fields.get(field) ?? unsayable(field);
  // Boolean fields take “=” alone, multi-line texts nothing; of fields with several values nothing is documented.
  if (own.type === 'textarea' || known.kind === 'choices' || known.kind === 'label') unsayable(own.type);
  const say = (text: string): string => {
    telling.criteria += 1;
    return text;
  };
  const orBlank = (text: string): string => `(${text} or ${say(`${field} is null`)})`;
  if (is === 'empty' || is === 'filled') {
    if (known.kind === 'boolean') unsayable('boolean');
    return say(`${field} is ${is === 'filled' ? 'not ' : ''}null`);
  }
  const values = (is === 'in' && Array.isArray(value) ? value : [value]).map(
    (one) => readAsked(one, known.kind) ?? unsayable('value'),
  );
  if (values.length > MOST_IN) unsayable('list');
  const equal = (one: Asked): string => equals(field, own, one, telling, say);
  if (is === 'equals' || is === 'in') return joined(values.map(equal), 'or');
  const [asked = unsayable('value')] = values;
  if (is === 'not') return differs(field, own, asked, telling, say, orBlank);
  if (is === 'contains') {
    if (asked.kind !== 'text' || /[%_\\]/.test(asked.text)) return unsayable('pattern');
    return say(`${field} like ${coqlText(`%${asked.text}%`)}`);
  }
  if (asked.kind === 'number') return say(`${field} ${is === 'at-least' ? '>=' : '<='} ${asked.number}`);
  if (asked.kind === 'money')
    return ofCurrency(
      say(`${field} ${is === 'at-least' ? '>=' : '<='} ${asked.amount}`),
      asked,
      telling,
      say,
    );
  const { from, to } = spanOf(asked, known.kind === 'date', telling);
  const bound = is === 'at-least' || is === 'before' ? from : to;
  const sign = is === 'at-least' || is === 'after' ? '>=' : '<';
  return say(`${field} ${sign} ${bound}`);
}

/** Everything from here, and before there: a day, or the very moment. */
function spanOf(asked: Asked, isDate: boolean, { place }: Telling): { from: string; to: string } {
  if (asked.kind === 'moment') {
    // To the second, as Zoho stamps.
    return { from: coqlText(zohoTime(asked.at)), to: coqlText(zohoTime(asked.at + 1_000)) };
  }
  const day = askedDay(asked, place) ?? unsayable('day');
  const bound = (one: string): string => coqlText(isDate ? one : zohoTime(startOfDay(one, place.timeZone)));
  return { from: bound(day), to: bound(dayAfter(day)) };
}

type Say = (text: string) => string;

function equals(field: string, own: CrmField, asked: Asked, telling: Telling, say: Say): string {
  switch (asked.kind) {
    case 'text':
      return say(`${personColumn(field, own, asked.text)} = ${coqlText(asked.text)}`);
    case 'number':
      return say(`${field} = ${asked.number}`);
    case 'money':
      return ofCurrency(say(`${field} = ${asked.amount}`), asked, telling, say);
    case 'boolean':
      return say(`${field} = '${asked.truth}'`);
    default: {
      const { from, to } = spanOf(asked, own.type === 'date', telling);
      return `(${say(`${field} >= ${from}`)} and ${say(`${field} < ${to}`)})`;
    }
  }
}

function differs(
  field: string,
  own: CrmField,
  asked: Asked,
  telling: Telling,
  say: Say,
  orBlank: (text: string) => string,
): string {
  switch (asked.kind) {
    case 'text':
      return orBlank(say(`${personColumn(field, own, asked.text)} != ${coqlText(asked.text)}`));
    case 'number':
      return orBlank(say(`${field} != ${asked.number}`));
    case 'money': {
      const other = orBlank(say(`${field} != ${asked.amount}`));
      const currency = asked.currency ?? telling.place.currency;
      if (telling.fields.has('Currency')) return `(${other} or ${say(`Currency != ${coqlText(currency)}`)})`;
      return currency === telling.place.currency ? other : unsayable('currency');
    }
    case 'boolean':
      return say(`${field} = '${!asked.truth}'`);
    default: {
      const { from, to } = spanOf(asked, own.type === 'date', telling);
      return orBlank(`(${say(`${field} < ${from}`)} or ${say(`${field} >= ${to}`)})`);
    }
  }
}

/** Whoever is pointed at is found by id, an owner by address too; a name is not what is stored there. */
function personColumn(field: string, { type }: CrmField, asked: string): string {
  if (!type.endsWith('lookup')) return field;
  if (/^\d{15,}$/.test(asked)) return field;
  return type === 'ownerlookup' && asked.includes('@') ? `${field}.email` : unsayable('person');
}

/** An organisation with one currency has no field for it. */
function ofCurrency(
  text: string,
  { currency }: Asked & { kind: 'money' },
  { fields, place }: Telling,
  say: Say,
): string {
  const wanted = currency ?? place.currency;
  if (fields.has('Currency')) return `(${text} and ${say(`Currency = ${coqlText(wanted)}`)})`;
  return wanted === place.currency ? text : unsayable('currency');
}
