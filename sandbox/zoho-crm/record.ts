import type { Table, VendorDesk } from '../core/simulator.ts';
import { catalogueOf } from './catalogue.ts';
import { meetingKeys } from './meeting-keys.ts';
import type { CrmModule } from './modules.ts';
import { type UserRef, userRef } from './people.ts';

/** A record as it is stored: field values by API name, in the form in which the API gives them. */
export interface CrmRecord {
  readonly id: string;
  readonly Owner: UserRef;
  readonly Created_By: UserRef;
  readonly Modified_By: UserRef;
  readonly Created_Time: string;
  readonly Modified_Time: string;
  readonly [apiName: string]: unknown;
}

export interface DeletedRecord {
  readonly id: string;
  readonly module: string;
  readonly display_name: string | null;
  readonly type: 'recycle' | 'permanent';
  readonly deleted_time: string;
  readonly deleted_by: { readonly name: string; readonly id: string };
  readonly created_by: { readonly name: string; readonly id: string };
}

export const recordsOf = (desk: VendorDesk, module: string): Table<CrmRecord> =>
  desk.table<CrmRecord>(module);
export const deletedOf = (desk: VendorDesk): Table<DeletedRecord> => desk.table<DeletedRecord>('deleted');

export function displayName(module: CrmModule, record: CrmRecord): string {
  return String(record[module.nameField] ?? '');
}

/** What a lookup shows: the other record's name as it is now. Null when that record is gone. */
function lookedUp(
  desk: VendorDesk,
  modules: readonly CrmModule[],
  id: string,
): { name: string; id: string; module: string } | null {
  for (const module of modules) {
    const record = recordsOf(desk, module.apiName).get(id);
    if (record) return { name: displayName(module, record), id, module: module.apiName };
  }
  return null;
}

/** A record as the API shows it: lookups with present names, users whole, absent fields null. */
export function shown(
  desk: VendorDesk,
  module: CrmModule,
  record: CrmRecord,
  only?: readonly string[],
): Record<string, unknown> {
  const catalogue = catalogueOf(desk);
  const out: Record<string, unknown> = {};
  for (const field of module.fields) {
    if (only && field.apiName !== 'id' && !only.includes(field.apiName)) continue;
    const value = record[field.apiName] ?? null;
    if (field.type === 'ownerlookup') out[field.apiName] = shownUser(field.apiName, value as UserRef);
    else if (field.type === 'lookup' && value !== null) {
      const targets = catalogue
        .modules()
        .filter(({ apiName }) => field.lookup === '*' || apiName === field.lookup);
      const target = lookedUp(desk, targets, (value as { id: string }).id);
      if (target === null) out[field.apiName] = null;
      else if (field.apiName === 'Parent_Id') {
        const parent = { api_name: target.module, id: catalogue.moduleId(target.module) };
        out[field.apiName] = { module: parent, name: target.name, id: target.id };
      } else out[field.apiName] = { name: target.name, id: target.id };
    } else out[field.apiName] = value;
  }
  return module.apiName === 'Events' ? { ...out, ...meetingKeys(record) } : out;
}

/** Users in answers: owners with their e-mail, creators and modifiers without. */
function shownUser(apiName: string, held: UserRef): object {
  const { name, id, email } = userRef(held.id);
  return apiName === 'Owner' ? { name, id, email } : { name, id };
}
