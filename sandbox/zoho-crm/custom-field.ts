import type { VendorDesk } from '../core/simulator.ts';
import { catalogueOf } from './catalogue.ts';
import { CrmFailure, crmError } from './failure.ts';
import { type DataType, type Field, field } from './field.ts';
import type { CrmModule } from './modules.ts';

type Wish = Readonly<Record<string, unknown>>;

const TYPES: readonly DataType[] = [
  'text',
  'textarea',
  'email',
  'phone',
  'website',
  'picklist',
  'multiselectpicklist',
  'integer',
  'bigint',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'boolean',
  'lookup',
];

/**
 * Adds custom fields to a module and answers their ids. The API name is made from the label, as the CRM
 * makes it; a label that is already there is refused.
 */
export function addCustomFields(desk: VendorDesk, module: CrmModule, wishes: readonly Wish[]): object[] {
  return wishes.map((wish, index) => {
    const id = catalogueOf(desk).addField(module.apiName, read(desk, module, wish, `$.fields[${index}]`));
    return { code: 'SUCCESS', details: { id }, message: 'field created', status: 'success' };
  });
}

function read(desk: VendorDesk, module: CrmModule, wish: Wish, path: string): Field {
  const at = (name: string): object => ({ api_name: name, json_path: `${path}.${name}` });
  const refuse = (code: string, message: string, details: object): CrmFailure =>
    new CrmFailure(400, crmError(code, message, { ...details }), 'fields');
  const { field_label: label, data_type: type } = wish;
  if (typeof label !== 'string' || label === '')
    throw refuse('MANDATORY_NOT_FOUND', 'required field not found', at('field_label'));
  if (typeof type !== 'string')
    throw refuse('MANDATORY_NOT_FOUND', 'required field not found', at('data_type'));
  if (label.length > 25)
    throw refuse('INVALID_DATA', 'invalid data', { ...at('field_label'), maximum_length: 25 });
  if (!TYPES.includes(type as DataType))
    throw refuse('INVALID_DATA', 'invalid data', { ...at('data_type'), supported_values: TYPES });
  const apiName = label
    .normalize('NFD')
    .replaceAll(/[^\w ]/g, '')
    .trim()
    .replaceAll(/ +/g, '_');
  const fields = catalogueOf(desk).module(module.apiName)?.fields ?? [];
  if (
    apiName === '' ||
    fields.some((one) => one.label.toLowerCase() === label.toLowerCase() || one.apiName === apiName)
  ) {
    throw refuse('DUPLICATE_DATA', 'duplicate data', at('field_label'));
  }
  const { unique, length, pick_list_values: choices, lookup } = wish;
  return field(apiName, type as DataType, {
    label,
    custom: true,
    unique: unique === true || (typeof unique === 'object' && unique !== null),
    ...(typeof length === 'number' ? { length } : {}),
    options: Array.isArray(choices)
      ? choices.map((choice: { actual_value?: unknown }) => String(choice.actual_value ?? ''))
      : [],
    lookup:
      type === 'lookup'
        ? String((lookup as { module?: { api_name?: string } } | undefined)?.module?.api_name ?? '')
        : null,
  });
}
