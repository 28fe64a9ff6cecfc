import { createTestDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { type Liaison, newPlace, type Place, removePlace, startLiaison, until } from './liaison-process.ts';
import { type OutsideUser, outsideUser } from './outside-user.ts';
import { type SystemSync, systemSync, writesSince } from './syncs.ts';

const ZONE = 'Europe/Paris';
const TITLE = 'Comité de pilotage du garage';
const EVENTS = '/calendar/v3/calendars/primary/events';

let database: TestDatabase;
let place: Place;
let liaison: Liaison;
let sync: SystemSync;
let google: OutsideUser;
let crm: OutsideUser;

interface CrmMeeting {
  readonly id: string;
  readonly Event_Title: string;
  readonly Start_DateTime: string;
  readonly Venue: string | null;
}
interface GoogleEvent {
  readonly id: string;
  readonly status: string;
  readonly summary?: string;
  readonly description?: string;
  readonly recurrence?: string[];
  readonly start?: { dateTime?: string; date?: string };
  readonly end?: { dateTime?: string; date?: string };
  readonly originalStartTime?: { dateTime?: string };
}

beforeAll(async () => {
  database = await createTestDatabase();
  // The clocks of the server have no say in a meeting's.
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
  await google.call('POST', EVENTS, {
    summary: TITLE,
    start: { dateTime: '2027-03-15T10:00:00+01:00', timeZone: ZONE },
    end: { dateTime: '2027-03-15T11:00:00+01:00', timeZone: ZONE },
    recurrence: ['RRULE:FREQ=WEEKLY;COUNT=35'],
    attendees: [{ email: 'karim@garage-benali.example' }],
  });
  await google.call('POST', EVENTS, {
    summary: 'Salon du commerce',
    start: { date: '2027-10-30' },
    end: { date: '2027-11-02' },
  });
});
afterAll(async () => {
  await sync.close();
  await liaison.stop();
  await removePlace(place);
  await database.drop();
});

async function inCrm(title: string): Promise<CrmMeeting[]> {
  const { data = [] } = await crm.call<{ data?: CrmMeeting[] }>(
    'GET',
    '/crm/v8/Events?fields=Event_Title,Start_DateTime,End_DateTime,All_day,Venue&per_page=200',
  );
  return data
    .filter((one) => one.Event_Title === title)
    .sort((a, b) => Date.parse(a.Start_DateTime) - Date.parse(b.Start_DateTime));
}

/** What a clock in Paris shows. */
const wallTime = (moment: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(moment),
  );

async function inGoogle(title: string): Promise<GoogleEvent[]> {
  const { items } = await google.call<{ items: GoogleEvent[] }>(
    'GET',
    `${EVENTS}?singleEvents=true&maxResults=500&timeMin=2027-01-01T00:00:00Z&timeMax=2028-01-01T00:00:00Z`,
  );
  return items.filter((one) => one.summary === title);
}

async function seriesInGoogle(title = TITLE): Promise<GoogleEvent[]> {
  const { items } = await google.call<{ items: GoogleEvent[] }>('GET', `${EVENTS}?maxResults=500`);
  return items.filter((one) => one.summary === title && one.recurrence !== undefined);
}

const crmTimes = async (): Promise<string[]> =>
  (await inCrm(TITLE)).map((one) => wallTime(one.Start_DateTime));
const googleTimes = async (): Promise<string[]> =>
  (await inGoogle(TITLE)).map((one) => wallTime(one.start?.dateTime ?? '')).sort();

/** Both sides hold the same occurrences, at these times; told with what they hold where they do not. */
async function expectBoth(wanted: (times: string[]) => boolean): Promise<void> {
  const found = await until(async () => {
    const [left, right] = [await googleTimes(), (await crmTimes()).sort()];
    return wanted(left) && JSON.stringify(left) === JSON.stringify(right) && { left, right };
  }).catch(async () => ({ left: await googleTimes(), right: (await crmTimes()).sort() }));
  expect(found.left).toEqual(found.right);
  expect(wanted(found.left)).toBe(true);
}

const weekly = (times: readonly string[]) => times.filter((time) => time.endsWith('10:00'));

describe('a weekly meeting in Paris, on a server in Tokyo', () => {
  it('is at ten on both sides, before, between and after both changes of the clocks', async () => {
    await sync.everySecond();
    await sync.preview();
    await sync.apply();
    const times = await crmTimes();
    expect(times).toHaveLength(35);
    expect(weekly(times)).toHaveLength(35);
    expect(times).toEqual(await googleTimes());
    expect([times[0], times[2], times.at(-1)]).toEqual([
      '2027-03-15 10:00',
      '2027-03-29 10:00',
      '2027-11-08 10:00',
    ]);
  });

  it('with one occurrence moved and one cancelled in Google has them so in the CRM', async () => {
    const occurrences = await inGoogle(TITLE);
    const of = (day: string) => occurrences.find((one) => one.start?.dateTime?.startsWith(day))?.id;
    await google.call('PATCH', `${EVENTS}/${of('2027-06-14')}`, {
      start: { dateTime: '2027-06-14T15:30:00+02:00', timeZone: ZONE },
      end: { dateTime: '2027-06-14T16:30:00+02:00', timeZone: ZONE },
    });
    await google.call('DELETE', `${EVENTS}/${of('2027-08-16')}`);
    await expectBoth((times) => times.length === 34 && times.includes('2027-06-14 15:30'));
    expect((await crmTimes()).some((time) => time.startsWith('2027-08-16'))).toBe(false);
  });

  it('with one occurrence moved in the CRM is so in Google, still as one series', async () => {
    const moved = (await inCrm(TITLE)).find((one) => wallTime(one.Start_DateTime) === '2027-11-01 10:00');
    await crm.call('PUT', '/crm/v8/Events', {
      data: [
        {
          id: moved?.id,
          Start_DateTime: '2027-11-01T11:45:00+01:00',
          End_DateTime: '2027-11-01T12:45:00+01:00',
        },
      ],
    });
    await expectBoth((times) => times.length === 34 && times.includes('2027-11-01 11:45'));
    expect(await seriesInGoogle()).toHaveLength(1);
  });

  it('with one occurrence cancelled in the CRM is so in Google, and the others stay where they were', async () => {
    const cancelled = (await inCrm(TITLE)).find((one) => wallTime(one.Start_DateTime) === '2027-09-06 10:00');
    await crm.call('DELETE', `/crm/v8/Events?ids=${cancelled?.id}`);
    await expectBoth((times) => times.length === 33 && !times.some((time) => time.startsWith('2027-09-06')));
    const times = await googleTimes();
    expect(weekly(times)).toHaveLength(31);
    expect(times).toEqual(expect.arrayContaining(['2027-06-14 15:30', '2027-11-01 11:45']));
  });

  it('whose texts are changed as a whole, on either side, says so in each of its occurrences', async () => {
    const [series] = await seriesInGoogle();
    await google.call('PATCH', `${EVENTS}/${series?.id}`, { location: 'Salle Rhône' });
    await until(async () => (await inCrm(TITLE)).every(({ Venue }) => Venue === 'Salle Rhône'));
    const data = (await inCrm(TITLE)).map(({ id }) => ({
      id,
      Description: 'Ordre du jour : le pont élévateur',
    }));
    await crm.call('PUT', '/crm/v8/Events', { data });
    await until(async () => {
      const described = (await inGoogle(TITLE)).filter(({ description }) => description?.includes('pont'));
      return described.length === 33;
    });
    await expectBoth((times) => times.length === 33 && weekly(times).length === 31);
    expect(await seriesInGoogle()).toHaveLength(1);
  });

  it('comes to rest: nothing is written back, and nobody was mailed', async () => {
    await sync.quiet();
    const { now, entries } = await writesSince(liaison.sandboxUrl, 0);
    await sync.quiet();
    await sync.quiet();
    const { entries: later } = await writesSince(liaison.sandboxUrl, now);
    expect(later.filter((entry) => ['google-calendar', 'zoho-crm'].includes(entry.vendor))).toEqual([]);
    // Both calendars note whom they would mail as a write of its own.
    expect(entries.filter((entry) => entry.object === 'invitation')).toEqual([]);
    expect(await sync.counts()).toMatchObject({ waiting: 0, failing: 0, conflicts: 0 });
  });
});

it('a meeting of whole days keeps its dates, and never moves with a zone', async () => {
  const [fair] = await inCrm('Salon du commerce');
  expect(fair?.Start_DateTime.slice(0, 10)).toBe('2027-10-30');
  const [event] = await inGoogle('Salon du commerce');
  expect([event?.start?.date, event?.end?.date]).toEqual(['2027-10-30', '2027-11-02']);
});

it('a weekly meeting that is made in the CRM is one series in Google, at its hour after the clocks changed', async () => {
  const title = 'Revue de la maquette';
  await crm.call('POST', '/crm/v8/Events', {
    data: [
      {
        Event_Title: title,
        Start_DateTime: '2027-10-18T09:00:00+02:00',
        End_DateTime: '2027-10-18T09:30:00+02:00',
        Recurring_Activity: { RRULE: 'FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;DTSTART=2027-10-18;UNTIL=2027-11-15' },
        Remind_At: [{ unit: 15, period: 'minutes' }],
      },
    ],
  });
  const times = await until(async () => {
    const found = (await inGoogle(title)).map((one) => wallTime(one.start?.dateTime ?? '')).sort();
    return found.length === 5 && found;
  });
  expect(times).toEqual(
    ['2027-10-18', '2027-10-25', '2027-11-01', '2027-11-08', '2027-11-15'].map((day) => `${day} 09:00`),
  );
  const series = await seriesInGoogle(title);
  expect(series.map(({ start }) => start)).toEqual([expect.objectContaining({ timeZone: ZONE })]);
});
