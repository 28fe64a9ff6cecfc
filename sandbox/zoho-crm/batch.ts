import type { VendorDesk } from '../core/simulator.ts';
import { followUp } from './effects.ts';
import { type CrmError, CrmFailure, crmError } from './failure.ts';
import { mailParticipants } from './meeting-fields.ts';
import type { CrmModule } from './modules.ts';
import type { UserRef } from './people.ts';
import { type CrmRecord, recordsOf, shown } from './record.ts';
import { type Values, validate } from './validate.ts';
import { type Change, insertAll, remove, shortRef, update } from './write.ts';

const MOST_RECORDS = 100;

/** One call that writes records: who, where, and what the ledger is to say. */
export interface WriteCall {
  readonly desk: VendorDesk;
  readonly module: CrmModule;
  readonly user: UserRef;
  readonly operation: string;
  readonly trigger: readonly unknown[] | undefined;
  /** `If-Unmodified-Since`: a record changed later than this is left alone. */
  readonly unmodifiedSince?: string | undefined;
}

export interface BatchAnswer {
  readonly status: number;
  readonly body: { readonly data: readonly object[] };
}

type Outcome =
  | { readonly change: Change; readonly marker: string | null; readonly extra?: object }
  | { readonly error: CrmError };

/** Reads the records of a request's body. Throws the CRM's refusal when it is not of the form `{data: […]}`. */
export function dataOf(json: unknown): {
  readonly data: readonly Values[];
  readonly trigger: readonly unknown[] | undefined;
  readonly checks: readonly string[];
} {
  const body = asObject(json);
  if (!body)
    throw new CrmFailure(400, crmError('INVALID_DATA', 'body', { expected_data_type: 'jsonobject' }));
  const at = { api_name: 'data', json_path: '$.data' };
  if (body.data === undefined)
    throw new CrmFailure(400, crmError('MANDATORY_NOT_FOUND', 'required field not found', at));
  if (!Array.isArray(body.data) || body.data.length === 0 || !body.data.every(asObject)) {
    throw new CrmFailure(
      400,
      crmError('INVALID_DATA', 'invalid data', { ...at, expected_data_type: 'jsonarray' }),
    );
  }
  if (body.data.length > MOST_RECORDS)
    throw new CrmFailure(
      400,
      crmError('INVALID_DATA', 'the limit of records is exceeded', { ...at, maximum_length: MOST_RECORDS }),
    );
  const checks = Array.isArray(body.duplicate_check_fields) ? body.duplicate_check_fields.map(String) : [];
  return {
    data: body.data as Values[],
    trigger: Array.isArray(body.trigger) ? body.trigger : undefined,
    checks,
  };
}

const asObject = (value: unknown): Values | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : null;

export function createRecords(call: WriteCall, data: readonly Values[]): BatchAnswer {
  return batch(call, data, (input, path) => created(call, input, path, null));
}

/** @param id the one record of the path, or null where each record names its own. */
export function updateRecords(call: WriteCall, data: readonly Values[], id: string | null): BatchAnswer {
  return batch(call, data, (input, path) => {
    const wanted = id ?? String(input.id ?? '');
    const before = recordsOf(call.desk, call.module.apiName).get(wanted);
    const at = { api_name: 'id', json_path: `${path}.id` };
    if (wanted === '') return { error: crmError('MANDATORY_NOT_FOUND', 'required field not found', at) };
    if (!before) return { error: crmError('INVALID_DATA', 'the id given seems to be invalid', at) };
    return changed(call, before, input, path, before.id);
  });
}

/** Finds each record by its duplicate check fields, system ones after those asked for; updates it or makes it. */
export function upsertRecords(
  call: WriteCall,
  data: readonly Values[],
  checks: readonly string[],
): BatchAnswer {
  const { desk, module } = call;
  const unique = module.fields.filter((field) => field.unique).map(({ apiName }) => apiName);
  const allowed = [...module.duplicateFields, ...unique];
  const unknown = checks.findIndex((name) => !allowed.includes(name));
  if (unknown >= 0) {
    const details = {
      api_name: 'duplicate_check_fields',
      json_path: `$.duplicate_check_fields[${unknown}]`,
      supported_values: allowed,
    };
    throw new CrmFailure(
      400,
      crmError('INVALID_DATA', 'the duplicate check field given seems to be invalid', details),
    );
  }
  const names = [...new Set([...checks, ...(checks.length > 0 ? [] : allowed)])];
  return batch(call, data, (input, path) => {
    const own = input.id === undefined ? undefined : recordsOf(desk, module.apiName).get(String(input.id));
    const name = own ? 'id' : names.find((one) => twin(desk, module, one, input[one]));
    const before = own ?? (name === undefined ? undefined : twin(desk, module, name, input[name]));
    const keyed = name ?? names.find((one) => input[one]);
    const marker = keyed === undefined ? null : `${keyed}=${String(input[keyed])}`;
    if (!before) return created(call, input, path, marker, { action: 'insert', duplicate_field: null });
    return changed(call, before, input, path, marker, { action: 'update', duplicate_field: name ?? null });
  });
}

export function deleteRecords(call: WriteCall, ids: readonly string[]): BatchAnswer {
  return batch(call, ids, (id) => {
    const before = recordsOf(call.desk, call.module.apiName).get(id);
    if (!before) return { error: crmError('INVALID_DATA', 'the id given seems to be invalid', { id }) };
    return { change: remove(call.desk, call.module, before, call.user), marker: id };
  });
}

function created(
  call: WriteCall,
  input: Values,
  path: string,
  marker: string | null,
  extra?: object,
): Outcome[] {
  const read = validate(call.desk, call.module, input, path);
  if ('error' in read) return [read];
  const changes = insertAll(call.desk, call.module, read.values, call.user);
  mail(call, input, changes[0]);
  return changes.map((change) => ({ change, marker, ...(extra ? { extra } : {}) }));
}

/** Once for a series, however many records it has. */
function mail({ desk, module, operation }: WriteCall, input: Values, change: Change | undefined): void {
  if (module.apiName === 'Events' && change?.after) mailParticipants(desk, operation, input, change.after);
}

function changed(
  call: WriteCall,
  before: CrmRecord,
  input: Values,
  path: string,
  marker: string | null,
  extra?: object,
): Outcome {
  const { desk, module, user, unmodifiedSince } = call;
  if (unmodifiedSince !== undefined && Date.parse(before.Modified_Time) > Date.parse(unmodifiedSince)) {
    return { error: crmError('ALREADY_MODIFIED', 'The record has been already modified', stamps(before)) };
  }
  const read = validate(desk, module, input, path, before);
  if ('error' in read) return read;
  const change = update(desk, module, before, read.values, user);
  mail(call, input, change);
  return { change, marker, ...(extra ? { extra } : {}) };
}

/** The first record that holds this value in this field; of several the one made first. */
function twin(desk: VendorDesk, module: CrmModule, name: string, value: unknown): CrmRecord | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const wanted = value.toLowerCase();
  const found = recordsOf(desk, module.apiName)
    .all()
    .find((record) => String(record[name] ?? '').toLowerCase() === wanted);
  return found && structuredClone(found);
}

function batch<Input>(
  call: WriteCall,
  inputs: readonly Input[],
  write: (input: Input, path: string) => Outcome | readonly Outcome[],
): BatchAnswer {
  const outcomes = inputs.flatMap((input, index) => write(input, `$.data[${index}]`));
  const done = outcomes.flatMap((outcome) => ('change' in outcome ? [outcome] : []));
  for (const { change, marker } of done) {
    call.desk.wrote({
      operation: call.operation,
      object: call.module.singular.toLowerCase(),
      id: change.id,
      action: LEDGER[change.operation],
      marker,
      record: change.after ? shown(call.desk, call.module, change.after) : { id: change.id },
    });
  }
  followUp(
    call.desk,
    done.map(({ change }) => change),
    call.trigger,
  );
  return { status: statusOf(outcomes), body: { data: outcomes.map(resultOf) } };
}

const LEDGER = { insert: 'create', update: 'update', delete: 'delete' } as const;
const MESSAGES = { insert: 'record added', update: 'record updated', delete: 'record deleted' } as const;

function resultOf(outcome: Outcome): object {
  if ('error' in outcome) return outcome.error;
  const { change, extra } = outcome;
  const details = change.after
    ? { ...stamps(change.after), ...(change.module.workflows ? { $approval_state: 'approved' } : {}) }
    : { id: change.id };
  return { code: 'SUCCESS', ...extra, details, message: MESSAGES[change.operation], status: 'success' };
}

function stamps(record: CrmRecord) {
  const { id, Created_Time, Modified_Time, Created_By, Modified_By } = record;
  return {
    Modified_Time,
    Modified_By: shortRef(Modified_By),
    Created_Time,
    id,
    Created_By: shortRef(Created_By),
  };
}

/** 201 when all is new, 200 when all is done, 207 when some failed; when all failed, the failure's own. */
function statusOf(outcomes: readonly Outcome[]): number {
  const failed = outcomes.filter((outcome) => 'error' in outcome);
  if (failed.length > 0 && failed.length < outcomes.length) return 207;
  if (failed.length > 0) return failed.every(({ error }) => error.code === 'ALREADY_MODIFIED') ? 412 : 400;
  return outcomes.every((outcome) => 'change' in outcome && outcome.change.operation === 'insert')
    ? 201
    : 200;
}
