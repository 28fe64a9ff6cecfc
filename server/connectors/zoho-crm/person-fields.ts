import type { FieldKind, ObjectOptions, SyncField } from '../../core/sync-object.ts';
import type { CrmField, FieldWish } from './fields.ts';
import { FIELD_TITLES, NAME, type PersonModule } from './person-modules.ts';

/** What each data type of Zoho's means to a sync; types that are missing hold no plain value. */
const KINDS: Readonly<Record<string, FieldKind>> = {
  text: 'text',
  website: 'text',
  autonumber: 'text',
  // Numbers of more digits than a JSON number holds exactly.
  bigint: 'text',
  datetime: 'text',
  lookup: 'text',
  ownerlookup: 'text',
  textarea: 'long-text',
  email: 'email',
  phone: 'phone',
  picklist: 'choice',
  multiselectpicklist: 'labels',
  integer: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  date: 'date',
};
/** Values that point elsewhere, or that are longer than JSON carries: they can be read, not written. */
const READ_ONLY = new Set(['lookup', 'ownerlookup', 'autonumber', 'bigint']);
const TEXTS = new Set(['text', 'website', 'textarea', 'email', 'phone']);
/** The record's own id is no value of it. */
const LEFT_OUT = new Set(['id']);

/** Longest name of an account. https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html */
const LONGEST_ACCOUNT = 200;

/** The fields of a module of people that a mapping may choose from, the organisation's own included. */
export function personFields(
  module: PersonModule,
  fields: readonly CrmField[],
  { createAccounts }: ObjectOptions = {},
): SyncField[] {
  return fields.flatMap((field) => {
    const kind = module.kinds[field.apiName] ?? KINDS[field.type];
    return kind === undefined || LEFT_OUT.has(field.apiName)
      ? []
      : [syncField(module, field, kind, fields, createAccounts === true)];
  });
}

function syncField(
  module: PersonModule,
  field: CrmField,
  kind: FieldKind,
  all: readonly CrmField[],
  makesAccounts: boolean,
): SyncField {
  const { apiName, label, choices, type } = field;
  const titles = FIELD_TITLES[apiName] ?? { en: label, fr: label };
  if (apiName === NAME) {
    const family = all.find((one) => one.apiName === 'Last_Name');
    return { id: NAME, titles, kind, required: true, ...standInsOf(module), ...lengthOf(family) };
  }
  const isAccount = apiName === module.account;
  const readOnly = !isAccount && (field.readOnly || READ_ONLY.has(type));
  return {
    id: apiName,
    titles,
    kind,
    ...(readOnly ? { readOnly } : {}),
    ...(field.required ? { required: true } : {}),
    ...(apiName === 'Last_Name' ? standInsOf(module) : {}),
    ...(TEXTS.has(type) ? lengthOf(field) : {}),
    // A company that is to become an account must fit its name.
    ...(isAccount && makesAccounts ? { maxLength: LONGEST_ACCOUNT } : {}),
    ...(choices.length > 0 ? { choices } : {}),
  };
}

/** Somebody of whom only the company, or an address, is known is called by that. */
const standInsOf = ({ company }: PersonModule): { standIns: readonly string[] } => ({
  standIns: [company, 'Email'],
});

const lengthOf = (field: CrmField | undefined): { maxLength?: number } =>
  field?.length ? { maxLength: field.length } : {};

const TYPES: Partial<Record<FieldKind, FieldWish['type']>> = {
  number: 'double',
  date: 'date',
  boolean: 'boolean',
  'long-text': 'textarea',
};
/** Longest text of a field that was given no other length. */
const LENGTH = 255;

/** A field of the organisation's own that holds values of a kind; a text where the CRM has no better. */
export function fieldWish(label: string, kind: FieldKind): FieldWish {
  const type = TYPES[kind];
  return type === undefined ? { label, type: 'text', length: LENGTH } : { label, type };
}
