import { Refusal } from '../kit/refusal.ts';

interface Reason {
  readonly domain: string;
  readonly reason: string;
  readonly location?: string;
  readonly locationType?: 'parameter' | 'header';
}

/** Ends a request with an error. https://developers.google.com/workspace/calendar/api/guides/errors */
export class CalendarRefusal extends Refusal {
  override readonly name = 'CalendarRefusal';

  constructor(code: number, message: string, reason: Reason) {
    super(code, message, calendarError(code, message, reason));
  }
}

export function calendarError(code: number, message: string, { domain, reason, ...at }: Reason): object {
  return { error: { errors: [{ domain, reason, message, ...at }], code, message } };
}

const global = (code: number, reason: string, message: string): CalendarRefusal =>
  new CalendarRefusal(code, message, { domain: 'global', reason });

export const notFound = (): CalendarRefusal => global(404, 'notFound', 'Not Found');
export const deleted = (): CalendarRefusal => global(410, 'deleted', 'Resource has been deleted');
export const duplicate = (): CalendarRefusal =>
  global(409, 'duplicate', 'The requested identifier already exists.');
export const required = (message: string): CalendarRefusal => global(400, 'required', message);
export const invalid = (message: string): CalendarRefusal => global(400, 'invalid', message);

export const invalidParameter = (name: string, value: string): CalendarRefusal =>
  new CalendarRefusal(400, `Invalid value for: ${name}: ${value}`, {
    domain: 'global',
    reason: 'invalidParameter',
    location: name,
    locationType: 'parameter',
  });

export const conditionNotMet = (): CalendarRefusal =>
  new CalendarRefusal(412, 'Precondition Failed', {
    domain: 'global',
    reason: 'conditionNotMet',
    location: 'If-Match',
    locationType: 'header',
  });

export const fullSyncRequired = (): CalendarRefusal =>
  new CalendarRefusal(410, 'Sync token is no longer valid, a full sync is required.', {
    domain: 'calendar',
    reason: 'fullSyncRequired',
    location: 'syncToken',
    locationType: 'parameter',
  });

export const timeRangeEmpty = (): CalendarRefusal =>
  new CalendarRefusal(400, 'The specified time range is empty.', {
    domain: 'calendar',
    reason: 'timeRangeEmpty',
    location: 'timeMax',
    locationType: 'parameter',
  });

export const writersOnly = (): CalendarRefusal =>
  new CalendarRefusal(403, 'You need to have writer access to this calendar.', {
    domain: 'calendar',
    reason: 'requiredAccessLevel',
  });

export const overLimit = (): CalendarRefusal =>
  new CalendarRefusal(403, 'User Rate Limit Exceeded', {
    domain: 'usageLimits',
    reason: 'userRateLimitExceeded',
  });
