import type { CellField, CellKind } from '../../core/cells/cell.ts';
import { kindWords } from '../../core/cells/kind-words.ts';
import type { OfferedValue } from '../../core/flow.ts';
import type { Language, Sentence } from '../../core/sentence.ts';
import type { CrmField } from './fields.ts';
import { FIELD_TITLES } from './person-modules.ts';

/**
 * What each data type of the CRM's takes out of a cell; types that are missing hold no plain value.
 * https://www.zoho.com/crm/developer/docs/api/v8/field-meta.html
 */
const KINDS: Readonly<Record<string, CellKind>> = {
  text: 'text',
  website: 'text',
  textarea: 'long-text',
  email: 'email',
  phone: 'phone',
  picklist: 'choice',
  multiselectpicklist: 'choices',
  integer: 'integer',
  double: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'date-time',
};
const WITH_LIMIT: ReadonlySet<CellKind> = new Set(['text', 'long-text', 'email', 'phone', 'integer']);

/** A field of a module of the CRM's, and how a cell fills it; null: the CRM fills it itself, or points elsewhere with it. */
export interface FillableField {
  readonly apiName: string;
  /** As people see it in the CRM. */
  readonly titles: Sentence;
  readonly cell: CellField | null;
}

export function fillableFields(fields: readonly CrmField[]): FillableField[] {
  return fields.map((field) => ({
    apiName: field.apiName,
    titles: FIELD_TITLES[field.apiName] ?? { en: field.label, fr: field.label },
    cell: cellField(field),
  }));
}

function cellField(field: CrmField): CellField | null {
  const kind = KINDS[field.type];
  if (kind === undefined || field.readOnly) return null;
  const { length, decimals } = field;
  return {
    kind,
    ...(length !== null && WITH_LIMIT.has(kind) ? { maxLength: length } : {}),
    ...(decimals === null || kind !== 'number' ? {} : { decimals }),
    ...(field.type === 'percent' ? { percent: true } : {}),
    ...(field.options.length > 0
      ? { choices: field.options.map(({ value, title }) => ({ value, shown: title })) }
      : {}),
  };
}

/** Those that a cell can fill, to choose from, with what each takes. */
export function offeredFields(fields: readonly CrmField[], language: Language): OfferedValue[] {
  return fillableFields(fields).flatMap(({ apiName, titles, cell }) => {
    if (cell === null) return [];
    const kind = kindWords(cell.kind);
    const named = { en: `${titles.en} (${kind.en})`, fr: `${titles.fr} (${kind.fr})` };
    return [{ value: apiName, title: named[language], titles: named }];
  });
}
