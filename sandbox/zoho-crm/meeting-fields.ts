import { randomBytes } from 'node:crypto';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { company } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { type CrmError, crmError } from './failure.ts';
import { people } from './people.ts';
import { type CrmRecord, recordsOf } from './record.ts';
import { crmTime } from './time.ts';

type Values = Readonly<Record<string, unknown>>;

/** https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html, possible errors. */
const MOST_PARTICIPANTS = 50;
const MOST_OCCURRENCES = 1_000;
const MODULES: Readonly<Record<string, string>> = { contact: 'Contacts', lead: 'Leads' };
const RULE_PARTS = /^(FREQ|INTERVAL|BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS|COUNT|UNTIL|DTSTART)=/;

/** As the CRM gives participants of a meeting. */
export interface StoredParticipant {
  readonly id: string;
  readonly type: 'contact' | 'lead' | 'user' | 'email';
  /** Id of the contact, lead or user; the address of anybody else. */
  readonly participant: string;
  readonly Email: string | null;
  readonly name: string | null;
  readonly invited: boolean;
  readonly status: string;
}

export type Read = { readonly value: unknown } | { readonly error: CrmError };

/** Reads `Participants: [{type, participant}]`; of type `email` the address may stand in `Email`. */
export function readParticipants(desk: VendorDesk, sent: unknown, at: Values): Read {
  const wrong = (): Read => ({
    error: crmError('INVALID_DATA', 'invalid data', { ...at, expected_data_type: 'jsonarray' }),
  });
  if (!Array.isArray(sent)) return wrong();
  if (sent.length > MOST_PARTICIPANTS)
    return { error: crmError('LIMIT_EXCEEDED', 'Only 50 participants can be added to an event.', { ...at }) };
  const read: StoredParticipant[] = [];
  for (const one of sent as Values[]) {
    const found = participantOf(desk, one);
    if (found === null) return wrong();
    read.push(found);
  }
  return { value: read };
}

function participantOf(desk: VendorDesk, sent: Values): StoredParticipant | null {
  const { type, participant, Email } = sent;
  const id = desk.digits('487687600008', 7);
  const invited = { id, invited: false, status: 'not_known' };
  if (type === 'email') {
    const address = String(Email ?? participant ?? '');
    if (!/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(address)) return null;
    return { ...invited, type, participant: address, Email: address, name: null };
  }
  if (type === 'user') {
    const user = people.find((one) => one.id === participant);
    return user ? { ...invited, type, participant: user.id, Email: user.email, name: user.name } : null;
  }
  const module = MODULES[String(type)];
  const record = module === undefined ? undefined : recordsOf(desk, module).get(String(participant));
  if (!record) return null;
  return {
    ...invited,
    type: type as 'contact' | 'lead',
    participant: record.id,
    Email: (record.Email as string | null) ?? null,
    name: (record.Full_Name as string | null) ?? null,
  };
}

/** Reads `Recurring_Activity: {RRULE}`; its days are written with dashes. */
export function readRecurrence(sent: unknown, at: Values): Read {
  const rule = (sent as { RRULE?: unknown } | null)?.RRULE;
  const parts = typeof rule === 'string' ? rule.split(';') : [];
  const isKnown = parts.length > 0 && parts.every((part) => RULE_PARTS.test(part));
  // That a series needs an end is an assumption: one record for each occurrence cannot be had without.
  const ends = parts.some((part) => /^(COUNT|UNTIL)=/.test(part));
  if (!isKnown || !ends || !/(^|;)FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)/.test(String(rule)))
    return { error: crmError('INVALID_DATA', 'invalid data', { ...at, expected_data_type: 'RRULE' }) };
  return { value: { RRULE: rule } };
}

/** What holds for a meeting as a whole. All-day ones begin at midnight and end a second before one. */
export function checkMeeting(
  values: Values,
  path: string,
  existing: CrmRecord | undefined,
): { readonly values: Values } | { readonly error: CrmError } {
  const whole: Values = { ...existing, ...values };
  const at = (name: string): Values => ({ api_name: name, json_path: `${path}.${name}` });
  const [start, end] = [String(whole.Start_DateTime), String(whole.End_DateTime)];
  if (values.Recurring_Activity && !existing && !values.Remind_At)
    return { error: crmError('MANDATORY_NOT_FOUND', 'required field not found', { ...at('Remind_At') }) };
  if (whole.All_day === true) {
    const [first, last] = [start, end].map((text) => text.slice(0, 10)) as [string, string];
    if (last < first) return { error: crmError('INVALID_DATA', 'invalid data', { ...at('End_DateTime') }) };
    return {
      values: {
        ...values,
        Start_DateTime: momentOf(first, '00:00:00'),
        End_DateTime: momentOf(last, '23:59:59'),
      },
    };
  }
  if (Date.parse(end) < Date.parse(start))
    return { error: crmError('INVALID_DATA', 'invalid data', { ...at('End_DateTime') }) };
  const times = ['Start_DateTime', 'End_DateTime'].filter((name) => values[name] !== undefined);
  const shown = times.map((name) => [name, crmTime(new Date(String(values[name])))]);
  return { values: { ...values, ...Object.fromEntries(shown) } };
}

/**
 * One meeting for each occurrence: the CRM makes a record of its own of each, and answers for each of them.
 * They share `$u_id`, as occurrences in a calendar do. Expanded on the clocks of the organisation.
 * https://www.zoho.com/crm/developer/docs/api/v8/insert-records.html, "insert a recurring event"
 */
export function occurrencesOf(values: Values): Values[] {
  const own = { $u_id: `${randomBytes(16).toString('hex')}@zoho.com`, $recurrence_id: null };
  const rule = (values.Recurring_Activity as { RRULE?: string } | null | undefined)?.RRULE;
  if (rule === undefined) return [{ ...values, ...own }];
  const [start, end] = [values.Start_DateTime, values.End_DateTime].map((text) =>
    Temporal.Instant.from(String(text)).toZonedDateTimeISO(company.timeZone),
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime];
  const length = start.toPlainDateTime().until(end.toPlainDateTime());
  return startsOf(rule, start).map((at) => {
    const until = at.toPlainDateTime().add(length).toZonedDateTime(company.timeZone);
    const [from, to] = [at, until].map((one) => crmTime(new Date(one.epochMilliseconds)));
    return { ...values, ...own, Start_DateTime: from, End_DateTime: to };
  });
}

function startsOf(rule: string, start: Temporal.ZonedDateTime): Temporal.ZonedDateTime[] {
  const parts = Object.fromEntries(rule.split(';').map((part) => part.split('=') as [string, string]));
  const { DTSTART: first, UNTIL: last, ...rest } = parts;
  const dtstart =
    first === undefined
      ? start
      : Temporal.PlainDate.from(dashed(first)).toZonedDateTime({
          timeZone: company.timeZone,
          plainTime: start.toPlainTime(),
        });
  const bound =
    last === undefined
      ? []
      : [
          `UNTIL=${Temporal.PlainDateTime.from(`${dashed(last)}T23:59:59`)
            .toZonedDateTime(company.timeZone)
            .toInstant()
            .toString({ smallestUnit: 'second' })
            .replace(/[-:]/g, '')}`,
        ];
  const body = [...Object.entries(rest).map(([name, value]) => `${name}=${value}`), ...bound].join(';');
  const found: Temporal.ZonedDateTime[] = [];
  new RRuleTemporal({ rruleString: `RRULE:${body}`, dtstart, temporal: Temporal }).all((at) => {
    if (found.length >= MOST_OCCURRENCES) return false;
    found.push(at);
    return true;
  });
  return found;
}

const dashed = (day: string): string => day.replace(/^(\d{4})-?(\d{2})-?(\d{2}).*$/, '$1-$2-$3');

function momentOf(day: string, clock: string): string {
  const at = Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(company.timeZone);
  return crmTime(new Date(at.epochMilliseconds));
}

/**
 * Notes in the ledger whom a write would be mailed to, as one write of object `invitation`: nobody, unless
 * the record was sent with `$send_notification`. Nothing is sent.
 */
export function mailParticipants(
  desk: VendorDesk,
  operation: string,
  input: Values,
  record: CrmRecord,
): void {
  if (input.$send_notification !== true) return;
  const participants = (record.Participants as readonly StoredParticipant[] | null) ?? [];
  const to = participants.flatMap(({ Email }) => Email ?? []);
  if (to.length === 0) return;
  const about = { to, about: record.Event_Title };
  desk.wrote({
    operation,
    object: 'invitation',
    id: record.id,
    action: 'create',
    marker: null,
    record: about,
  });
}
