import type { CrmField } from '../../connectors/zoho-crm/fields.ts';
import { FIELD_TITLES } from '../../connectors/zoho-crm/person-modules.ts';
import type { CellField, CellKind } from '../../core/cells/cell.ts';
import type { Sentence } from '../../core/sentence.ts';

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

/** A field of the CRM's leads, and how a cell fills it; null: the CRM fills it itself, or points elsewhere with it. */
export interface LeadField {
  readonly apiName: string;
  /** As people see it in the CRM. */
  readonly titles: Sentence;
  readonly cell: CellField | null;
}

export function leadFields(fields: readonly CrmField[]): LeadField[] {
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
