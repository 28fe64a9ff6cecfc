import type { Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type Call, moduleOf, route } from './call.ts';
import { CrmFailure, crmError, invalidId, missingParameter } from './failure.ts';
import { fieldsOf } from './list.ts';
import { pageOf } from './paging.ts';
import type { UserRef } from './people.ts';
import { displayName, recordsOf } from './record.ts';
import { crmTime } from './time.ts';

/** A file beside a record. */
export interface AttachmentRow {
  readonly id: string;
  readonly module: string;
  readonly record: string;
  readonly name: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  readonly at: string;
  readonly by: UserRef;
}

const RECORDS = 'ZohoCRM.modules.{module}.READ';

export const attachmentsOf = (desk: VendorDesk) => desk.table<AttachmentRow>('attachments');

/**
 * Files below the record that they are beside.
 * https://www.zoho.com/crm/developer/docs/api/v8/upload-attachment.html, get-attachments.html
 */
export function attachmentRoutes(router: Router, desk: VendorDesk): void {
  router.get('/:module/:id/Attachments', route(desk, [RECORDS], list));
  router.post('/:module/:id/Attachments', route(desk, ['ZohoCRM.modules.{module}.CREATE'], attach));
}

function attach(call: Call) {
  const { desk, request, user } = call;
  const { module, id: record } = parentOf(call);
  const [file, ...others] = bodyOf(request).files.filter(({ field }) => field === 'file');
  if (file === undefined) throw missingParameter('file');
  // All types but programs; what an empty file is answered is not documented, and it is no file here.
  if (others.length > 0 || file.bytes.length === 0 || /\.exe$/i.test(file.name))
    throw new CrmFailure(400, crmError('INVALID_DATA', 'invalid data provided', { param_name: 'file' }));
  const id = desk.digits('4876876000000', 6);
  const row: AttachmentRow = {
    ...{ id, module: module.apiName, record, name: file.name, contentType: file.contentType },
    ...{ size: file.bytes.length, at: crmTime(desk.clock()), by: user },
  };
  attachmentsOf(desk).put(id, row);
  desk.wrote({
    operation: `POST /${module.apiName}/:id/Attachments`,
    object: 'attachment',
    id,
    action: 'create',
    marker: null,
    record: row,
  });
  const by = { id: user.id, name: user.name };
  const details = { Modified_Time: row.at, Modified_By: by, Created_Time: row.at, id, Created_By: by };
  const done = { code: 'SUCCESS', details, message: 'attachment uploaded successfully', status: 'success' };
  return { status: 200, body: { data: [done] } };
}

function list(call: Call) {
  const { desk, request } = call;
  const { module, id } = parentOf(call);
  // Version 8 wants to hear which fields.
  const fields = fieldsOf(request.query.fields);
  if (fields === undefined) throw missingParameter('fields');
  const own = attachmentsOf(desk)
    .all()
    .filter((row) => row.module === module.apiName && row.record === id);
  const page = pageOf(own.toReversed(), request.query);
  if (page.items.length === 0) return { status: 204 };
  const parent = recordsOf(desk, module.apiName).get(id);
  const data = page.items.map((row) => {
    const by = { name: row.by.name, id: row.by.id, email: row.by.email };
    return {
      id: row.id,
      File_Name: row.name,
      Size: String(row.size),
      ...{ Created_Time: row.at, Created_By: by, Modified_Time: row.at, Modified_By: by, Owner: by },
      Parent_Id: { id, name: parent === undefined ? '' : displayName(module, parent) },
      ...{ $type: 'Attachment', $se_module: module.apiName, $editable: true, $link_url: null },
    };
  });
  const info = {
    per_page: page.perPage,
    count: data.length,
    page: page.page,
    more_records: page.more,
    ...{ next_page_token: null, previous_page_token: null, page_token_expiry: null },
  };
  return { status: 200, body: { data, info } };
}

function parentOf(call: Call) {
  const module = moduleOf(call);
  const id = String(call.request.params.id);
  if (!recordsOf(call.desk, module.apiName).get(id)) throw invalidId();
  return { module, id };
}
