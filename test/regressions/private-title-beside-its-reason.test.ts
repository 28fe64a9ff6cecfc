import type { GoogleCalendarClient } from '../../server/connectors/google-calendar/client.ts';
import { googleCalendar } from '../../server/connectors/google-calendar/connector.ts';
import { event as googleEvent } from '../../server/connectors/google-calendar/event-object.ts';
import type { MicrosoftCalendarClient } from '../../server/connectors/microsoft-calendar/client.ts';
import { microsoftCalendar } from '../../server/connectors/microsoft-calendar/connector.ts';
import { event as outlookEvent } from '../../server/connectors/microsoft-calendar/event-object.ts';
import { PRIVATE_TITLE, saidTitle } from '../../server/core/calendar/untitled.ts';
import type {
  FieldValue,
  FieldValues,
  ObjectOptions,
  SideRecord,
  SyncObject,
} from '../../server/core/sync-object.ts';
import { type OpenSandbox, openSandbox } from '../conformance/sandbox-connection.ts';

/** What a private meeting says, or a private date of a series that is none, goes nowhere: not to the CRM, not to the list of what is left out. */

const ZONE = 'Europe/Paris';
const SECRET = 'Rendez-vous à l’hôpital';
const fields = ['title', 'schedule', 'location', 'description', 'participants'];
const weekly = {
  start: '2027-03-01T10:00:00',
  end: '2027-03-01T11:00:00',
  zone: ZONE,
  rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270322',
};
const hidden = { at: '2027-03-15T10:00:00', cancelled: true };
const values = (schedule: FieldValue, title = 'Point projet'): FieldValues => ({
  title,
  schedule,
  location: null,
  description: null,
  participants: [],
});

/** A calendar, and how its owner says that something is private there. */
interface Calendar {
  readonly read: (id: string, options?: ObjectOptions) => Promise<SideRecord | undefined>;
  readonly all: () => Promise<readonly SideRecord[]>;
  readonly create: (whole: FieldValues) => Promise<string>;
  readonly update: (id: string, patch: FieldValues, whole: FieldValues) => ReturnType<SyncObject['update']>;
  /** A meeting; of a series its date in March. */
  readonly makePrivate: (id: string, day?: '2027-03-15') => Promise<unknown>;
  /** What the owner sees that day. */
  readonly titleOn: (id: string) => Promise<unknown>;
}

// biome-ignore lint/suspicious/noExplicitAny: each connector has a client type of its own.
function calendarOf(object: SyncObject<any>, client: unknown, options: ObjectOptions) {
  let marks = 0;
  return {
    read: async (id: string, more: ObjectOptions = {}) =>
      (await object.read(client, { ids: [id], fields, options: { ...options, ...more } }))[0],
    async all() {
      const records: SideRecord[] = [];
      let cursor: FieldValue = null;
      for (let more = true; more; ) {
        const page = await object.changes(client, { cursor, fields, options });
        records.push(...page.records);
        ({ cursor, more } = page);
      }
      return records;
    },
    async create(whole: FieldValues) {
      marks += 1;
      const [made] = await object.create(client, [{ marker: `private-${marks}`, values: whole }], options);
      if (!made?.ok) throw made?.error ?? new Error('nothing was made');
      return made.id;
    },
    update: (id: string, patch: FieldValues, whole: FieldValues) =>
      object.update(client, [{ id, version: null, values: patch, whole }], options),
  };
}

const GOOGLE = { calendarId: 'primary', sendUpdates: 'none' } as const;
function google(client: GoogleCalendarClient): Calendar {
  const dateOf = (id: string) => `${id}_20270315T090000Z`;
  return {
    ...calendarOf(googleEvent, client, { calendar: 'primary' }),
    makePrivate: (id, day) =>
      client.patchEvent(GOOGLE, day === undefined ? id : dateOf(id), null, {
        summary: SECRET,
        visibility: 'private',
      }),
    titleOn: async (id) => (await client.getEvent('primary', dateOf(id)))?.summary,
  };
}
function outlook(client: MicrosoftCalendarClient): Calendar {
  const dateOf = (id: string) => `${id}.20270315`;
  return {
    ...calendarOf(outlookEvent, client, { counterpartZone: ZONE }),
    makePrivate: (id, day) =>
      client.changeEvent(day === undefined ? id : dateOf(id), null, {
        subject: SECRET,
        sensitivity: 'private',
      }),
    titleOn: async (id) => (await client.getEvents([dateOf(id)]))[0]?.subject,
  };
}

describe.each(['google-calendar', 'microsoft-calendar'] as const)('%s', (vendor) => {
  let sandbox: OpenSandbox;
  let calendar: Calendar;

  beforeAll(async () => {
    const isGoogle = vendor === 'google-calendar';
    sandbox = await openSandbox(`private-title-${vendor}`, {
      only: [vendor, isGoogle ? 'google-accounts' : 'microsoft-accounts'],
    });
    calendar = isGoogle
      ? google((await sandbox.connect(googleCalendar)).client)
      : outlook((await sandbox.connect(microsoftCalendar)).client);
  });
  afterAll(() => sandbox.close());

  it('a private meeting is told as one, without what it says', async () => {
    const id = await calendar.create(values({ start: '2027-02-01T09:00:00Z', end: '2027-02-01T10:00:00Z' }));
    await calendar.makePrivate(id);
    const record = await calendar.read(id);
    expect(record).toMatchObject({
      label: PRIVATE_TITLE,
      values: {},
      excluded: { fr: expect.stringContaining('privée') },
    });
    expect(saidTitle(PRIVATE_TITLE)).toEqual({ en: '(Private)', fr: '(Privée)' });
    expect(JSON.stringify([record, await calendar.all()])).not.toContain(SECRET);
    expect((await calendar.read(id, { privateMeetings: true }))?.values.title).toBe(SECRET);
  });

  it('a private date of a series is none for others, and no change of the series writes over it', async () => {
    const id = await calendar.create(values(weekly));
    await calendar.makePrivate(id, '2027-03-15');
    const record = await calendar.read(id);
    expect(record?.values.schedule).toEqual({ ...weekly, exceptions: [hidden] });
    expect(JSON.stringify([record, await calendar.all()])).not.toContain(SECRET);
    const shared = (await calendar.read(id, { privateMeetings: true }))?.values.schedule;
    expect(shared).toMatchObject({ exceptions: [{ at: hidden.at, title: SECRET }] });

    const known = { ...weekly, exceptions: [hidden] };
    expect(await calendar.update(id, { title: 'Bilan' }, values(known, 'Bilan'))).toMatchObject([
      { ok: true },
    ]);
    expect(await calendar.titleOn(id)).toBe(SECRET);
    const moved = { ...known, exceptions: [{ at: '2027-03-08T10:00:00', cancelled: true }, hidden] };
    expect(await calendar.update(id, { schedule: moved }, values(moved, 'Bilan'))).toMatchObject([
      { ok: true },
    ]);
    expect(await calendar.titleOn(id)).toBe(SECRET);
    const refused = [{ ok: false, error: { kind: 'rejected', details: { field: 'schedule' } } }];
    for (const schedule of [
      weekly,
      { ...known, start: '2027-03-01T14:00:00', end: '2027-03-01T15:00:00', exceptions: [] },
    ])
      expect(await calendar.update(id, { schedule }, values(schedule, 'Bilan'))).toMatchObject(refused);
    expect(await calendar.titleOn(id)).toBe(SECRET);
  });
});
