import type { VendorDesk } from '../core/simulator.ts';
import { catalogueOf } from './catalogue.ts';
import { type CrmError, crmError } from './failure.ts';
import type { Field } from './field.ts';
import { checkMeeting, readParticipants, readRecurrence } from './meeting-fields.ts';
import type { CrmModule } from './modules.ts';
import { isUser, userRef } from './people.ts';
import { isPhone } from './phone.ts';
import { type CrmRecord, recordsOf } from './record.ts';

export type Values = Readonly<Record<string, unknown>>;

export type Validated = { readonly values: Values } | { readonly error: CrmError };

/**
 * Reads what a caller sent for one record. Names that the module has not, and fields that the CRM makes
 * itself, are passed over; a value of the wrong type, too long, or of an unknown record is refused.
 *
 * @param existing the record that is changed; absent for a new one, where mandatory fields must be given.
 * @param path JSON path of the record in the request.
 */
export function validate(
  desk: VendorDesk,
  module: CrmModule,
  input: Values,
  path: string,
  existing?: CrmRecord,
): Validated {
  const values: Record<string, unknown> = {};
  for (const field of module.fields) {
    const sent = input[field.apiName];
    const at = { api_name: field.apiName, json_path: `${path}.${field.apiName}` };
    if (field.readOnly) continue;
    const blank = sent === null || sent === '';
    if (field.mandatory && (blank || (sent === undefined && !existing))) {
      return { error: crmError('MANDATORY_NOT_FOUND', 'required field not found', at) };
    }
    if (sent === undefined) continue;
    if (blank) {
      values[field.apiName] = null;
      continue;
    }
    const read = readValue(desk, field, sent, at);
    if ('error' in read) return read;
    if ('wrong' in read) return { error: crmError('INVALID_DATA', 'invalid data', { ...read.wrong, ...at }) };
    const twin = field.unique ? twinOf(desk, module, field, read.value, existing?.id) : undefined;
    if (twin)
      return {
        error: crmError('DUPLICATE_DATA', 'duplicate data', {
          ...at,
          duplicate_record: { id: twin.id, module: { api_name: module.apiName } },
        }),
      };
    values[field.apiName] = read.value;
  }
  return module.apiName === 'Events' ? checkMeeting(values, path, existing) : { values };
}

type ReadValue =
  | { readonly value: unknown }
  | { readonly wrong: Readonly<Record<string, unknown>> }
  | { readonly error: CrmError };

function readValue(desk: VendorDesk, field: Field, sent: unknown, at: Values): ReadValue {
  const expected = (type: string): ReadValue => ({ wrong: { expected_data_type: type } });
  switch (field.type) {
    case 'integer':
    case 'bigint':
      return Number.isSafeInteger(sent) && digits(sent) <= field.length
        ? { value: sent }
        : expected('integer');
    case 'double':
    case 'currency':
    case 'percent':
      return typeof sent === 'number' && Number.isFinite(sent) ? { value: sent } : expected('double');
    case 'boolean':
      return typeof sent === 'boolean' ? { value: sent } : expected('boolean');
    case 'date':
      return isText(sent) && isDay(sent) ? { value: sent } : expected('date');
    case 'datetime':
      return isText(sent) && isMoment(sent) ? { value: sent } : expected('datetime');
    case 'multiselectpicklist':
      return Array.isArray(sent) && sent.every(isText) ? { value: sent } : expected('jsonarray');
    case 'participants':
      return readParticipants(desk, sent, at);
    case 'RRULE':
      return readRecurrence(sent, at);
    case 'event_reminder':
      return Array.isArray(sent) ? { value: sent } : expected('jsonarray');
    case 'ownerlookup':
      return isUser(idOf(sent))
        ? { value: userRef(idOf(sent)) }
        : { wrong: { expected_data_type: 'ownerlookup' } };
    case 'lookup':
      return isRecord(desk, field, idOf(sent))
        ? { value: { id: idOf(sent) } }
        : { wrong: { expected_data_type: 'lookup' } };
    default:
      return readText(field, sent);
  }
}

function readText(field: Field, sent: unknown): ReadValue {
  if (!isText(sent)) return { wrong: { expected_data_type: 'text' } };
  if (sent.length > field.length) return { wrong: { maximum_length: field.length } };
  if (field.type === 'email' && !/^[^\s@<>]+@[^\s@<>.]+(\.[^\s@<>.]+)+$/.test(sent))
    return { wrong: { expected_data_type: 'email' } };
  if (field.type === 'phone' && !isPhone(sent)) return { wrong: { expected_data_type: 'phone' } };
  if (field.closed && !field.options.includes(sent)) return { wrong: { expected_data_type: 'picklist' } };
  return { value: sent };
}

const isText = (value: unknown): value is string => typeof value === 'string';
const digits = (value: unknown): number => String(Math.abs(Number(value))).length;
const isDay = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
const isMoment = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  !Number.isNaN(Date.parse(value));

function idOf(sent: unknown): string {
  if (typeof sent === 'string') return sent;
  if (typeof sent === 'object' && sent !== null && 'id' in sent) return String(sent.id);
  return '';
}

function isRecord(desk: VendorDesk, field: Field, id: string): boolean {
  const targets =
    field.lookup === '*'
      ? catalogueOf(desk)
          .modules()
          .map(({ apiName }) => apiName)
      : [field.lookup ?? ''];
  return targets.some((module) => recordsOf(desk, module).get(id) !== undefined);
}

function twinOf(
  desk: VendorDesk,
  module: CrmModule,
  field: Field,
  value: unknown,
  self: string | undefined,
): CrmRecord | undefined {
  const wanted = String(value).toLowerCase();
  return recordsOf(desk, module.apiName)
    .all()
    .find((record) => record.id !== self && String(record[field.apiName] ?? '').toLowerCase() === wanted);
}
