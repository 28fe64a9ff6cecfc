import type { Sentence } from './sentence.ts';

/** One thing that is set, and how: a row of a flow's documentation. */
export interface SetValue {
  readonly titles: Sentence;
  readonly value: Sentence;
  /** Set where the value is an id that only the vendor can name: a choice of this option. */
  readonly choice?: { readonly side: 'left' | 'right'; readonly option: string; readonly id: string };
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSentence = (value: unknown): value is Sentence =>
  isObject(value) && typeof value.en === 'string' && typeof value.fr === 'string';

const NOTHING: Sentence = { en: 'nothing', fr: 'rien' };
const YES: Sentence = { en: 'yes', fr: 'oui' };
const NO: Sentence = { en: 'no', fr: 'non' };

export const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** What people call a field that a connector names as its vendor does; null where that is not known. */
export type FieldNames = (connector: string, field: string) => Sentence | null;

/** A value as both languages write it. */
export function valueWords(
  value: unknown,
  fieldName: (field: string) => Sentence | null = () => null,
): Sentence {
  if (isBlank(value)) return NOTHING;
  if (typeof value === 'boolean') return value ? YES : NO;
  if (typeof value !== 'object' || value === null) return { en: String(value), fr: String(value) };
  const text = (language: keyof Sentence): string =>
    listText(value, (field) => fieldName(field)?.[language] ?? field) ?? JSON.stringify(value);
  return { en: text('en'), fr: text('fr') };
}

/** A list a line each: of records (`{header, field}`) their values, in order. Null: it is no such list. */
function listText(value: object, fieldName: (field: string) => string): string | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  // Ids stand beside a name, and say nothing to people.
  const plain = (one: unknown): one is string | number => typeof one === 'string' || typeof one === 'number';
  const named = ([key, one]: [string, unknown]): unknown =>
    key === 'field' && typeof one === 'string' ? fieldName(one) : one;
  const lines = value.map((one: unknown) =>
    isObject(one)
      ? Object.entries(one)
          .filter(([key]) => key !== 'id')
          .map(named)
      : [one],
  );
  return lines.flat().every(plain) ? lines.map((line) => line.join(' = ')).join('\n') : null;
}

/** One of the choices that a schema has words for. */
function choiceWords(choices: unknown, value: unknown): Sentence | undefined {
  const words = isObject(choices) && typeof value === 'string' ? choices[value] : undefined;
  return isSentence(words) ? words : undefined;
}

/**
 * What is set, in the order of the form.
 *
 * @param schema JSON Schema of the settings; `titles` ({en, fr}) of a property are its words, `empty` what it
 * means that nothing is set, `fieldsOf` the connector whose fields are named in a list of `{header, field}`, `ownFields`
 * words for what stands there and is no field of it.
 */
export function settingWords(schema: Json, values: Json, fieldNames: FieldNames = () => null): SetValue[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([name, property]) => {
    const {
      titles,
      empty,
      default: fallback,
      choices,
      fieldsOf,
      ownFields,
    } = isObject(property) ? property : {};
    const value = values[name] ?? fallback;
    const fieldName = (field: string) =>
      choiceWords(ownFields, field) ?? (typeof fieldsOf === 'string' ? fieldNames(fieldsOf, field) : null);
    return {
      titles: isSentence(titles) ? titles : { en: name, fr: name },
      value:
        isSentence(empty) && (isBlank(value) || (Array.isArray(value) && value.length === 0))
          ? empty
          : (choiceWords(choices, value) ?? valueWords(value, fieldName)),
    };
  });
}
