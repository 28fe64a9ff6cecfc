import type { NotionClient } from '../../connectors/notion/client.ts';
import type { DataSource, NotionProperty } from '../../connectors/notion/data-sources.ts';
import { type GivenValue, propertyValue } from '../../connectors/notion/property-values.ts';
import { pieces } from '../../connectors/notion/rich-text.ts';
import type { CrmRecord } from '../../connectors/zoho-crm/records.ts';
import type { Writing } from '../../core/format.ts';
import type { Sentence } from '../../core/sentence.ts';
import { emailIn, type FieldTypes, givenFrom, lookedUp } from './crm-values.ts';
import type { MappedProperty } from './settings.ts';

/** What a page is filled from. */
export interface Filling {
  readonly record: CrmRecord;
  /** What people know the record by: the title where nothing else is. */
  readonly name: string;
  readonly address: string;
  readonly types: FieldTypes;
  readonly mapped: readonly MappedProperty[];
  /** The property that holds the record's id, by its name. */
  readonly idProperty: string;
  readonly writing: Writing;
  /** Ids of people and pages that were found not long ago, by what they were sought for: see `soughtFor`. */
  readonly ids: Readonly<Record<string, string>>;
}

export interface Filled {
  /** By the names that properties have now. */
  readonly properties: Readonly<Record<string, object>>;
  /** What could not be written, and why. */
  readonly left: readonly Sentence[];
  /** Ids that had to be looked for now, in the same form. */
  readonly found: Readonly<Record<string, string>>;
}

/** A property of the mapping as it is called now: by its id, and where none was known by its name. */
export const propertyOf = (
  properties: readonly NotionProperty[],
  { id, header }: Pick<MappedProperty, 'id' | 'header'>,
): NotionProperty | undefined =>
  (id === undefined ? undefined : properties.find((one) => one.id === id)) ??
  properties.find(({ name }) => name === header);

/** The values of a page's properties. Asks Notion for people and pages where a property wants some. */
export async function fillPage(
  notion: Pick<NotionClient, 'people' | 'pagesWith' | 'findDataSource'>,
  { properties }: Pick<DataSource, 'properties'>,
  filling: Filling,
): Promise<Filled> {
  const { record, name, mapped, idProperty, ids: known } = filling;
  const values: Record<string, object> = {};
  const left: Sentence[] = [];
  const found: Record<string, string> = {};
  for (const one of mapped) {
    const property = propertyOf(properties, one);
    if (property === undefined) {
      left.push(isGone(one.header));
      continue;
    }
    const given = givenFrom(record, one.field, filling);
    const sought = soughtFor(property, given);
    const held = sought === null ? undefined : (known[sought] ?? found[sought]);
    const ids = held === undefined ? await idsFor(notion, property, given, idProperty) : [held];
    const [only] = ids ?? [];
    if (sought !== null && held === undefined && only !== undefined) found[sought] = only;
    const { set, left: why } = propertyValue(property, { ...given, ...(ids === null ? {} : { ids }) });
    if (set !== undefined) values[property.name] = set;
    if (why !== undefined) left.push(why);
  }
  const title = properties.find(({ type }) => type === 'title');
  // A page without a title is one that nobody finds.
  if (title !== undefined && isEmptyTitle(values[title.name])) values[title.name] = { title: pieces(name) };
  // Last, whatever is mapped to it: by it the page is found again.
  values[idProperty] = { rich_text: pieces(record.id) };
  return { properties: values, left, found };
}

/** Who or what is looked for at Notion to fill a property; null: nobody and nothing. */
export function soughtFor({ type, relatesTo }: NotionProperty, { value, text }: GivenValue): string | null {
  if (type === 'people') return emailIn(value);
  if (type !== 'relation' || relatesTo === null) return null;
  const what = lookedUp(value)?.id ?? text;
  return what === null ? null : `${relatesTo} ${what}`;
}

const isEmptyTitle = (value: object | undefined): boolean =>
  value === undefined ||
  !('title' in value) ||
  (value.title as ReturnType<typeof pieces>).every(({ text }) => text.content.trim() === '');

/** Null: the property wants none. */
async function idsFor(
  notion: Pick<NotionClient, 'people' | 'pagesWith' | 'findDataSource'>,
  { type, relatesTo }: NotionProperty,
  { value, text }: GivenValue,
  idProperty: string,
): Promise<readonly string[] | null> {
  if (type === 'people') {
    const email = emailIn(value);
    if (email === null) return [];
    const people = await notion.people();
    return people.filter((one) => one.email.toLowerCase() === email).map(({ id }) => id);
  }
  if (type !== 'relation') return null;
  if (relatesTo === null || text === null) return [];
  return related(notion, relatesTo, value, text, idProperty);
}

/** The page that stands for what a lookup leads to: by its id where pages there have one, else the only one of its name. */
async function related(
  notion: Pick<NotionClient, 'pagesWith' | 'findDataSource'>,
  source: string,
  value: unknown,
  text: string,
  idProperty: string,
): Promise<readonly string[]> {
  const properties = (await notion.findDataSource(source))?.properties ?? [];
  const looked = lookedUp(value);
  if (looked !== null && properties.some(({ name, type }) => name === idProperty && type === 'rich_text')) {
    const [own] = await notion.pagesWith(source, { property: idProperty, type: 'rich_text' }, looked.id);
    if (own !== undefined) return [own.id];
  }
  const title = properties.find(({ type }) => type === 'title');
  if (title === undefined || text.trim() === '') return [];
  const named = await notion.pagesWith(source, { property: title.name, type: 'title' }, text);
  const [first, ...others] = named;
  return first === undefined || others.length > 0 ? [] : [first.id];
}

const isGone = (name: string): Sentence => ({
  en: `The property “${name}” is no longer there. Choose another one in the integration’s settings.`,
  fr: `La propriété «\u00a0${name}\u00a0» n’existe plus. Choisissez-en une autre dans les réglages de l’intégration.`,
});
