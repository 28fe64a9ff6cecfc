import type { Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type Call, moduleOf, route } from './call.ts';
import { CrmFailure, crmError, invalidId, missingParameter } from './failure.ts';
import { TEST_VIRUS } from './file-routes.ts';
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

/** What a file holds, beside its row: whoever lists files does not read them. */
interface ContentRow {
  readonly base64: string;
}

/** Bytes of all files beside one record. https://help.zoho.com/portal/en/kb/crm/articles/manage-notes-and-attachments */
const MOST_BYTES = 100 * 1_024 * 1_024;

const RECORDS = 'ZohoCRM.modules.{module}.READ';

export const attachmentsOf = (desk: VendorDesk) => desk.table<AttachmentRow>('attachments');
const contentsOf = (desk: VendorDesk) => desk.table<ContentRow>('attachment-contents', { unlisted: true });

/** The files beside a record, the last one first. */
export const filesBeside = (desk: VendorDesk, module: string, record: string): AttachmentRow[] =>
  attachmentsOf(desk)
    .all()
    .filter((row) => row.module === module && row.record === record)
    .toReversed();

/** What a file holds; undefined: there is no such file. */
export function bytesOf(desk: VendorDesk, id: string): Uint8Array | undefined {
  const content = contentsOf(desk).get(id);
  return content && Buffer.from(content.base64, 'base64');
}

/**
 * Files below the record that they are beside.
 * https://www.zoho.com/crm/developer/docs/api/v8/upload-attachment.html, get-attachments.html
 */
export function attachmentRoutes(router: Router, desk: VendorDesk): void {
  contentsOf(desk);
  router.get('/:module/:id/Attachments', route(desk, [RECORDS], list));
  router.post('/:module/:id/Attachments', route(desk, ['ZohoCRM.modules.{module}.CREATE'], attach));
}

function attach(call: Call) {
  const { desk, request, user } = call;
  const { module, id: record } = parentOf(call);
  const [file, ...others] = bodyOf(request).files.filter(({ field }) => field === 'file');
  if (file === undefined) throw missingParameter('file');
  // All types but programs. What an empty file or a virus is answered is not documented: of the codes that the contract
  // has for attachments, there is none other.
  const isVirus = Buffer.from(file.bytes).includes(TEST_VIRUS);
  if (others.length > 0 || file.bytes.length === 0 || isVirus || /\.exe$/i.test(file.name))
    throw new CrmFailure(400, crmError('INVALID_DATA', 'invalid data provided', { param_name: 'file' }));
  const beside = filesBeside(desk, module.apiName, record).reduce((sum, { size }) => sum + size, 0);
  if (beside + file.bytes.length > MOST_BYTES)
    throw new CrmFailure(
      413,
      crmError(
        'FILE_SIZE_MORE_THAN_ALLOWED_SIZE',
        'Please check if the size of the file is in the correct range',
      ),
    );
  const id = desk.digits('4876876000000', 6);
  const row: AttachmentRow = {
    ...{ id, module: module.apiName, record, name: file.name, contentType: file.contentType },
    ...{ size: file.bytes.length, at: crmTime(desk.clock()), by: user },
  };
  attachmentsOf(desk).put(id, row);
  contentsOf(desk).put(id, { base64: Buffer.from(file.bytes).toString('base64') });
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
  const page = pageOf(filesBeside(desk, module.apiName, id), request.query);
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
