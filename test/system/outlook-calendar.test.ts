import { bearer, decide, locationOf, signIn, Visitor } from '../security/visitor.ts';
import { endAll } from './aftermath.ts';
import { json, type Liaison, startLiaison, until } from './liaison-process.ts';
import { type OutsideUser, outsideUser } from './outside-user.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { type SystemSync, systemSync } from './syncs.ts';

/** Outlook's calendar and the CRM's meetings, of the organisation and of persons, as any program meets them. */

const FLOW = 'calendar-microsoft-crm';
const VENDOR = 'microsoft-calendar';
const ZONE = 'Europe/Paris';
const TITLE = 'Comité de pilotage du garage';
const PERSONS = {
  claire: { email: 'claire.fontaine@atelier-lumen.example', crm: '4876876000000030001' },
  ines: { email: 'ines.delorme@atelier-lumen.example', crm: '4876876000000030003' },
} as const;

let place: ServedPlace;
let liaison: Liaison;
let crm: OutsideUser;
let sync: SystemSync;
const open: SystemSync[] = [];

beforeAll(async () => {
  // The clocks of the server have no say in a meeting's.
  place = await newServedPlace({
    LIAISON_LOOK_SECONDS: '0.5',
    LIAISON_ROUND_SECONDS: '0.5',
    TZ: 'Asia/Tokyo',
  });
  liaison = await startLiaison(place);
  crm = await outsideUser(liaison.sandboxUrl, 'zoho', 'zoho-crm', 'zoho-crm', 'ZohoCRM.modules.ALL');
}, 90_000);
afterAll(async () => {
  for (const one of open) await one.close();
  await endAll(place, [liaison]);
}, 30_000);

async function api<T>(method: string, path: string, body?: object, headers: object = {}): Promise<T> {
  const answer = await fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}
const act = (wish: object) =>
  json<{ id: string }>(`${liaison.sandboxUrl}/_sandbox/acts/${VENDOR}`, {
    method: 'POST',
    body: JSON.stringify(wish),
  });
const tables = async () =>
  (await json<{ tables: Record<string, Held[]> }>(`${liaison.sandboxUrl}/_sandbox/state/${VENDOR}`)).tables;

interface Held {
  readonly id: string;
  readonly masterId: string | null;
  readonly start: { readonly dateTime: string };
  readonly removed: readonly string[];
  readonly recurrence: object | null;
  readonly fields: { readonly subject: string; readonly location: string };
}
const inOutlook = async (title: string, table = 'events') =>
  ((await tables())[table] ?? []).filter(({ fields }) => fields.subject === title);

interface CrmMeeting {
  readonly id: string;
  readonly Event_Title: string;
  readonly Start_DateTime: string;
  readonly End_DateTime: string;
  readonly Venue: string | null;
}
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
const crmTimes = async (title = TITLE): Promise<string[]> =>
  (await inCrm(title)).map((one) => wallTime(one.Start_DateTime));
const at = (dateTime: string) => ({ dateTime, timeZone: 'Romance Standard Time' });
const subscriptions = async () =>
  (
    await json<{ webhooks: { id: string; vendor: string }[] }>(`${liaison.sandboxUrl}/_sandbox/webhooks`)
  ).webhooks.filter(({ vendor }) => vendor === VENDOR);
const mailed = async () => ((await tables()).mails ?? []).length;
const DAYS = [
  '2027-03-15',
  '2027-03-22',
  '2027-03-29',
  '2027-04-05',
  '2027-04-12',
  '2027-04-19',
  '2027-04-26',
];

it('shows what it would do before anything is written, and makes both sides equal', async () => {
  await act({
    act: 'create',
    event: {
      subject: TITLE,
      start: at('2027-03-15T10:00:00'),
      end: at('2027-03-15T11:00:00'),
      recurrence: {
        pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'sunday' },
        range: { type: 'numbered', startDate: '2027-03-15', numberOfOccurrences: 7 },
      },
    },
  });
  await act({
    act: 'create',
    event: {
      subject: 'Salon du commerce',
      isAllDay: true,
      start: at('2027-10-30T00:00:00'),
      end: at('2027-11-02T00:00:00'),
    },
  });
  const { pass } = await api<{ pass: string }>('POST', `/integrations/${FLOW}/preview`);
  await until(async () => {
    const found = await api<{ pass: { id: string; state: string } }>('GET', `/integrations/${FLOW}/preview`);
    return found.pass.id === pass && found.pass.state === 'done';
  });
  expect([await inCrm(TITLE), await inOutlook('Appel Chocolats Rütli')]).toEqual([[], []]);
  await api('POST', `/integrations/${FLOW}/apply`);
  sync = await systemSync(place.connectionString, FLOW);
  open.push(sync);
  await until(async () => (await sync.row()).phase === 'live', 90_000);
  await until(async () => (await sync.counts()).waiting === 0, 60_000);
  expect(await crmTimes()).toEqual(DAYS.map((day) => `${day} 10:00`));
  expect(await inOutlook('Appel Chocolats Rütli')).toHaveLength(1);
  const [fair] = await inCrm('Salon du commerce');
  expect([fair?.Start_DateTime.slice(0, 10), fair?.End_DateTime.slice(0, 10)]).toEqual([
    '2027-10-30',
    '2027-11-01',
  ]);
  // What both had is one meeting, and nobody was mailed.
  expect(await inCrm('Visite du domaine du Clos Vert')).toHaveLength(1);
  expect(await mailed()).toBe(0);
});

it('hears of what a person does in Outlook: a date moved, a date deleted that nothing names', async () => {
  await until(async () => (await subscriptions()).length === 1);
  // By what is announced alone: nobody looks by the clock now.
  await sync.whenTold();
  const [series] = await inOutlook(TITLE);
  const changes = { start: at('2027-03-22T15:30:00'), end: at('2027-03-22T16:30:00') };
  await act({ act: 'edit', event: series?.id, day: '2027-03-22', changes });
  await act({ act: 'delete', event: series?.id, day: '2027-04-05' });
  const times = await until(async () => {
    const found = await crmTimes();
    return found.length === 6 && found.includes('2027-03-22 15:30') && found;
  });
  expect(times.some((time) => time.startsWith('2027-04-05'))).toBe(false);
  expect(times.filter((time) => time.endsWith('10:00'))).toHaveLength(5);
});

it('carries what is done in the CRM: a date moved, a date deleted, still as one series', async () => {
  const of = async (day: string) =>
    (await inCrm(TITLE)).find((one) => wallTime(one.Start_DateTime).startsWith(day));
  const moved = await of('2027-04-12');
  await crm.call('PUT', '/crm/v8/Events', {
    data: [
      {
        id: moved?.id,
        Start_DateTime: '2027-04-13T11:45:00+02:00',
        End_DateTime: '2027-04-13T12:45:00+02:00',
      },
    ],
  });
  await until(async () =>
    (await inOutlook(TITLE)).some(
      ({ masterId, start }) => masterId !== null && start.dateTime === '2027-04-13T11:45:00',
    ),
  );
  await crm.call('DELETE', `/crm/v8/Events?ids=${(await of('2027-04-19'))?.id}`);
  await until(async () => (await inOutlook(TITLE))[0]?.removed.includes('2027-04-19'));
  const rows = await inOutlook(TITLE);
  expect(rows.filter(({ masterId }) => masterId === null)).toHaveLength(1);
  expect([...(rows[0]?.removed ?? [])].sort()).toEqual(['2027-04-05', '2027-04-19']);
});

it('carries a series that is made in the CRM, at its hour after the clocks changed, and a change of all of it', async () => {
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
  const [series] = await until(async () => {
    const found = await inOutlook(title);
    return found.length === 1 && found;
  });
  expect(series?.recurrence).toMatchObject({
    pattern: { type: 'weekly', daysOfWeek: ['monday'] },
    range: {
      type: 'endDate',
      startDate: '2027-10-18',
      endDate: '2027-11-15',
      recurrenceTimeZone: 'Romance Standard Time',
    },
  });
  expect(series?.start.dateTime).toBe('2027-10-18T09:00:00');
  await act({ act: 'edit', event: series?.id, changes: { location: { displayName: 'Salle Rhône' } } });
  await until(async () => {
    const found = await inCrm(title);
    return found.length === 5 && found.every(({ Venue }) => Venue === 'Salle Rhône');
  });
});

it('sets aside what Outlook would mail to participants, with the reason, and nothing is mailed', async () => {
  const [meeting] = await inCrm('Présentation des maquettes — L’Œil Ouvert');
  await crm.call('PUT', '/crm/v8/Events', { data: [{ id: meeting?.id, Venue: 'Ailleurs' }] });
  const failing = await until(async () => {
    const { failing: count } = await sync.counts();
    return count > 0 && count;
  });
  expect(failing).toBe(1);
  expect((await inOutlook('Présentation des maquettes — L’Œil Ouvert'))[0]?.fields.location).not.toBe(
    'Ailleurs',
  );
  expect(await mailed()).toBe(0);
  await crm.call('PUT', '/crm/v8/Events', { data: [{ id: meeting?.id, Venue: meeting?.Venue }] });
  await until(async () => (await sync.counts()).failing === 0);
});

it('takes up what a silent subscription did not tell, sets up one that was removed, and reads all again when its place is lost', async () => {
  const [before] = await subscriptions();
  await act({ act: 'silence' });
  await act({ act: 'edit', event: TITLE, changes: { location: { displayName: 'Garage' } } });
  await sync.quiet();
  await until(async () => (await inCrm(TITLE)).every(({ Venue }) => Venue === 'Garage'));
  await act({ act: 'drop-subscriptions' });
  await until(async () => {
    const [now] = await subscriptions();
    return now !== undefined && now.id !== before?.id;
  });
  const all = (await crmTimes()).length;
  await act({ act: 'lose-links', status: 400 });
  await act({ act: 'edit', event: TITLE, changes: { location: { displayName: 'Atelier' } } });
  await sync.quiet();
  await until(async () => (await inCrm(TITLE)).every(({ Venue }) => Venue === 'Atelier'));
  expect((await crmTimes()).length).toBe(all);
});

it('comes to rest: nothing is written any more, and nobody was ever mailed', async () => {
  await sync.quiet();
  const writes = async () =>
    (await json<{ entries: { vendor: string }[] }>(`${liaison.sandboxUrl}/_sandbox/ledger`)).entries.filter(
      ({ vendor }) => vendor === VENDOR || vendor === 'zoho-crm',
    ).length;
  const before = await writes();
  await sync.quiet();
  await sync.quiet();
  expect(await writes()).toBe(before);
  expect(await mailed()).toBe(0);
  expect(await sync.counts()).toMatchObject({ waiting: 0, failing: 0, conflicts: 0 });
});

it('is each person’s own under a template: their calendar, their meetings, nobody else’s', async () => {
  const visitors = new Map<string, Visitor>();
  const tokenOf = async (who: string): Promise<object> => {
    const visitor = new Visitor();
    visitors.set(who, visitor);
    return bearer((await signIn(liaison.url, who, visitor)).token);
  };
  const hugo = await tokenOf('hugo');
  const template = await api<{ id: string }>('POST', '/templates', { flow: FLOW }, hugo);
  await api('PATCH', `/templates/${template.id}`, { open: true }, hugo);

  async function join(who: string): Promise<void> {
    const own = await tokenOf(who);
    const asked = await api<{ connect: string | null }>('POST', '/personal/join', {}, own);
    const visitor = visitors.get(who) as Visitor;
    const consent = locationOf(await visitor.visit(`${liaison.url}${asked.connect}`));
    const back = await visitor.visit(await decide(visitor, consent, 'accept', who));
    expect(back.status).toBe(303);
    const { id } = await until(async () => {
      const { integrations } = await api<{ integrations: { id: string; flow: string }[] }>(
        'GET',
        '/personal',
        undefined,
        own,
      );
      return integrations.find(({ flow }) => flow === FLOW);
    });
    const theirs = await systemSync(place.connectionString, id);
    open.push(theirs);
    await until(async () => (await theirs.row()).phase === 'live', 60_000);
    await until(async () => (await theirs.counts()).waiting === 0, 60_000);
  }
  await join('claire');
  await join('ines');
  const tableOf = (who: keyof typeof PERSONS) => `events of ${PERSONS[who].email}`;
  // Claire's meeting of the CRM is in her calendar, and in nobody else's but the organisation's own.
  expect(await inOutlook('Appel Chocolats Rütli', tableOf('claire'))).toHaveLength(1);
  expect(await inOutlook('Appel Chocolats Rütli', tableOf('ines'))).toEqual([]);
  expect(await inOutlook(TITLE, tableOf('claire'))).toEqual([]);

  const lunch = { start: at('2027-01-12T12:00:00'), end: at('2027-01-12T13:00:00') };
  for (const who of ['claire', 'ines'] as const)
    await act({ act: 'create', account: who, event: { subject: `Déjeuner de ${who}`, ...lunch } });
  for (const who of ['claire', 'ines'] as const) {
    const [found] = await until(async () => {
      const all = await inCrm(`Déjeuner de ${who}`);
      return all.length === 1 && all;
    });
    const { data } = await crm.call<{ data: { Owner: { id: string } }[] }>(
      'GET',
      `/crm/v8/Events/${found?.id}`,
    );
    expect(data[0]?.Owner.id).toBe(PERSONS[who].crm);
  }
  for (const one of open) await one.quiet();
  expect(await inOutlook('Déjeuner de claire', tableOf('ines'))).toEqual([]);
  expect(await inOutlook('Déjeuner de ines', tableOf('claire'))).toEqual([]);
  expect(await mailed()).toBe(0);
});
