/** Zoho's `data_type` of the fields that this organisation has. */
export type DataType =
  | 'text'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'website'
  | 'picklist'
  | 'multiselectpicklist'
  | 'integer'
  | 'bigint'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'boolean'
  | 'lookup'
  | 'ownerlookup'
  | 'profileimage'
  | 'participants'
  | 'event_reminder'
  | 'RRULE';

export interface Field {
  readonly apiName: string;
  readonly label: string;
  readonly type: DataType;
  /** Longest value, in characters (texts) or digits (numbers). */
  readonly length: number;
  readonly mandatory: boolean;
  /** Made by the CRM; what a caller sends for it is ignored. */
  readonly readOnly: boolean;
  readonly unique: boolean;
  readonly custom: boolean;
  /** Picklist values; of closed ones any other value is refused. */
  readonly options: readonly string[];
  /** Their ids, where a new name must not change them. */
  readonly optionIds?: readonly string[];
  readonly closed: boolean;
  /** Module that a lookup points to. */
  readonly lookup: string | null;
}

const LENGTHS: Readonly<Record<DataType, number>> = {
  text: 255,
  textarea: 32_000,
  email: 100,
  phone: 30,
  website: 450,
  picklist: 120,
  multiselectpicklist: 120,
  integer: 9,
  bigint: 18,
  double: 16,
  currency: 16,
  percent: 5,
  date: 20,
  datetime: 120,
  boolean: 5,
  lookup: 120,
  ownerlookup: 120,
  profileimage: 255,
  participants: 50,
  event_reminder: 10,
  RRULE: 255,
};

/** `Account_Name` reads `Account Name` unless told otherwise. */
export function field(apiName: string, type: DataType, rest: Partial<Field> = {}): Field {
  return {
    apiName,
    label: apiName.replaceAll('_', ' '),
    type,
    length: LENGTHS[type],
    mandatory: false,
    readOnly: false,
    unique: false,
    custom: false,
    options: [],
    closed: false,
    lookup: null,
    ...rest,
  };
}

export const text = (apiName: string, length = 255, rest: Partial<Field> = {}): Field =>
  field(apiName, 'text', { length, ...rest });

export const picklist = (apiName: string, options: readonly string[], rest: Partial<Field> = {}): Field =>
  field(apiName, 'picklist', { options, ...rest });

export const lookup = (apiName: string, module: string, rest: Partial<Field> = {}): Field =>
  field(apiName, 'lookup', { lookup: module, ...rest });

/** Fields that every module has, with the label of its owner. */
export function systemFields(singular: string): Field[] {
  return [
    field('id', 'bigint', { label: `${singular} Id`, readOnly: true }),
    field('Owner', 'ownerlookup', { label: `${singular} Owner` }),
    field('Created_By', 'ownerlookup', { readOnly: true }),
    field('Modified_By', 'ownerlookup', { readOnly: true }),
    field('Created_Time', 'datetime', { readOnly: true }),
    field('Modified_Time', 'datetime', { readOnly: true }),
  ];
}

export const currencyFields: readonly Field[] = [
  picklist('Currency', ['EUR', 'USD', 'CHF', 'JPY'], { closed: true }),
  field('Exchange_Rate', 'double'),
];
