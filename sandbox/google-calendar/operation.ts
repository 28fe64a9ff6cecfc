import type { VendorDesk } from '../core/simulator.ts';

export interface Call {
  readonly desk: VendorDesk;
  /** From the path, percent-decoded; empty where it has none. */
  readonly calendarId: string;
  readonly eventId: string;
  readonly query: URLSearchParams;
  /** The JSON body, an object; empty where there was none. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

export interface Answer {
  readonly status?: number;
  readonly body?: object;
}

/** One method of the API, as data for the pipeline of `routes.ts`. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** On the raw path, groups `calendar` and `event` still percent-encoded. */
  readonly path: RegExp;
  /** One of these scopes is enough; names below `https://www.googleapis.com/auth/`. */
  readonly scopes: readonly string[];
  run(call: Call): Answer;
}

export const EVENTS_WRITE = ['calendar', 'calendar.events', 'calendar.events.owned'];
export const EVENTS_READ = [
  ...EVENTS_WRITE,
  'calendar.readonly',
  'calendar.events.readonly',
  'calendar.events.owned.readonly',
];
export const CALENDARS_READ = [
  'calendar',
  'calendar.readonly',
  'calendar.calendars',
  'calendar.calendars.readonly',
];
export const LIST_READ = [
  'calendar',
  'calendar.readonly',
  'calendar.calendarlist',
  'calendar.calendarlist.readonly',
];

const name = '[^/]+';
/** `/calendar/v3` and what follows, as a pattern of the whole path. */
export const path = (text: string): RegExp =>
  new RegExp(
    `^/calendar/v3${text
      .replace('{calendarId}', `(?<calendar>${name})`)
      .replace('{eventId}', `(?<event>${name})`)}$`,
  );
