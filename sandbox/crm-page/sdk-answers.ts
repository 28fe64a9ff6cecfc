import { z } from 'zod';
import { createRecord, editRecord } from '../zoho-crm/acts.ts';
import { catalogueOf } from '../zoho-crm/catalogue.ts';
import { CrmFailure } from '../zoho-crm/failure.ts';
import { fieldShape } from '../zoho-crm/field-shape.ts';
import { searched } from '../zoho-crm/list.ts';
import type { CrmModule } from '../zoho-crm/modules.ts';
import { organisation } from '../zoho-crm/organisation.ts';
import { type CrmRecord, recordsOf, shown } from '../zoho-crm/record.ts';
import { usersOf } from '../zoho-crm/users.ts';
import { LOCALES } from './crm-user.ts';
import type { CrmView } from './crm-view.ts';
import { relatedRecords } from './related.ts';

/** The `data` of a CRM_EVENT, as the widget SDK sends it. */
const sdkCall = z.looseObject({
  category: z.string(),
  type: z.string().optional(),
  Entity: z.string().optional(),
  APIData: z.record(z.string(), z.unknown()).optional(),
  RelatedID: z.string().optional(),
});
export type SdkCall = z.infer<typeof sdkCall>;

/** What the page around a widget sends it: EVENT_RESPONSE, or EVENT_RESPONSE_FAILURE. */
export interface SdkAnswer {
  readonly ok: boolean;
  readonly data: unknown;
}

/** Undefined for what the SDK would not send. */
export const sdkCallOf = (json: unknown): SdkCall | undefined => sdkCall.safeParse(json).data;

/** Answers one call of a widget, for the user of the page around it, from the CRM as it is now. */
export function answerSdk(view: CrmView, call: SdkCall): SdkAnswer {
  const answer = ANSWERS[call.category];
  try {
    const data = answer?.(view, call);
    return data === undefined
      ? refusal('INVALID_REQUEST', 'The sandbox has no answer to this call.')
      : { ok: true, data };
  } catch (error) {
    if (error instanceof CrmFailure) return { ok: false, data: error.body };
    return refusal('INVALID_DATA', error instanceof Error ? error.message : String(error));
  }
}

type Answer = (view: CrmView, call: SdkCall) => unknown;

const PER_PAGE = 200;

const ANSWERS: Readonly<Record<string, Answer>> = {
  CONFIG(view, { type }) {
    if (type === 'CURRENT_USER') return users(view, view.user.id);
    if (type === 'ORG') return { org: [organisation] };
    return undefined;
  },
  USER: (view, { ID, Type }) => users(view, String(ID ?? Type ?? 'AllUsers')),
  META(view, { type, Entity }) {
    const catalogue = catalogueOf(view.crm);
    if (type === 'MODULE_LIST')
      return {
        modules: catalogue.modules().map(({ apiName, singular, plural }) => ({
          api_name: apiName,
          singular_label: singular,
          plural_label: plural,
          id: catalogue.moduleId(apiName),
        })),
      };
    if (type !== 'FIELD_LIST') return undefined;
    const module = moduleOf(view, Entity);
    return { fields: module.fields.map((field) => fieldShape(catalogue, module, field)) };
  },
  READ(view, { APIData: { Entity, RecordID, RelatedList, page, per_page } = {} }) {
    const module = moduleOf(view, Entity);
    const paging = { page, per_page };
    if (RecordID === undefined) {
      return records(view, module, recordsOf(view.crm, module.apiName).all().toReversed(), paging);
    }
    const id = String(RecordID);
    if (RelatedList !== undefined) {
      const list = String(RelatedList);
      const own = relatedRecords(view.crm, module.apiName, id, list);
      return own && records(view, moduleOf(view, list), own, paging);
    }
    const record = recordsOf(view.crm, module.apiName).get(id);
    return record ? { data: [shown(view.crm, module, record)] } : NOTHING;
  },
  SEARCH(view, { Entity, Type, Query, page, per_page }) {
    const module = moduleOf(view, Entity);
    const found = searched(view.crm, module, { [String(Type)]: String(Query) });
    return records(view, module, found, { page, per_page });
  },
  CREATE(view, { type, Entity, RelatedID, APIData = {} }) {
    const { key } = view.user;
    if (type === 'RECORD') return written('record added', create(view, String(Entity), APIData, key));
    const [note] = Array.isArray(APIData.data) ? APIData.data : [];
    if (type !== 'NOTES' || note === undefined) return undefined;
    return written('record added', create(view, 'Notes', { ...note, Parent_Id: { id: RelatedID } }, key));
  },
  UPDATE(view, { type, Entity, APIData = {} }) {
    if (type !== 'RECORD') return undefined;
    const { id, trigger: _trigger, ...values } = APIData;
    const module = moduleOf(view, Entity);
    return written('record updated', editRecord(view.crm, module.apiName, String(id), values, view.user.key));
  },
};

/** What the CRM answers where it finds nothing: no error, and no `data`. */
const NOTHING = { status: 204, statusText: 'nocontent' };

function users(view: CrmView, typeOrId: string): unknown {
  const chosen = view.user.locale ?? LOCALES[view.language];
  const found = usersOf(typeOrId, view.user.id, (id) => (id === view.user.id ? chosen : null));
  return found.body ?? NOTHING;
}

function create(view: CrmView, module: string, values: Record<string, unknown>, key: string) {
  const { trigger: _trigger, ...rest } = values;
  return createRecord(view.crm, moduleOf(view, module).apiName, rest, key);
}

function written(message: string, record: Record<string, unknown>) {
  const { id, Created_Time, Modified_Time, Created_By, Modified_By } = record;
  const details = { id, Created_Time, Modified_Time, Created_By, Modified_By };
  return { data: [{ code: 'SUCCESS', details, message, status: 'success' }] };
}

function records(
  view: CrmView,
  module: CrmModule,
  found: readonly CrmRecord[],
  wish: { page?: unknown; per_page?: unknown },
): unknown {
  const size = Math.min(Math.max(Number(wish.per_page) || PER_PAGE, 1), PER_PAGE);
  const page = Math.max(Number(wish.page) || 1, 1);
  const data = found.slice((page - 1) * size, page * size).map((one) => shown(view.crm, module, one));
  if (data.length === 0) return NOTHING;
  const info = { per_page: size, page, count: data.length, more_records: found.length > page * size };
  return { data, info };
}

function moduleOf(view: CrmView, name: unknown): CrmModule {
  const module = catalogueOf(view.crm).module(String(name));
  if (!module) throw new Error(`the module name given seems to be invalid: ${String(name)}`);
  return module;
}

const refusal = (code: string, message: string): SdkAnswer => ({
  ok: false,
  data: { code, details: {}, message, status: 'error' },
});
