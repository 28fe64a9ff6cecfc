import { bearer, decide, locationOf, signIn, Visitor } from '../security/visitor.ts';
import { endAll } from './aftermath.ts';
import { type CrmContact, type CrmProgram, openCrm } from './crm-program.ts';
import { json, type Liaison, ledger, startLiaison, until } from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { type SystemSync, systemSync } from './syncs.ts';
import { countCalls } from './vendor-calls.ts';

/** Three persons of one organisation, each with an Outlook calendar of their own, two of them with Google’s besides. */

const PERSONS = ['hugo', 'claire', 'ines'] as const;
type Who = (typeof PERSONS)[number];
const WITH_GOOGLE = ['hugo', 'claire'] as const satisfies readonly Who[];
const EMAILS: Readonly<Record<Who, string>> = {
  hugo: 'hugo.marchetti@atelier-lumen.example',
  claire: 'claire.fontaine@atelier-lumen.example',
  ines: 'ines.delorme@atelier-lumen.example',
};
const CRM_IDS: Readonly<Record<Who, string>> = {
  claire: '4876876000000030001',
  hugo: '4876876000000030002',
  ines: '4876876000000030003',
};
const VENDORS = ['microsoft-calendar', 'google-calendar', 'zoho-crm'] as const;
/** Meetings of each person when it begins, and how many more they get at once, and how often. */
const FEW = 7;
const CHUNK = 50;
const CHUNKS = 2;
/** Announcements that come one after another are heard by one look or by two: single edits differ by that, all of them hardly. */
const OF_ALL = 1.15;
const OF_ONE = 2;
/** Titles of these tests: what the company’s people had before is looked at too, and not written about. */
const OURS = 'Rendez-vous ';

let place: ServedPlace;
let liaison: Liaison;
let crm: CrmProgram;
const visitors = new Map<Who, Visitor>();
const tokens = new Map<Who, string>();
const syncs: SystemSync[] = [];

beforeAll(async () => {
  place = await newServedPlace({ LIAISON_ROUND_SECONDS: '0.5', LIAISON_LOOK_SECONDS: '3600' });
  liaison = await startLiaison(place);
  crm = await openCrm(liaison.sandboxUrl);
  for (const who of PERSONS) {
    const visitor = new Visitor();
    visitors.set(who, visitor);
    tokens.set(who, (await signIn(liaison.url, who, visitor)).token);
  }
}, 90_000);
afterAll(async () => {
  for (const sync of syncs) await sync.close();
  await endAll(place, [liaison]);
}, 30_000);

async function api<T>(who: Who, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${liaison.url}/api/v1${path}`, {
    method,
    headers: { ...bearer(tokens.get(who) ?? ''), 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

interface Own {
  readonly connect: string | null;
  readonly integrations: readonly { id: string; flow: string; state: string }[];
}

/** An admin offers a flow to each person; those who want it say yes, and consent with their own account. */
async function offer(flow: string, to: readonly Who[]): Promise<void> {
  const { id } = await api<{ id: string }>('hugo', 'POST', '/templates', {
    flow,
    // Edits delete as fast as a test can: the brake would stop a calendar for it, as it is to.
    settings: { brake: { records: 1_000, percent: 100 } },
  });
  await api('hugo', 'PATCH', `/templates/${id}`, { open: true });
  for (const who of to) {
    const visitor = visitors.get(who) as Visitor;
    const asked = await api<Own>(who, 'POST', '/personal/join', {});
    const consent = locationOf(await visitor.visit(`${liaison.url}${asked.connect}`));
    const back = await visitor.visit(await decide(visitor, consent, 'accept', who));
    expect([who, flow, back.status]).toEqual([who, flow, 303]);
  }
}

const acts = async (vendor: string, wishes: readonly object[]): Promise<void> => {
  const { done } = await json<{ done: { error?: string }[] }>(
    `${liaison.sandboxUrl}/_sandbox/acts/${vendor}`,
    {
      method: 'POST',
      body: JSON.stringify({ acts: wishes }),
    },
  );
  expect(done.filter(({ error }) => error !== undefined)).toEqual([]);
};

async function table<Row>(vendor: string, who: Who): Promise<Row[]> {
  const { tables } = await json<{ tables: Record<string, Row[]> }>(
    `${liaison.sandboxUrl}/_sandbox/state/${vendor}`,
  );
  return tables[who === 'hugo' ? 'events' : `events of ${EMAILS[who]}`] ?? [];
}
interface OutlookEvent {
  readonly calendarId: string;
  readonly masterId: string | null;
  readonly fields: { readonly subject: string; readonly location: string };
}
interface GoogleEvent {
  readonly status: string;
  readonly exceptionOf: string | null;
  readonly fields: { readonly summary?: string; readonly location?: string };
}
/** What stands in a calendar: titles with their places. */
type Agenda = () => Promise<string[]>;
const line = (title: unknown, location: unknown): string => `${title} @ ${location || '-'}`;
const ofOurs = (lines: readonly string[]): string[] => lines.filter((one) => one.startsWith(OURS)).sort();
const outlookOf =
  (who: Who): Agenda =>
  async () =>
    ofOurs(
      (await table<OutlookEvent>('microsoft-calendar', who))
        .filter(({ calendarId, masterId }) => calendarId === 'AAMkADvCalendar=' && masterId === null)
        .map(({ fields }) => line(fields.subject, fields.location)),
    );
const googleOf =
  (who: Who): Agenda =>
  async () =>
    ofOurs(
      (await table<GoogleEvent>('google-calendar', who))
        .filter(({ status, exceptionOf }) => status !== 'cancelled' && exceptionOf === null)
        .map(({ fields }) => line(fields.summary, fields.location)),
    );
const ownerOf = (record: CrmContact): string => String((record.Owner as { id?: string } | undefined)?.id);
const crmOf =
  (who: Who): Agenda =>
  async () =>
    ofOurs(
      (await crm.records('Events'))
        .filter((one) => ownerOf(one) === CRM_IDS[who])
        .map(({ Event_Title, Venue }) => line(Event_Title, Venue)),
    );
/** The places in which a person's meetings stand. */
const agendasOf = (who: Who): Agenda[] => [
  outlookOf(who),
  crmOf(who),
  ...(WITH_GOOGLE.some((one) => one === who) ? [googleOf(who)] : []),
];

/** Each calendar holds exactly its person's meetings, and the CRM the same under their name. */
async function expectTheirs(wanted: Readonly<Record<Who, readonly string[]>>): Promise<void> {
  for (const who of PERSONS)
    for (const [index, agenda] of agendasOf(who).entries()) {
      const theirs = [...wanted[who]].sort();
      await until(async () => (await agenda()).join('\n') === theirs.join('\n'), 90_000).catch(async () =>
        expect([who, index, await agenda()]).toEqual([who, index, theirs]),
      );
    }
  // Not even those who have no flow of Google's.
  expect(await googleOf('ines')()).toEqual([]);
}

/** What stands open of anybody's: how much of it at once, and how many echoes of our writes that are let rest first. */
interface Open {
  readonly now: number;
  readonly echoes: number;
}
async function open(): Promise<Open> {
  const [row] = await (syncs[0] as SystemSync).database.query<Open>(
    `select ((select count(*) from inbox_waiting)
        + (select count(*) from sync_records where dirty or reread)
        + (select count(*) from sync_writes where state in ('sending', 'unknown'))
        + (select count(*) from syncs where next_at <= now() + interval '1 second' and phase = 'live'))::int as now,
      (select count(*) from sync_hints where kind = 'announced')::int as echoes`,
  );
  return row as Open;
}
/** Whatever vendors had to announce is with us. */
const allIsTold = () =>
  until(async () => {
    const { deliveries } = await json<{ deliveries: { state: string }[] }>(
      `${liaison.sandboxUrl}/_sandbox/deliveries`,
    );
    return deliveries.every(({ state }) => state !== 'waiting');
  });
/** As if the ten seconds were over that an announcement waits for which is most often of our own write. */
const passTheTimeOfEchoes = () =>
  (syncs[0] as SystemSync).database.query(
    `with older as (
       update sync_records set written_at = written_at - interval '10 seconds' where not confirmed returning 1)
     update syncs set next_at = now() where phase = 'live' and (select count(*) from older) >= 0
       and exists (select from sync_hints h where h.organisation_id = syncs.organisation_id
         and h.integration = syncs.integration and h.kind = 'announced')`,
  );
/** Nothing is announced, under way, or waiting to be carried over, of anybody's. */
async function resting(): Promise<void> {
  await until(async () => {
    const { now, echoes } = await open();
    if (now > 0) return false;
    if (echoes === 0) return true;
    await allIsTold();
    // What was told meanwhile is dispatched first, so that one look hears all of it.
    if ((await open()).now === 0) await passTheTimeOfEchoes();
    return false;
  }, 90_000);
}

const day = (n: number): string => `2027-0${1 + (n % 9)}-${String(1 + (n % 27)).padStart(2, '0')}`;
const hours = (n: number) => ({
  from: `${day(n)}T${10 + (n % 5)}:00:00`,
  to: `${day(n)}T${11 + (n % 5)}:00:00`,
});
const titleOf = (who: Who, n: number | string): string => `${OURS}${who} ${n}`;
const inOutlook = (who: Who, n: number) => ({
  account: who,
  act: 'create',
  event: {
    subject: titleOf(who, n),
    start: { dateTime: hours(n).from, timeZone: 'UTC' },
    end: { dateTime: hours(n).to, timeZone: 'UTC' },
  },
});
const inGoogle = (who: Who, n: number) => ({
  account: who,
  act: 'create',
  event: {
    summary: titleOf(who, n),
    start: { dateTime: `${hours(n).from}Z` },
    end: { dateTime: `${hours(n).to}Z` },
  },
});
const inCrm = (who: Who, n: number) => ({
  Event_Title: titleOf(who, n),
  Start_DateTime: `${hours(n).from}+00:00`,
  End_DateTime: `${hours(n).to}+00:00`,
  Owner: { id: CRM_IDS[who] },
});

/** What stands in each person's places by what was done. */
const meetings: Record<Who, string[]> = { hugo: [], claire: [], ines: [] };
const made = (who: Who, n: number | string, location?: string): void =>
  void meetings[who].push(line(titleOf(who, n), location));
const gone = (who: Who, n: number | string, location?: string): void => {
  meetings[who] = meetings[who].filter((one) => one !== line(titleOf(who, n), location));
};

it('five calendars of three persons run at once, each with what its person has in the CRM', async () => {
  for (const who of PERSONS) {
    const numbers = Array.from({ length: FEW }, (_, n) => n);
    await acts(
      'microsoft-calendar',
      numbers.map((n) => inOutlook(who, n)),
    );
    await crm.createIn('Events', [inCrm(who, 100)]);
    for (const n of [...numbers, 100]) made(who, n);
  }
  for (const who of WITH_GOOGLE) {
    await acts('google-calendar', [inGoogle(who, 200)]);
    made(who, 200);
  }
  await offer('calendar-microsoft-crm', PERSONS);
  await offer('calendar-google-crm', WITH_GOOGLE);
  for (const who of PERSONS) {
    const flows = WITH_GOOGLE.some((one) => one === who) ? 2 : 1;
    const { integrations } = await until(async () => {
      const own = await api<Own>(who, 'GET', '/personal');
      return (
        own.integrations.length === flows && own.integrations.every(({ state }) => state === 'in-sync') && own
      );
    }, 60_000);
    for (const { id } of integrations) syncs.push(await systemSync(place.connectionString, id));
  }
  expect(syncs).toHaveLength(PERSONS.length + WITH_GOOGLE.length);
  // By what is announced alone from here on: nobody looks by the clock.
  for (const sync of syncs) {
    await sync.quiet();
    await sync.whenTold();
  }
  await expectTheirs(meetings);
}, 180_000);

it('edits on all sides at once: nothing crosses', async () => {
  await Promise.all([
    acts('microsoft-calendar', [
      ...PERSONS.map((who) => ({ ...inOutlook(who, 300) })),
      ...PERSONS.map((account) => ({
        account,
        act: 'edit',
        event: titleOf(account, 1),
        changes: { location: { displayName: `Chez ${account}` } },
      })),
      ...PERSONS.map((account) => ({ account, act: 'delete', event: titleOf(account, 2) })),
    ]),
    acts('google-calendar', [
      ...WITH_GOOGLE.map((who) => inGoogle(who, 400)),
      ...WITH_GOOGLE.map((account) => ({
        account,
        act: 'edit',
        event: titleOf(account, 3),
        changes: { location: `Google ${account}` },
      })),
      ...WITH_GOOGLE.map((account) => ({ account, act: 'delete', event: titleOf(account, 4) })),
    ]),
    crm.createIn(
      'Events',
      PERSONS.map((who) => inCrm(who, 500)),
    ),
  ]);
  for (const who of PERSONS) {
    made(who, 300);
    made(who, 500);
    gone(who, 1);
    made(who, 1, `Chez ${who}`);
    gone(who, 2);
  }
  for (const who of WITH_GOOGLE) {
    made(who, 400);
    gone(who, 3);
    made(who, 3, `Google ${who}`);
    gone(who, 4);
  }
  await expectTheirs(meetings);
  await resting();
}, 180_000);

/** One edit in each calendar and of each person in the CRM, one after another, or in Outlook only. @returns calls and writes of each. */
async function costOfEdits(
  name: string,
  of: 'all' | 'Outlook' = 'all',
): Promise<Record<string, { calls: number; writes: number }>> {
  const cost: Record<string, { calls: number; writes: number }> = {};
  async function edit(who: Who, of: string, work: (location: string) => Promise<unknown>): Promise<void> {
    const before = meetings[who].find((one) => one.startsWith(`${titleOf(who, 0)} @`)) ?? '';
    const location = `${name} ${of}`;
    const after = line(titleOf(who, 0), location);
    await resting();
    const calls = await countCalls(liaison.sandboxUrl, VENDORS);
    const writes = (await ledger(liaison.sandboxUrl)).length;
    await work(location);
    meetings[who] = meetings[who].map((one) => (one === before ? after : one));
    for (const agenda of agendasOf(who)) await until(async () => (await agenda()).includes(after), 90_000);
    await resting();
    const counted = Object.values(await calls());
    cost[`${who} in ${of}`] = {
      calls: counted.reduce((sum, { total }) => sum + total, 0),
      writes: (await ledger(liaison.sandboxUrl)).length - writes,
    };
  }
  for (const who of PERSONS) {
    await edit(who, 'Outlook', (location) =>
      acts('microsoft-calendar', [
        {
          account: who,
          act: 'edit',
          event: titleOf(who, 0),
          changes: { location: { displayName: location } },
        },
      ]),
    );
    if (of === 'Outlook') continue;
    await edit(who, 'the CRM', async (Venue) => {
      const found = (await crm.records('Events')).find(
        (one) => one.Event_Title === titleOf(who, 0) && ownerOf(one) === CRM_IDS[who],
      );
      await crm.updateIn('Events', [{ id: String(found?.id), Venue }]);
    });
  }
  for (const account of of === 'all' ? WITH_GOOGLE : [])
    await edit(account, 'Google', (location) =>
      acts('google-calendar', [{ account, act: 'edit', event: titleOf(account, 0), changes: { location } }]),
    );
  return cost;
}

it('an edit costs what it costs among twenty meetings among several hundred, too: the same writes, and no more calls', async () => {
  const few = await costOfEdits('peu');
  const total = () => Object.values(meetings).reduce((sum, { length }) => sum + length, 0);
  expect(total()).toBeLessThan(40);
  // By and by: what was stamped in the latest seconds is read again by the looks that follow.
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    for (const who of PERSONS) {
      const numbers = Array.from({ length: CHUNK }, (_, n) => 1_000 + chunk * CHUNK + n);
      await acts(
        'microsoft-calendar',
        numbers.map((n) => inOutlook(who, n)),
      );
      for (const n of numbers) made(who, n);
    }
    await expectTheirs(meetings);
    await resting();
  }
  expect(total()).toBeGreaterThan(300);
  await costOfEdits('encore', 'Outlook');
  const many = await costOfEdits('beaucoup');
  expect(Object.keys(many)).toHaveLength(2 * PERSONS.length + WITH_GOOGLE.length);
  const sum = (cost: typeof few): number => Object.values(cost).reduce((all, { calls }) => all + calls, 0);
  const writesOf = (cost: typeof few) => Object.entries(cost).map(([edit, { writes }]) => [edit, writes]);
  expect(writesOf(many)).toEqual(writesOf(few));
  expect(sum(many) / sum(few)).toBeLessThan(OF_ALL);
  for (const [edit, { calls }] of Object.entries(few))
    expect([edit, (many[edit]?.calls ?? Number.NaN) / calls < OF_ONE]).toEqual([edit, true]);
  await expectTheirs(meetings);
}, 400_000);
