import type { Router } from 'express';
import { bodyOf } from '../core/body.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type Call, elementsOf, moduleOf, route } from './call.ts';
import { catalogueOf } from './catalogue.ts';
import { emailFrom, type GivenEmail } from './email-fields.ts';
import { CrmFailure, crmError, invalidId, invalidModule, invalidParameter } from './failure.ts';
import type { UserRef } from './people.ts';
import { displayName, recordsOf } from './record.ts';
import { crmTime } from './time.ts';

/** A mail on a record. */
export interface HeldEmail extends GivenEmail {
  readonly message_id: string;
  readonly module: string;
  readonly record: string;
  readonly owner: UserRef;
}

const MODULES = new Set(['Leads', 'Contacts', 'Accounts', 'Deals']);
const PAGE = 10;
const TYPES = new Set([
  ...['all_contacts_draft_crm_emails', 'all_contacts_scheduled_crm_emails', 'all_contacts_sent_crm_emails'],
  ...['sent_from_crm', 'scheduled_in_crm', 'drafts', 'user_emails'],
]);

export const emailsOf = (desk: VendorDesk) => desk.table<HeldEmail>('emails');

/** Mails of a record, the newest first. */
export const emailsOn = (desk: VendorDesk, module: string, record: string): HeldEmail[] =>
  emailsOf(desk)
    .all()
    .filter((one) => one.module === module && one.record === record)
    .sort((one, other) => Date.parse(other.date_time) - Date.parse(one.date_time));

/**
 * Mails below the record that they are on.
 * https://www.zoho.com/crm/developer/docs/api/v8/associate-email.html, get-email-rel-list.html
 */
export function emailRoutes(router: Router, desk: VendorDesk): void {
  router.get(
    '/:module/:id/Emails',
    route(desk, ['ZohoCRM.modules.{module}.READ', 'ZohoCRM.modules.emails.READ'], list),
  );
  router.post(
    '/:module/:id/actions/associate_email',
    route(desk, ['ZohoCRM.modules.{module}.ALL', 'ZohoCRM.modules.emails.ALL'], associate),
  );
}

function associate(call: Call) {
  const { desk, request, user } = call;
  const module = mailedModule(call);
  const record = String(request.params.id);
  if (!recordsOf(desk, module.apiName).get(record))
    throw new CrmFailure(400, crmError('INVALID_DATA', 'the related id given seems to be invalid'));
  const [given, ...others] = elementsOf(bodyOf(request).json, 'Emails');
  if (given === undefined || others.length > 0)
    throw new CrmFailure(
      400,
      crmError('INVALID_DATA', 'invalid data', {
        maximum_length: 1,
        api_name: 'Emails',
        json_path: '$.Emails',
      }),
    );
  const email = emailFrom(desk, given);
  const id = desk.id('c6085fae06cbd7b75001fd80ffefab46', 32);
  const held: HeldEmail = { ...email, message_id: id, module: module.apiName, record, owner: user };
  emailsOf(desk).put(id, held);
  desk.wrote({
    operation: `POST /${module.apiName}/:id/actions/associate_email`,
    object: 'email',
    id,
    action: 'create',
    marker: email.original_message_id,
    record: held,
  });
  const done = {
    code: 'SUCCESS',
    details: { message_id: id },
    message: 'Email associated successfully.',
    status: 'success',
  };
  return { status: 201, body: { Emails: [done] } };
}

function list(call: Call) {
  const { desk, request } = call;
  const module = mailedModule(call);
  const id = String(request.params.id);
  const record = recordsOf(desk, module.apiName).get(id);
  if (record === undefined) throw invalidId();
  const { type, index = '0' } = request.query;
  if (type !== undefined && !TYPES.has(String(type)))
    throw invalidParameter('type', 'the value given seems to be invalid');
  const from = Number(String(index).replace(/^p/, ''));
  if (!Number.isInteger(from)) throw invalidParameter('index', 'the index given seems to be invalid');
  // What a person's own mailbox holds, and what was sent from the CRM, are other lists.
  const all = type === undefined ? emailsOn(desk, module.apiName, id) : [];
  const page = all.slice(from, from + PAGE);
  if (page.length === 0) return { status: 204 };
  const linked = {
    module: { api_name: module.apiName, id: catalogueOf(desk).moduleId(module.apiName) },
    name: displayName(module, record),
    id,
  };
  const more = all.length > from + PAGE;
  const info = {
    count: page.length,
    next_index: more ? `p${from + PAGE}` : null,
    prev_index: from === 0 ? null : `p${Math.max(0, from - PAGE)}`,
    per_page: PAGE,
    more_records: more,
  };
  return { status: 200, body: { Emails: page.map((one) => shownEmail(one, linked)), info } };
}

function shownEmail(email: HeldEmail, linked: object) {
  const { attachments, owner } = email;
  return {
    attachments: attachments.map(({ id, name, size }) => ({ id, name, size: String(size) })),
    thread_id: email.message_id,
    cc: email.cc,
    summary: null,
    owner: { name: owner.name, id: owner.id },
    read: true,
    sent: email.sent,
    subject: email.subject,
    activity_info: null,
    intent: null,
    sentiment_info: null,
    message_id: email.message_id,
    source: 'crm',
    linked_record: linked,
    emotion: null,
    from: email.from,
    to: email.to,
    time: crmTime(new Date(email.date_time)),
    status: [],
    has_attachment: attachments.length > 0,
    has_thread_attachment: attachments.length > 0,
  };
}

function mailedModule(call: Call) {
  const module = moduleOf(call);
  if (!MODULES.has(module.apiName)) throw invalidModule();
  return module;
}
