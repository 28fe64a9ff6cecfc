import type { VendorDesk } from '../core/simulator.ts';
import { CrmFailure, crmError } from './failure.ts';
import { filesOf, type StoredFile } from './file-routes.ts';

export interface Correspondent {
  readonly user_name: string | null;
  readonly email: string;
}

/** A mail as it is put on a record. */
export interface GivenEmail {
  readonly from: Correspondent;
  readonly to: readonly Correspondent[];
  readonly cc: readonly Correspondent[];
  readonly bcc: readonly Correspondent[];
  readonly subject: string;
  readonly content: string;
  readonly mail_format: 'html' | 'text';
  readonly original_message_id: string;
  readonly sent: boolean;
  /** ISO 8601. */
  readonly date_time: string;
  readonly attachments: readonly StoredFile[];
}

const MOST_RECIPIENTS = 50;
const MOST_ATTACHMENTS = 20;
const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]+\.[^\s@<>"]{2,}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const KNOWN = new Set([
  ...['from', 'to', 'cc', 'bcc', 'subject', 'content', 'mail_format', 'original_message_id'],
  ...['sent', 'date_time', 'attachments', 'linked_record'],
]);

const at = (field: string) => ({ api_name: field, json_path: `$.Emails[0].${field}` });
const missing = (field: string): CrmFailure =>
  new CrmFailure(400, crmError('MANDATORY_NOT_FOUND', 'required field not found', at(field)), 'Emails');
const wrong = (field: string, details: object = {}): CrmFailure =>
  new CrmFailure(400, crmError('INVALID_DATA', 'invalid data', { ...at(field), ...details }));

/** Reads one mail of a request, or refuses it. */
export function emailFrom(desk: VendorDesk, given: Readonly<Record<string, unknown>>): GivenEmail {
  for (const field of Object.keys(given)) if (!KNOWN.has(field)) throw wrong(field);
  const text = (field: string, longest: number): string => {
    const value = given[field];
    if (value === undefined || value === null || value === '') throw missing(field);
    if (typeof value !== 'string') throw wrong(field, { expected_data_type: 'string' });
    if (value.length > longest) throw wrong(field, { maximum_length: longest });
    return value;
  };
  const people = (field: string, mandatory: boolean): Correspondent[] => {
    const value = given[field];
    if (value === undefined || value === null) {
      if (mandatory) throw missing(field);
      return [];
    }
    if (!Array.isArray(value) || (mandatory && value.length === 0)) throw wrong(field);
    if (value.length > MOST_RECIPIENTS) throw wrong(field, { maximum_length: MOST_RECIPIENTS });
    return value.map((one) => person(field, one));
  };
  if (given.from === undefined || given.from === null) throw missing('from');
  const { sent, mail_format: format = 'html' } = given;
  if (sent === undefined) throw missing('sent');
  if (typeof sent !== 'boolean') throw wrong('sent', { expected_data_type: 'boolean' });
  if (format !== 'html' && format !== 'text') throw wrong('mail_format');
  const moment = text('date_time', 50);
  if (!MOMENT.test(moment) || Number.isNaN(Date.parse(moment)))
    throw wrong('date_time', { expected_data_type: 'datetime' });
  return {
    from: person('from', given.from),
    to: people('to', true),
    cc: people('cc', false),
    bcc: people('bcc', false),
    subject: text('subject', 500),
    content: text('content', 32_000),
    mail_format: format,
    original_message_id: text('original_message_id', 255),
    sent,
    date_time: moment,
    attachments: attachments(desk, given.attachments),
  };
}

function person(field: string, value: unknown): Correspondent {
  const { email, user_name: name = null } = Object(value) as { email?: unknown; user_name?: unknown };
  if (typeof email !== 'string' || email.length > 255 || !EMAIL.test(email)) throw wrong(field);
  if (name !== null && (typeof name !== 'string' || name.length > 255)) throw wrong(field);
  return { user_name: name, email };
}

function attachments(desk: VendorDesk, value: unknown): StoredFile[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw wrong('attachments');
  if (value.length > MOST_ATTACHMENTS) throw wrong('attachments', { maximum_length: MOST_ATTACHMENTS });
  return value.map((one) => {
    const { id } = Object(one) as { id?: unknown };
    const file = typeof id === 'string' ? filesOf(desk).get(id) : undefined;
    if (file === undefined) throw wrong('attachments');
    return file;
  });
}
