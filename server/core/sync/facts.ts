import type { FieldKind as ConditionKind, FilterField } from '../filter/filter.ts';
import type { FieldKind, FieldValue, FieldValues, SyncField } from '../sync-object.ts';

/** What conditions make of the fields of a mapping; what is not here cannot be compared. */
const KINDS: Readonly<Partial<Record<FieldKind, ConditionKind>>> = {
  text: 'text',
  'long-text': 'text',
  email: 'text',
  phone: 'text',
  name: 'text',
  company: 'text',
  code: 'text',
  number: 'number',
  stock: 'number',
  boolean: 'boolean',
  date: 'date',
  consent: 'consent',
  choice: 'choice',
  labels: 'label',
};

/** The fields that conditions can be built from, of an object that has none of its own for it: those of a mapping. */
export const filterFieldsFrom = (
  fields: readonly Pick<SyncField, 'id' | 'titles' | 'kind'>[],
): FilterField[] =>
  fields.flatMap(({ id, titles, kind }) => {
    const own = KINDS[kind];
    return own === undefined ? [] : [{ name: id, kind: own, titles }];
  });

/** A value of a mapping as conditions read it: a name is a text, somebody who said nothing has not opted out. */
export function factOf(kind: FieldKind, value: FieldValue | undefined): unknown {
  if (kind === 'consent') return value === true;
  if (kind === 'name' || kind === 'company') return textOf(value);
  return value ?? null;
}

function textOf(value: FieldValue | undefined): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value ?? null;
  const { given, family, name } = value as Readonly<Record<string, FieldValue>>;
  const whole = name ?? [given, family].filter((part) => typeof part === 'string' && part !== '').join(' ');
  return whole === '' ? null : whole;
}

/** What a record's values say to a filter. @param kinds by field. */
export const factsFrom = (
  values: FieldValues,
  fields: readonly string[],
  kinds: ReadonlyMap<string, Pick<SyncField, 'kind'>>,
): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const kind = kinds.get(field)?.kind;
      return kind === undefined ? [] : [[field, factOf(kind, values[field])]];
    }),
  );
