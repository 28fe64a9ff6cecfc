import { exchangeRates } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { occurrencesOf } from './meeting-fields.ts';
import type { CrmModule } from './modules.ts';
import { type UserRef, userRef } from './people.ts';
import { type CrmRecord, deletedOf, displayName, recordsOf } from './record.ts';
import { trackStage } from './stage-history.ts';
import { probabilityOf } from './stages.ts';
import { crmTime } from './time.ts';
import type { Values } from './validate.ts';

/** One record changed. What follows from it (rules, notifications) is decided from this alone. */
export interface Change {
  readonly module: CrmModule;
  readonly operation: 'insert' | 'update' | 'delete';
  readonly id: string;
  readonly before: CrmRecord | null;
  readonly after: CrmRecord | null;
  /** API names whose values differ. */
  readonly fields: readonly string[];
}

const RECORD_IDS = '487687600003';

/** One record, or of a recurring meeting one for each occurrence, all of them of the same moment. */
export function insertAll(desk: VendorDesk, module: CrmModule, values: Values, user: UserRef): Change[] {
  const now = crmTime(desk.clock());
  const records = module.apiName === 'Events' ? occurrencesOf(values) : [values];
  return records.map((one) => insert(desk, module, one, user, now));
}

export function insert(
  desk: VendorDesk,
  module: CrmModule,
  values: Values,
  user: UserRef,
  now = crmTime(desk.clock()),
): Change {
  const made = inserted(desk, module, values, user, now);
  const after = recordsOf(desk, module.apiName).put(made.id, made);
  if (module.apiName === 'Deals') trackStage(desk, null, after, user);
  return { module, operation: 'insert', id: made.id, before: null, after, fields: Object.keys(values) };
}

/** A new record with everything that the CRM adds, not stored yet. */
export function inserted(
  desk: VendorDesk,
  module: CrmModule,
  values: Values,
  user: UserRef,
  now = crmTime(desk.clock()),
): CrmRecord {
  const id = desk.digits(RECORD_IDS, 7);
  const made = {
    Owner: user,
    ...values,
    id,
    Created_By: user,
    Modified_By: user,
    Created_Time: now,
    Modified_Time: now,
  };
  return derived(desk, module, made);
}

export function update(
  desk: VendorDesk,
  module: CrmModule,
  before: CrmRecord,
  values: Values,
  user: UserRef,
): Change {
  const merged = { ...before, ...values, Modified_By: user, Modified_Time: crmTime(desk.clock()) };
  const after = recordsOf(desk, module.apiName).put(before.id, derived(desk, module, merged));
  if (module.apiName === 'Deals') trackStage(desk, before, after, user);
  const fields = Object.keys(after).filter((name) => !OWN.has(name) && !same(before[name], after[name]));
  return { module, operation: 'update', id: before.id, before, after, fields };
}

export function remove(desk: VendorDesk, module: CrmModule, before: CrmRecord, user: UserRef): Change {
  recordsOf(desk, module.apiName).delete(before.id);
  deletedOf(desk).put(before.id, {
    id: before.id,
    module: module.apiName,
    display_name: displayName(module, before) || null,
    type: 'recycle',
    deleted_time: crmTime(desk.clock()),
    deleted_by: shortRef(user),
    created_by: shortRef(before.Created_By),
  });
  return { module, operation: 'delete', id: before.id, before, after: null, fields: [] };
}

const OWN = new Set(['Modified_By', 'Modified_Time', 'Created_By', 'Created_Time', 'id']);

/** Values that the CRM works out from others. */
function derived(desk: VendorDesk, module: CrmModule, record: CrmRecord): CrmRecord {
  const made: Record<string, unknown> = {};
  if (module.nameField === 'Full_Name') {
    made.Full_Name = [record.First_Name, record.Last_Name].filter((part) => part).join(' ');
  }
  if (module.apiName === 'Deals') {
    made.Probability = probabilityOf(desk, record.Stage) ?? record.Probability ?? null;
    const amount = typeof record.Amount === 'number' ? record.Amount : null;
    made.Expected_Revenue = amount === null ? null : Math.round(amount * Number(made.Probability)) / 100;
  }
  if (module.fields.some(({ apiName }) => apiName === 'Exchange_Rate')) {
    const code = (record.Currency ?? 'EUR') as keyof typeof exchangeRates;
    made.Currency = code;
    made.Exchange_Rate = record.Exchange_Rate ?? exchangeRates[code];
  }
  return { ...record, ...made };
}

function same(left: unknown, right: unknown): boolean {
  const comparable = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'id' in value ? value.id : (value ?? null);
  return JSON.stringify(comparable(left)) === JSON.stringify(comparable(right));
}

/** Users in results of writes. */
export function shortRef(user: UserRef): { name: string; id: string } {
  const { name, id } = userRef(user.id);
  return { name, id };
}
