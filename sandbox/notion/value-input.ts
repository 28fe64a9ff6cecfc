import { users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { isMembers } from '../kit/json-body.ts';
import { invalid, invalidBody, notFound } from './refusal.ts';
import { MOST_ITEMS, shown, textsIn } from './rich-text-input.ts';
import {
  BOT_ID,
  notionTables,
  type OptionRow,
  type PropertyRow,
  type PropertyType,
  readId,
  type SourceRow,
  type StoredValue,
  userIdOf,
} from './rows.ts';

const LONGEST_OPTION = 100;
const LONGEST: Readonly<Record<string, number>> = { url: 2_000, email: 200, phone_number: 200 };

export interface Taken {
  readonly values: Readonly<Record<string, StoredValue>>;
  /** The data source's properties, with options that came to be by being written. */
  readonly properties: readonly PropertyRow[];
}

/** The values that a request sets, by property; refuses what Notion refuses. https://developers.notion.com/reference/page-property-values */
export function valuesIn(desk: VendorDesk, source: SourceRow, given: unknown): Taken {
  if (!isMembers(given)) throw invalidBody('body.properties', 'should be an object');
  const values: Record<string, StoredValue> = {};
  let properties = source.properties;
  for (const [key, wanted] of Object.entries(given)) {
    const property = properties.find(({ id, name }) => name === key || id === key || decoded(id) === key);
    if (property === undefined) throw invalid(`${key} is not a property that exists.`);
    if (!isMembers(wanted))
      throw invalidBody(`body.properties.${key}`, `should be an object, instead was \`${shown(wanted)}\``);
    const { type, id: _id, ...members } = wanted;
    const names = Object.keys(members);
    if (type !== undefined && type !== property.type)
      throw invalid(`${key} is expected to be ${property.type}.`);
    if (!names.includes(property.type) || names.length > 1)
      throw invalid(`${key} is expected to be ${property.type}.`);
    const { value, options } = read(desk, property, `body.properties.${key}`, members[property.type]);
    values[property.id] = value;
    if (options !== undefined)
      properties = properties.map((one) => (one.id === property.id ? { ...one, options } : one));
  }
  return { values, properties };
}

const decoded = (id: string): string => decodeURIComponent(id);

type Read = { readonly value: StoredValue; readonly options?: readonly OptionRow[] };
type Reader = (desk: VendorDesk, property: PropertyRow, place: string, given: unknown) => Read;

const read: Reader = (desk, property, place, given) =>
  READERS[property.type](desk, property, `${place}.${property.type}`, given);

const text: Reader = (_desk, _property, place, given) => ({ value: textsIn(place, given) });
const short: Reader = (_desk, { type }, place, given) => {
  if (given === null) return { value: null };
  const limit = LONGEST[type] ?? 0;
  if (typeof given !== 'string')
    throw invalidBody(place, `should be a string or null, instead was \`${shown(given)}\``);
  // Notion has no empty one: it wants null instead.
  if (given === '') throw invalidBody(`${place}.length`, 'should be ≥ `1`, instead was `0`');
  if (given.length > limit)
    throw invalidBody(`${place}.length`, `should be ≤ \`${limit}\`, instead was \`${given.length}\``);
  return { value: given };
};

const READERS: Readonly<Record<PropertyType, Reader>> = {
  title: text,
  rich_text: text,
  url: short,
  email: short,
  phone_number: short,
  number(_desk, _property, place, given) {
    if (given !== null && typeof given !== 'number')
      throw invalidBody(place, `should be a number or null, instead was \`${shown(given)}\``);
    return { value: given };
  },
  checkbox(_desk, _property, place, given) {
    if (typeof given !== 'boolean')
      throw invalidBody(place, `should be a boolean, instead was \`${shown(given)}\``);
    return { value: given };
  },
  date(_desk, _property, place, given) {
    if (given === null) return { value: null };
    const { start, end = null, time_zone = null } = isMembers(given) ? given : {};
    for (const one of [start, ...(end === null ? [] : [end])])
      if (typeof one !== 'string' || !ISO.test(one) || Number.isNaN(Date.parse(one)))
        throw invalidBody(
          `${place}.start`,
          `should be a valid ISO 8601 date string, instead was \`${shown(one)}\``,
        );
    return {
      value: {
        start: String(start),
        end: end === null ? null : String(end),
        time_zone: time_zone === null ? null : String(time_zone),
      },
    };
  },
  select(desk, property, place, given) {
    if (given === null) return { value: null };
    const { id, options } = optionOf(desk, property, place, given, property.options ?? []);
    return { value: id, options };
  },
  multi_select(desk, property, place, given) {
    let options = property.options ?? [];
    const ids = listIn(place, given).map((one, at) => {
      const found = optionOf(desk, property, `${place}[${at}]`, one, options);
      options = found.options;
      return found.id;
    });
    return { value: [...new Set(ids)], options };
  },
  status(_desk, property, place, given) {
    if (given === null) return { value: property.options?.[0]?.id ?? null };
    const { id, name } = isMembers(given) ? given : {};
    const found = property.options?.find((one) => one.id === id || one.name === name);
    if (found === undefined)
      throw invalid(
        `Invalid status option. Status option "${shown(name ?? id).replaceAll('"', '')}" does not exist".`,
      );
    if (name !== undefined && typeof name !== 'string')
      throw invalidBody(`${place}.name`, 'should be a string');
    return { value: found.id };
  },
  people(_desk, _property, place, given) {
    const known = new Set([BOT_ID, ...users.map(({ key }) => userIdOf(key))]);
    const ids = listIn(place, given).map((one) => {
      const id = readId(String(isMembers(one) ? one.id : ''));
      if (id === null) throw invalidBody(`${place}[0].id`, 'should be a valid uuid');
      if (!known.has(id)) throw notFound('user', id);
      return id;
    });
    return { value: [...new Set(ids)] };
  },
  relation(desk, { relatesTo }, place, given) {
    const ids = listIn(place, given).map((one, at) => {
      const id = readId(String(isMembers(one) ? one.id : ''));
      if (id === null) throw invalidBody(`${place}[${at}].id`, 'should be a valid uuid');
      const page = notionTables(desk).pages.get(id);
      if (page === undefined) throw notFound('page', id);
      if (page.sourceId !== relatesTo) throw invalid(`Page with ID ${id} is not in the related data source.`);
      return id;
    });
    return { value: [...new Set(ids)] };
  },
  files(_desk, _property, place, given) {
    const files = listIn(place, given).map((one, at) => {
      const { name, external } = isMembers(one) ? one : {};
      const url = isMembers(external) ? external.url : undefined;
      if (typeof name !== 'string' || name.length > 100)
        throw invalidBody(`${place}[${at}].name`, 'should be a string of at most 100 characters');
      if (typeof url !== 'string' || !URL.canParse(url) || url.length > 2_000)
        throw invalidBody(`${place}[${at}].external.url`, 'should be a valid URL');
      return { name, url };
    });
    return { value: files };
  },
  created_time(_desk, { name }) {
    throw invalid(`${name} is a read-only property and cannot be set.`);
  },
};

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

function listIn(place: string, given: unknown): readonly unknown[] {
  if (!Array.isArray(given)) throw invalidBody(place, `should be an array, instead was \`${shown(given)}\``);
  if (given.length > MOST_ITEMS)
    throw invalidBody(`${place}.length`, `should be ≤ \`${MOST_ITEMS}\`, instead was \`${given.length}\``);
  return given;
}

/** An option by id or name; one of a new name comes to be. A comma divides options, so that no name has one. */
function optionOf(
  desk: VendorDesk,
  _property: PropertyRow,
  place: string,
  given: unknown,
  options: readonly OptionRow[],
): { readonly id: string; readonly options: readonly OptionRow[] } {
  const { id, name } = isMembers(given) ? given : {};
  const known = options.find((one) => one.id === id || one.name === name);
  if (known !== undefined) return { id: known.id, options };
  if (typeof name !== 'string' || name === '')
    throw invalidBody(`${place}.name`, 'should be defined, instead was `undefined`');
  if (name.includes(',')) throw invalid(`Invalid select option, commas not allowed: ${name}`);
  if (name.length > LONGEST_OPTION)
    throw invalidBody(
      `${place}.name.length`,
      `should be ≤ \`${LONGEST_OPTION}\`, instead was \`${name.length}\``,
    );
  const made = { id: desk.id('', 8), name };
  return { id: made.id, options: [...options, made] };
}
