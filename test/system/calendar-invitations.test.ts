import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import {
  json,
  type Liaison,
  newPlace,
  type Place,
  removePlace,
  startLiaison,
  until,
} from './liaison-process.ts';
import { type OutsideUser, outsideUser } from './outside-user.ts';
import { type SystemSync, systemSync, writesSince } from './syncs.ts';

const EVENTS = '/calendar/v3/calendars/primary/events';
const ME = 'hugo.marchetti@atelier-lumen.example';

interface CrmMeeting {
  readonly id: string;
  readonly Event_Title: string;
  readonly Start_DateTime: string;
  readonly End_DateTime: string;
  readonly All_day: boolean;
  readonly Description: string | null;
  readonly Participants: readonly { readonly Email: string | null }[] | null;
}
interface GoogleEvent {
  readonly id: string;
  readonly summary?: string;
  readonly start?: { dateTime?: string; date?: string };
  readonly attendees?: readonly Record<string, unknown>[];
  readonly recurringEventId?: string;
}

let database: TestDatabase;
let place: Place;
let liaison: Liaison;
let sync: SystemSync;
let google: OutsideUser;
let crm: OutsideUser;

/** What people do in Google, and what comes by mail. */
const act = (wish: object): Promise<{ id: string }> =>
  json(`${liaison.sandboxUrl}/_sandbox/acts/google-calendar`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });

const at = (dateTime: string, timeZone?: string) => ({ dateTime, ...(timeZone ? { timeZone } : {}) });
const insert = (event: object): Promise<GoogleEvent> => google.call('POST', EVENTS, event);
const once = (summary: string, day: string, more: object = {}) =>
  insert({ summary, start: at(`${day}T09:00:00Z`), end: at(`${day}T10:00:00Z`), ...more });

async function allInCrm(): Promise<CrmMeeting[]> {
  const fields = 'Event_Title,Start_DateTime,End_DateTime,All_day,Description,Participants';
  const { data = [] } = await crm.call<{ data?: CrmMeeting[] }>(
    'GET',
    `/crm/v8/Events?fields=${fields}&per_page=200`,
  );
  return data.sort((a, b) => Date.parse(a.Start_DateTime) - Date.parse(b.Start_DateTime));
}
const inCrm = async (title: string): Promise<CrmMeeting[]> =>
  (await allInCrm()).filter((one) => one.Event_Title === title);
const utc = (text: string): string => new Date(text).toISOString().slice(0, 16);
const crmTimes = async (title: string): Promise<string[]> =>
  (await inCrm(title)).map(({ Start_DateTime }) => utc(Start_DateTime));

async function inGoogle(title: string): Promise<GoogleEvent[]> {
  const { items } = await google.call<{ items: GoogleEvent[] }>(
    'GET',
    `${EVENTS}?singleEvents=true&maxResults=2500&timeMin=2026-11-01T00:00:00Z&timeMax=2028-06-01T00:00:00Z`,
  );
  return items.filter(({ summary }) => summary === title);
}
const googleTimes = async (title: string): Promise<string[]> =>
  (await inGoogle(title)).map(({ start }) => utc(start?.dateTime ?? start?.date ?? '')).sort();

/** Why a record is left out, by its title there. */
async function leftOut(label: string): Promise<{ en: string; fr: string; withdraws?: boolean } | null> {
  const [row] = await sync.database.query<{ excluded: { en: string; fr: string } | null }>(
    `select excluded from sync_records where integration = 'calendar-google-crm' and side = 'left' and label = $1`,
    [label],
  );
  return row?.excluded ?? null;
}

const series = (summary: string, start: string, zone: string, ...recurrence: string[]) => {
  const end = new Date(Date.parse(start) + 3_600_000).toISOString();
  return { summary, start: at(start, zone), end: at(end, zone), recurrence };
};
const crmSeries = (title: string, start: string, rule: string) => ({
  Event_Title: title,
  Start_DateTime: start,
  End_DateTime: start.replace(/T(\d\d)/, (_, hour) => `T${String(Number(hour) + 1).padStart(2, '0')}`),
  Recurring_Activity: { RRULE: rule },
  Remind_At: [{ unit: 15, period: 'minutes' }],
});

/** Series as programs write them: each with the moments that Google then has, whatever those are. */
const anySeries = fc
  .record({
    zone: fc.constantFrom(
      'Europe/Paris',
      'Europe/Brussels',
      'US/Eastern',
      'Asia/Calcutta',
      'Europe/Kiev',
      'America/Sao_Paulo',
      'UTC',
    ),
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.constantFrom('02', '03', '09', '10'),
    hour: fc.integer({ min: 8, max: 17 }),
    rule: fc.constantFrom(
      'FREQ=DAILY;COUNT=6',
      'FREQ=WEEKLY;COUNT=7',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=6',
      'FREQ=WEEKLY;BYDAY=TU;WKST=SU;COUNT=5',
      'FREQ=MONTHLY;COUNT=4',
      'FREQ=MONTHLY;BYDAY=-1FR;COUNT=4',
      'FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3',
      'freq=weekly;count=4',
    ),
    excluded: fc.constantFrom('none', 'utc', 'zone', 'quoted', 'floating', 'day', 'elsewhere', 'nothing'),
  })
  .map(({ zone, day, month, hour, rule, excluded }) => {
    const at = Temporal.PlainDateTime.from({ year: 2027, month: Number(month), day, hour });
    const start = at.toZonedDateTime(zone);
    // What repeats daily or weekly has its second occurrence there, the others hit nothing.
    const second = start.add(/DAILY/.test(rule) ? { days: 1 } : { weeks: 1 });
    const compact = (one: Temporal.ZonedDateTime): string =>
      one.toPlainDateTime().toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');
    const lines = {
      none: [],
      utc: [`EXDATE:${compact(second.withTimeZone('UTC'))}Z`],
      zone: [`EXDATE;TZID=${zone}:${compact(second)}`],
      quoted: [`EXDATE;TZID="${zone}":${compact(second)}`],
      floating: [`EXDATE:${compact(second)}`],
      day: [`EXDATE;VALUE=DATE:${compact(second).slice(0, 8)}`],
      elsewhere: [`EXDATE;TZID=Asia/Tokyo:${compact(second.withTimeZone('Asia/Tokyo'))}`],
      nothing: [`EXDATE:${compact(second.withTimeZone('UTC').add({ minutes: 5 }))}Z`],
    }[excluded];
    return {
      zone,
      start: start.toString({ timeZoneName: 'never' }),
      recurrence: [`RRULE:${rule}`, ...lines],
    };
  });
const RANDOM = fc.sample(anySeries, {
  numRuns: process.env.LIAISON_TEST_SIZE === 'full' ? 60 : 14,
  seed: 20_261_128,
});

const LOS_ANGELES = 'America/Los_Angeles';
const THURSDAYS = 'RRULE:FREQ=WEEKLY;UNTIL=20270318T140000Z;BYDAY=TH';

beforeAll(async () => {
  database = await createTestDatabase();
  place = await newPlace({ DATABASE_URL: database.connectionString, TZ: 'Asia/Tokyo' });
  liaison = await startLiaison(place);
  sync = await systemSync(database.connectionString, 'calendar-google-crm');
  google = await outsideUser(
    liaison.sandboxUrl,
    'google',
    'google-calendar',
    'google-calendar',
    'https://www.googleapis.com/auth/calendar',
  );
  crm = await outsideUser(liaison.sandboxUrl, 'zoho', 'zoho-crm', 'zoho-crm', 'ZohoCRM.modules.ALL');

  await act({
    act: 'invite',
    event: {
      recurringEventId: 'abc123',
      originalStartTime: at('2027-01-14T10:00:00+01:00'),
      start: at('2027-01-14T10:00:00+01:00'),
      end: at('2027-01-14T11:00:00+01:00'),
      summary: 'Point client',
      organizer: { email: 'x@other.example' },
      attendees: [
        { email: 'x@other.example', responseStatus: 'accepted' },
        { email: ME, responseStatus: 'accepted' },
      ],
    },
  });
  // The same meetings on both sides, told in zones of other names, and of the same clocks.
  await insert(
    series('Standup Bruxelles', '2027-01-04T10:00:00+01:00', 'Europe/Brussels', 'RRULE:FREQ=WEEKLY;COUNT=4'),
  );
  await insert(
    series('Standup Calcutta', '2027-01-04T10:00:00+05:30', 'Asia/Calcutta', 'RRULE:FREQ=WEEKLY;COUNT=4'),
  );
  const rule = 'FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;DTSTART=2027-01-04;UNTIL=2027-01-25';
  await crm.call('POST', '/crm/v8/Events', {
    data: [crmSeries('Standup Bruxelles', '2027-01-04T10:00:00+01:00', rule)],
  });
  await crm.call('POST', '/crm/v8/Events', {
    data: [crmSeries('Standup Calcutta', '2027-01-04T05:30:00+01:00', rule)],
  });
  await insert(
    series(
      'Windows',
      '2027-02-04T07:00:00-08:00',
      LOS_ANGELES,
      THURSDAYS,
      'EXDATE;TZID=Pacific Standard Time:20270211T070000',
    ),
  );
  await insert(
    series(
      'Décalée',
      '2027-02-04T07:00:00-08:00',
      LOS_ANGELES,
      THURSDAYS,
      'EXDATE;TZID=America/Los_Angeles:20270210T230000',
    ),
  );
  for (const [index, excluded] of [
    'EXDATE:20270608T080000Z',
    'EXDATE;TZID=America/New_York:20270608T040000',
    'EXDATE;VALUE=DATE:20270608',
    'EXDATE;TZID="Europe/London":20270608T090000',
  ].entries())
    await insert(
      series(
        `Londres ${index}`,
        '2027-06-01T09:00:00+01:00',
        'Europe/London',
        `RRULE:FREQ=WEEKLY;${['COUNT=3', 'UNTIL=20270615', 'UNTIL=20270615T090000', 'UNTIL=20270615T080000Z'][index]}`,
        excluded,
      ),
    );
  await insert(
    series(
      'Premier mardi',
      '2026-12-01T10:00:00+01:00',
      'Europe/Paris',
      'RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3',
    ),
  );
  const nowhere = {
    start: at('2027-01-26T15:00:00+01:00', 'Mitteleuropäische Zeit'),
    end: at('2027-01-26T16:00:00+01:00', 'Mitteleuropäische Zeit'),
  };
  await act({ act: 'invite', event: { summary: 'Heure inconnue', ...nowhere } });
  await act({
    act: 'invite',
    event: { summary: 'Série inconnue', ...nowhere, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] },
  });
  await insert({
    summary: 'Décalage',
    start: at('2027-03-12T07:00:00-03:00', 'UTC'),
    end: at('2027-03-12T08:00:00-03:00', 'UTC'),
  });
  await insert({
    ...series('Décalage hebdo', '2027-03-12T07:00:00-03:00', 'UTC', 'RRULE:FREQ=WEEKLY;COUNT=4'),
  });
  await insert({
    summary: 'Minuit UTC',
    start: at('2027-07-08T16:00:00-07:00', LOS_ANGELES),
    end: at('2027-07-08T17:00:00-07:00', LOS_ANGELES),
  });
  await insert({
    summary: 'Minuit Londres',
    start: at('2027-01-08T23:00:00Z', 'Europe/London'),
    end: at('2027-01-09T00:00:00Z', 'Europe/London'),
  });
  await insert({ summary: 'Toute la journée', start: { date: '2027-01-08' }, end: { date: '2027-01-09' } });
  await insert({
    start: at('2027-05-03T09:00:00Z'),
    end: at('2027-05-03T10:00:00Z'),
    description: 'sans nom 🎈',
  });
  const guests = (mine: string) => [
    { email: 'chef@other.example', organizer: true, responseStatus: 'accepted' },
    { email: ME, responseStatus: mine },
  ];
  await once('Refusée', '2027-05-04', { attendees: guests('declined') });
  await once('Peut-être', '2027-05-05', { attendees: guests('tentative'), status: 'tentative' });
  await insert({
    ...series('Une refusée', '2027-05-10T09:00:00Z', 'UTC', 'RRULE:FREQ=WEEKLY;COUNT=3'),
    attendees: guests('accepted'),
  });
  await act({
    act: 'invite',
    event: {
      summary: 'Grand-messe',
      start: at('2027-05-06T09:00:00Z'),
      end: at('2027-05-06T10:00:00Z'),
      organizer: { email: 'chef@other.example' },
      attendeesOmitted: true,
      attendees: [
        { email: ME, responseStatus: 'accepted' },
        ...Array.from({ length: 240 }, (_, n) => ({ email: `invite.${n}@other.example` })),
      ],
    },
  });
  await once('Invités cachés', '2027-05-07', {
    guestsCanSeeOtherGuests: false,
    attendees: [{ email: ME, responseStatus: 'accepted' }, { email: 'a@other.example' }],
  });
  await once('Réponses', '2027-05-08', {
    attendees: [
      { email: ME, responseStatus: 'accepted' },
      {
        email: 'lea@other.example',
        optional: true,
        comment: 'en retard',
        additionalGuests: 2,
        responseStatus: 'accepted',
      },
      { email: 'tom@other.example', responseStatus: 'declined', comment: 'en congé' },
    ],
  });
  await act({
    act: 'invite',
    event: {
      start: { date: '2027-01-04' },
      end: { date: '2027-01-05' },
      eventType: 'workingLocation',
      recurrence: ['RRULE:FREQ=DAILY'],
    },
  });
  await once('Congés', '2027-05-11', { eventType: 'outOfOffice' });
  await once('Concentration', '2027-05-11', { eventType: 'focusTime' });
  await act({
    act: 'invite',
    event: {
      summary: 'Vol AF1234',
      start: at('2027-05-12T09:00:00Z'),
      end: at('2027-05-12T11:00:00Z'),
      eventType: 'fromGmail',
    },
  });

  for (const [index, { start, zone, recurrence }] of RANDOM.entries())
    await insert(series(`Au hasard ${index}`, start, zone, ...recurrence));
  await once('Adresse longue', '2027-05-13', {
    location: `https://visio.exemple.example/${'a'.repeat(300)}`,
  });
  await once('Ordre du jour long', '2027-05-13', { description: 'é'.repeat(33_000) });
  await once(`Titre ${'long '.repeat(60)}`, '2027-05-13');
  await once('Foule', '2027-05-14', {
    attendees: Array.from({ length: 51 }, (_, n) => ({ email: `invite.${n}@other.example` })),
  });

  await sync.everySecond();
  await sync.preview();
  await sync.apply();
}, 120_000);
afterAll(async () => {
  await sync.close();
  await liaison.stop();
  await removePlace(place);
  await database.drop();
});

/** Both sides hold the same meetings of a title, and these. */
async function expectBoth(title: string, times: readonly string[]): Promise<void> {
  expect(await googleTimes(title)).toEqual(times);
  expect(await crmTimes(title)).toEqual(times);
}
const weeks =
  (...days: string[]) =>
  (clock: string) =>
    days.map((day) => `${day}T${clock}`);

it('one occurrence of a series that is not in the calendar is one meeting', async () => {
  await expectBoth('Point client', ['2027-01-14T09:00']);
});

it('a series in a zone of another name, or of the same clocks, is the one that stands on the other side', async () => {
  await expectBoth(
    'Standup Bruxelles',
    weeks('2027-01-04', '2027-01-11', '2027-01-18', '2027-01-25')('09:00'),
  );
  await expectBoth(
    'Standup Calcutta',
    weeks('2027-01-04', '2027-01-11', '2027-01-18', '2027-01-25')('04:30'),
  );
});

it('an excluded date that Google reads otherwise leaves the series out with the reason; one that hits nothing hits nothing', async () => {
  expect(await crmTimes('Windows')).toEqual([]);
  expect((await leftOut('Windows'))?.en).toContain('excluded dates');
  const times = await googleTimes('Décalée');
  expect(times).toContain('2027-02-11T15:00');
  await expectBoth('Décalée', times);
});

it.each([0, 1, 2, 3])('an excluded date is the same in each of its spellings (%i)', async (index) => {
  await expectBoth(`Londres ${index}`, ['2027-06-01T08:00', '2027-06-15T08:00']);
});

it('a first start that its rule does not give is a meeting on both sides, as Google counts them', async () => {
  await expectBoth('Premier mardi', weeks('2026-12-01', '2026-12-07', '2026-12-14', '2026-12-21')('09:00'));
});

it('series of every spelling have the same moments on both sides', async () => {
  const both = await Promise.all(
    RANDOM.map(async ({ start, zone, recurrence }, index) => {
      const title = `Au hasard ${index}`;
      return {
        said: [start, zone, ...recurrence],
        google: await googleTimes(title),
        crm: await crmTimes(title),
      };
    }),
  );
  for (const { said, google: left, crm: right } of both) expect([said, right]).toEqual([said, left]);
  expect(both.every(({ google: left }) => left.length > 1)).toBe(true);
});

it('a text that the CRM cannot hold is set aside whole with its field, and nothing else waits for it', async () => {
  for (const [title, field] of [
    ['Adresse longue', 'location'],
    ['Ordre du jour long', 'description'],
    [`Titre ${'long '.repeat(60)}`, 'title'],
  ] as const) {
    const [row] = await sync.database.query<{
      error: { field: string; kind: string; sentence: { fr: string } };
    }>(
      `select error from sync_records where integration = 'calendar-google-crm' and side = 'left' and label = $1`,
      [title],
    );
    expect([title, row?.error.kind, row?.error.field]).toEqual([title, 'rejected', field]);
    expect(row?.error.sentence.fr).toContain('au plus');
  }
  expect((await leftOut('Foule'))?.fr).toContain('au plus 50');
});

it('a zone that nobody knows keeps a single meeting, and leaves a series out with the reason', async () => {
  expect(await crmTimes('Heure inconnue')).toEqual(['2027-01-26T14:00']);
  expect(await crmTimes('Série inconnue')).toEqual([]);
  expect((await leftOut('Série inconnue'))?.fr).toContain('Mitteleuropäische Zeit');
});

it('an offset tells the moment, a zone where the series repeats', async () => {
  await expectBoth('Décalage', ['2027-03-12T10:00']);
  // Clocks change in many places meanwhile, and not in UTC.
  await expectBoth('Décalage hebdo', weeks('2027-03-12', '2027-03-19', '2027-03-26', '2027-04-02')('10:00'));
});

it('a meeting that ends at midnight is neither of whole days nor a day longer', async () => {
  const [evening] = await inCrm('Minuit UTC');
  expect([evening?.All_day, utc(evening?.Start_DateTime ?? ''), utc(evening?.End_DateTime ?? '')]).toEqual([
    false,
    '2027-07-08T23:00',
    '2027-07-09T00:00',
  ]);
  const [london] = await inCrm('Minuit Londres');
  expect([london?.All_day, utc(london?.Start_DateTime ?? ''), utc(london?.End_DateTime ?? '')]).toEqual([
    false,
    '2027-01-08T23:00',
    '2027-01-09T00:00',
  ]);
  const [day] = await inCrm('Toute la journée');
  expect([day?.All_day, day?.Start_DateTime.slice(0, 10), day?.End_DateTime.slice(0, 10)]).toEqual([
    true,
    '2027-01-08',
    '2027-01-08',
  ]);
});

it('a meeting without a title has a visible one in the CRM, which is never written back', async () => {
  const [untitled] = (await allInCrm()).filter(({ Description }) => Description === 'sans nom 🎈');
  expect(untitled?.Event_Title).toBe('(Sans titre)');
  await crm.call('PUT', '/crm/v8/Events', { data: [{ id: untitled?.id, Description: 'sans nom 🎉' }] });
  const found = await until(async () => {
    const { items } = await google.call<{ items: (GoogleEvent & { description?: string })[] }>(
      'GET',
      `${EVENTS}?maxResults=2500`,
    );
    return items.find(({ description }) => description === 'sans nom 🎉');
  });
  expect(found?.summary).toBeUndefined();
});

it('a declined invitation is not made, comes when it is accepted, and goes when it is declined again', async () => {
  expect(await crmTimes('Refusée')).toEqual([]);
  expect((await leftOut('Refusée'))?.en).toContain('declined');
  await expectBoth('Peut-être', ['2027-05-05T09:00']);
  for (const [response, count] of [
    ['accepted', 1],
    ['declined', 0],
    ['accepted', 1],
  ] as const) {
    await act({ act: 'answer', event: 'Refusée', response });
    await until(async () => (await inCrm('Refusée')).length === count);
    expect(await inGoogle('Refusée')).toHaveLength(1);
  }
}, 90_000);

it('an occurrence that was declined is gone in the CRM alone', async () => {
  const [, second] = await inGoogle('Une refusée');
  await act({ act: 'answer', event: second?.id, response: 'declined' });
  await until(async () => (await inCrm('Une refusée')).length === 2);
  await sync.quiet();
  expect(await crmTimes('Une refusée')).toEqual(['2027-05-10T09:00', '2027-05-24T09:00']);
  expect(await inGoogle('Une refusée')).toHaveLength(3);
});

describe('guests', () => {
  interface Row {
    readonly fields: { readonly summary?: string };
    readonly attendees: readonly Record<string, unknown>[];
  }
  const held = async (title: string): Promise<Row['attendees']> => {
    const state = await json<{ tables: { events: Row[] } }>(
      `${liaison.sandboxUrl}/_sandbox/state/google-calendar`,
    );
    return state.tables.events.find(({ fields }) => fields.summary === title)?.attendees ?? [];
  };
  const invite = async (title: string, ...emails: string[]): Promise<void> => {
    const [meeting] = await inCrm(title);
    const before = (meeting?.Participants ?? []).map(({ Email }) => Email);
    const Participants = [...before, ...emails].map((email) => ({
      type: 'email',
      participant: email,
      Email: email,
    }));
    await crm.call('PUT', '/crm/v8/Events', {
      data: [{ id: meeting?.id, Participants, Description: 'Relu' }],
    });
  };

  it.each([
    ['Grand-messe', 241],
    ['Invités cachés', 2],
  ])('of a list that is not whole are left alone: %s', async (title, count) => {
    await invite(title, 'bob@exemple.example');
    // What else changed is carried over: the list alone is not.
    await until(async () => {
      const { items } = await google.call<{ items: (GoogleEvent & { description?: string })[] }>(
        'GET',
        `${EVENTS}?maxResults=2500`,
      );
      return items.find(({ summary }) => summary === title)?.description === 'Relu';
    });
    await sync.quiet();
    const guests = await held(title);
    expect(guests).toHaveLength(count);
    expect(guests.map(({ email }) => email)).not.toContain('bob@exemple.example');
    const [row] = await sync.database.query<{ withheld: { participants?: { fr: string } } | null }>(
      `select withheld from sync_records where integration = 'calendar-google-crm' and side = 'left' and label = $1`,
      [title],
    );
    expect(row?.withheld?.participants?.fr).toContain('invités');
  });

  it('keep their answers, comments and companions when one is added', async () => {
    await invite('Réponses', 'bob@exemple.example');
    await until(async () => (await held('Réponses')).length === 4);
    expect(await held('Réponses')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ email: ME, responseStatus: 'accepted' }),
        {
          email: 'lea@other.example',
          optional: true,
          comment: 'en retard',
          additionalGuests: 2,
          responseStatus: 'accepted',
        },
        { email: 'tom@other.example', responseStatus: 'declined', comment: 'en congé' },
        { email: 'bob@exemple.example', responseStatus: 'needsAction' },
      ]),
    );
  });
});

it('what Google makes by itself is no meeting: left out, counted, told', async () => {
  for (const title of ['Congés', 'Concentration', 'Vol AF1234']) {
    expect(await inCrm(title)).toEqual([]);
    expect(await leftOut(title)).not.toBeNull();
  }
  expect((await leftOut('Vol AF1234'))?.en).toContain('e-mail');
  expect((await allInCrm()).filter(({ All_day }) => All_day).map(({ Event_Title }) => Event_Title)).toEqual(
    expect.not.arrayContaining(['(Sans titre)']),
  );
  // Six of them, the series of Windows' zone, and the one of no zone.
  expect((await sync.counts()).excluded).toBeGreaterThanOrEqual(6);
});

it('comes to rest: nothing is written any more, nothing fails but what is too long', async () => {
  await sync.quiet();
  const { now } = await writesSince(liaison.sandboxUrl, 0);
  await sync.sweepNext();
  await sync.quiet();
  await sync.quiet();
  const { entries } = await writesSince(liaison.sandboxUrl, now);
  expect(entries.filter(({ vendor }) => ['google-calendar', 'zoho-crm'].includes(vendor))).toEqual([]);
  expect(await sync.counts()).toMatchObject({ waiting: 0, failing: 3, conflicts: 0 });
});
