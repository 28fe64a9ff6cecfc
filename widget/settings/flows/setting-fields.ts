import type { Language } from '../../../server/core/sentence.ts';

/** One field of a settings form, read out of a flow's JSON Schema. */
/** Settings that are a table of two columns, by what it is a table of. */
const TABLES = ['columns', 'types', 'properties'] as const;
export type TableKind = (typeof TABLES)[number];

export interface SettingField {
  readonly name: string;
  readonly title: string;
  readonly hint: string | null;
  /** What holds where nothing is set. */
  readonly empty: string | null;
  readonly required: boolean;
  /** It says which records take part: asked for before the others, beside the filter. */
  readonly ofRecords: boolean;
  /** Asked for when the flow is turned on. */
  readonly atStart: boolean;
  readonly kind:
    | { readonly type: 'text'; readonly long: boolean; readonly maxLength: number | undefined }
    | {
        readonly type: 'number';
        readonly step: number | 'any';
        readonly min: number | undefined;
        readonly max: number | undefined;
      }
    | { readonly type: 'boolean' }
    | {
        readonly type: 'choice';
        readonly choices: readonly string[];
        /** In words, where the schema has them. */
        readonly titles: Readonly<Record<string, string>>;
      }
    /**
     * Which column of a table fills which field, or which property of a page takes which one; `source`: what a column is
     * called here, where it is none of a sheet.
     */
    | {
        readonly type: 'columns';
        readonly of: TableKind;
        readonly source: string | null;
      }
    /** A shape this form cannot edit: shown, and kept as it is. */
    | { readonly type: 'other' };
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const asNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Longer texts than this get several lines, and so does what the schema calls `multiline`. */
const LONG = 200;

/**
 * The fields, in the order of the schema. `titles` and `hints` ({en, fr}) are the words; where a schema
 * has none, its own `title` and `description`.
 */
export function settingFields(schema: Json, language: Language): SettingField[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([name, property]) => {
    const shape = isObject(property) ? property : {};
    const words = (both: string, single: string): string | null => {
      const sentence = shape[both];
      const chosen = isObject(sentence) ? sentence[language] : shape[single];
      return typeof chosen === 'string' && chosen !== '' ? chosen : null;
    };
    return {
      name,
      title: words('titles', 'title') ?? name,
      hint: words('hints', 'description'),
      empty: words('empty', ''),
      required: (asNumber(shape.minLength) ?? 0) > 0,
      ofRecords: shape.step === 'records',
      atStart: shape.atStart === true,
      kind: kindOf(shape, language),
    };
  });
}

const isTable = (format: unknown): format is TableKind => TABLES.some((one) => one === format);

function kindOf(shape: Json, language: Language): SettingField['kind'] {
  const choices = shape.enum;
  if (Array.isArray(choices) && choices.every((one) => typeof one === 'string'))
    return { type: 'choice', choices, titles: choiceTitles(shape.choices, language) };
  if (isTable(shape.format)) {
    const source = isObject(shape.source) ? shape.source[language] : undefined;
    return { type: 'columns', of: shape.format, source: typeof source === 'string' ? source : null };
  }
  switch (shape.type) {
    case 'string': {
      const maxLength = asNumber(shape.maxLength);
      return { type: 'text', long: shape.format === 'multiline' || (maxLength ?? 0) > LONG, maxLength };
    }
    case 'integer':
    case 'number':
      return {
        type: 'number',
        step: shape.type === 'integer' ? 1 : 'any',
        min: asNumber(shape.minimum),
        max: asNumber(shape.maximum),
      };
    case 'boolean':
      return { type: 'boolean' };
    default:
      return { type: 'other' };
  }
}

function choiceTitles(given: unknown, language: Language): Record<string, string> {
  const titles = Object.entries(isObject(given) ? given : {}).flatMap(([value, sentence]) => {
    const title = isObject(sentence) ? sentence[language] : undefined;
    return typeof title === 'string' ? [[value, title] as const] : [];
  });
  return Object.fromEntries(titles);
}
