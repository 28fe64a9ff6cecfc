import type { Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import {
  type BatchAnswer,
  createRecords,
  dataOf,
  deleteRecords,
  updateRecords,
  upsertRecords,
  type WriteCall,
} from './batch.ts';
import { type Call, moduleOf, route } from './call.ts';
import { conversionShown, convertedOf } from './convert.ts';
import { invalidId, missingParameter } from './failure.ts';
import { fieldsOf, listDeleted, listRecords, searched, searchRecords } from './list.ts';
import { deletedOf, recordsOf, shown } from './record.ts';

const READ = 'ZohoCRM.modules.{module}.READ';
const CREATE = 'ZohoCRM.modules.{module}.CREATE';
const UPDATE = 'ZohoCRM.modules.{module}.UPDATE';
const DELETE = 'ZohoCRM.modules.{module}.DELETE';
const SEARCH = 'ZohoSearch.securesearch.READ';

/** Records of any module. */
export function recordRoutes(router: Router, desk: VendorDesk): void {
  router.get(
    '/:module/search',
    route(desk, [READ, SEARCH], (call) => searchRecords(desk, moduleOf(call), call.request)),
  );
  router.get(
    '/:module/deleted',
    route(desk, [READ], (call) => listDeleted(desk, moduleOf(call), call.request)),
  );
  router.get(
    '/:module/actions/count',
    route(desk, [READ], (call) => ({ status: 200, body: { count: counted(call) } })),
  );
  router.post('/:module/upsert', route(desk, [CREATE, UPDATE], upserted));
  router.get(
    '/:module',
    route(desk, [READ], (call) => listRecords(desk, moduleOf(call), call.request)),
  );
  router.post(
    '/:module',
    route(desk, [CREATE], (call) => written(call, createRecords)),
  );
  router.put(
    '/:module',
    route(desk, [UPDATE], (call) => written(call, (to, data) => updateRecords(to, data, null))),
  );
  router.delete('/:module', route(desk, [DELETE], deleted));
  router.get('/:module/:id', route(desk, [READ], one));
  router.put('/:module/:id', route(desk, [UPDATE], updated));
  router.delete('/:module/:id', route(desk, [DELETE], deletedOne));
}

function one(call: Call) {
  const module = moduleOf(call);
  const id = String(call.request.params.id);
  const record = recordsOf(call.desk, module.apiName).get(id);
  if (record)
    return {
      status: 200,
      body: { data: [shown(call.desk, module, record, fieldsOf(call.request.query.fields))] },
    };
  const converted = module.apiName === 'Leads' ? convertedOf(call.desk).get(id) : undefined;
  if (converted !== undefined) {
    const { converted: asked, fields } = call.request.query;
    if (asked !== 'true' && asked !== 'both') return { status: 204 };
    const lead = shown(call.desk, module, converted, fieldsOf(fields));
    return { status: 200, body: { data: [{ ...lead, ...conversionShown(call.desk, converted) }] } };
  }
  if (deletedOf(call.desk).get(id)) return { status: 204 };
  throw invalidId();
}

function counted(call: Call): number {
  const module = moduleOf(call);
  const { criteria, email, phone, word } = call.request.query;
  const narrowed = [criteria, email, phone, word].some((given) => given !== undefined);
  return narrowed
    ? searched(call.desk, module, call.request.query).length
    : recordsOf(call.desk, module.apiName).size;
}

function written(
  call: Call,
  write: (to: WriteCall, data: ReturnType<typeof dataOf>['data']) => BatchAnswer,
): BatchAnswer {
  const { data, trigger } = dataOf(bodyOf(call.request).json);
  return write(writeCall(call, trigger), data);
}

function updated(call: Call): BatchAnswer {
  const id = String(call.request.params.id);
  const module = moduleOf(call);
  const { data, trigger } = dataOf(bodyOf(call.request).json);
  if (!recordsOf(call.desk, module.apiName).get(id)) throw invalidId();
  return updateRecords(writeCall(call, trigger), data.slice(0, 1), id);
}

function upserted(call: Call): BatchAnswer {
  const { data, trigger, checks } = dataOf(bodyOf(call.request).json);
  return upsertRecords(writeCall(call, trigger), data, checks);
}

function deleted(call: Call): BatchAnswer {
  const { ids } = call.request.query;
  if (typeof ids !== 'string' || ids === '') throw missingParameter('ids');
  return deleteRecords(writeCall(call, triggerOf(call)), ids.split(','));
}

function deletedOne(call: Call): BatchAnswer {
  const id = String(call.request.params.id);
  if (!recordsOf(call.desk, moduleOf(call).apiName).get(id)) throw invalidId();
  return deleteRecords(writeCall(call, triggerOf(call)), [id]);
}

/** Deletes have no body: `wf_trigger=false` is their way to keep the rules quiet. */
const triggerOf = (call: Call): readonly unknown[] | undefined =>
  call.request.query.wf_trigger === 'false' ? [] : undefined;

export function writeCall(call: Call, trigger: readonly unknown[] | undefined): WriteCall {
  const { desk, request, user } = call;
  const since = request.headers['if-unmodified-since'];
  const module = moduleOf(call);
  return {
    desk,
    module,
    user,
    trigger,
    unmodifiedSince: since,
    operation: `${request.method} ${request.route.path.replace(':module', module.apiName)}`,
  };
}
