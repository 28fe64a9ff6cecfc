import { CALENDARS } from '../../sandbox/google-calendar/seed.ts';
import type { GoogleCalendarClient } from '../../server/connectors/google-calendar/client.ts';
import { googleCalendar } from '../../server/connectors/google-calendar/connector.ts';
import { event } from '../../server/connectors/google-calendar/event-object.ts';
import type {
  Changes,
  FieldValue,
  FieldValues,
  SideRecord,
  WriteOutcome,
} from '../../server/core/sync-object.ts';
import { type Connected, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const calendarId = CALENDARS[0]?.id ?? '';
const fields = ['title', 'schedule', 'location', 'description', 'participants'];
const options = {};
const zone = 'Europe/Paris';
let sandbox: OpenSandbox;
let google: Connected<GoogleCalendarClient>;
let cursor: FieldValue;

const weekly = {
  start: '2026-10-05T10:00:00',
  end: '2026-10-05T11:00:00',
  zone,
  rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270426',
};
const oneMovedOneCancelled = {
  ...weekly,
  exceptions: [
    { at: '2026-10-12T10:00:00', start: '2026-10-13T15:00:00', end: '2026-10-13T16:30:00' },
    { at: '2026-10-26T10:00:00', cancelled: true },
  ],
};
const values = (schedule: FieldValue, more: FieldValues = {}): FieldValues => ({
  title: 'Chaque lundi',
  schedule,
  location: 'Lyon',
  description: null,
  participants: [],
  ...more,
});

beforeAll(async () => {
  sandbox = await openSandbox('google-calendar-object', { only: ['google-accounts', 'google-calendar'] });
  google = await sandbox.connect(googleCalendar);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  cursor = null;
  await look();
});

/** Everything since the last look. */
async function look(): Promise<Pick<Changes, 'records' | 'deleted'>> {
  const records: SideRecord[] = [];
  const deleted: string[] = [];
  let more = true;
  while (more) {
    const page = await event.changes(google.client, { cursor, fields, options });
    records.push(...page.records);
    deleted.push(...page.deleted);
    ({ cursor, more } = page);
  }
  return { records, deleted };
}

let marks = 0;
async function create(whole: FieldValues): Promise<Extract<WriteOutcome, { ok: true }>> {
  marks += 1;
  return good((await event.create(google.client, [{ marker: `mark-${marks}`, values: whole }], options))[0]);
}

function good(outcome: WriteOutcome | undefined): Extract<WriteOutcome, { ok: true }> {
  if (outcome?.ok !== true) throw outcome?.error ?? new Error('no outcome');
  return outcome;
}

const update = async (made: { id: string; version: string | null }, patch: FieldValues, whole: FieldValues) =>
  good((await event.update(google.client, [{ ...made, values: patch, whole }], options))[0]);

interface Row {
  readonly id: string;
  readonly exceptionOf: string | null;
  readonly status: string;
  readonly start: { at?: string; date?: string; timeZone?: string };
  readonly recurrence: readonly string[];
  readonly attendees: readonly { email: string; responseStatus: string }[];
  readonly fields: { summary?: string };
}

/** What Google holds of an event: itself, then its exceptions. */
const held = async (id: string): Promise<Row[]> => {
  const rows = (await sandbox.state('google-calendar')).events as unknown as Row[];
  return rows.filter((row) => row.id === id || row.exceptionOf === id);
};

/** What was written since, through the API: what is done to which event. */
async function written(work: () => Promise<unknown>): Promise<string[]> {
  const before = (await sandbox.ledger('google-calendar')).length;
  await work();
  return (await sandbox.ledger('google-calendar')).slice(before).map(({ id, action, object }) => {
    expect(object).toBe('event');
    return `${action} ${id}`;
  });
}

it('lists every meeting once, series as series, and then only what changed', async () => {
  cursor = null;
  const { records } = await look();
  expect(records.map(({ label }) => label).sort()).toEqual([
    'Point hebdomadaire Pélissier',
    'Présentation des maquettes — L’Œil Ouvert',
    'Salon du e-commerce',
    'Visite du domaine du Clos Vert',
  ]);
  const series = records.find(({ label }) => label.startsWith('Point'));
  expect(series?.values).toMatchObject({
    schedule: { zone, rule: expect.stringMatching(/^FREQ=WEEKLY;BYDAY=TU;UNTIL=\d{8}$/) },
    // Whoever invites is not among the invited.
    participants: ['claire.fontaine@atelier-lumen.example', 'juliette@boulangerie-pelissier.example'],
  });
  const fair = records.find(({ label }) => label.startsWith('Salon'));
  expect(fair?.values.schedule).toEqual({
    start: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    end: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
  expect(await look()).toEqual({ records: [], deleted: [] });
});

describe('a single meeting', () => {
  const once = { start: '2026-12-01T09:00:00Z', end: '2026-12-01T10:00:00Z' };

  it('is made once, however often, and comes back as it was sent, with its mark', async () => {
    const draft = { marker: 'the-same', values: values(once, { participants: ['a@x.example'] }) };
    const first = good((await event.create(google.client, [draft], options))[0]);
    const again = good((await event.create(google.client, [draft], options))[0]);
    expect(again.id).toBe(first.id);
    const { records } = await look();
    expect(records).toEqual([
      {
        id: first.id,
        version: first.version,
        label: 'Chaque lundi',
        marker: 'the-same',
        values: first.values,
      },
    ]);
    expect(first.values).toEqual(draft.values);
  });

  it('changes what changed only, under its version', async () => {
    const made = await create(values(once));
    const next = await update(made, { location: null }, values(once, { location: null }));
    expect(next.values?.location).toBeNull();
    const [stale] = await event.update(
      google.client,
      [{ ...made, values: { title: 'x' }, whole: values(once, { title: 'x' }) }],
      options,
    );
    expect(stale).toMatchObject({ ok: false, error: { kind: 'conflict' } });
  });

  it('becomes one of whole days and back, and keeps everything else that Google knows of it', async () => {
    const made = await create(values(once, { participants: ['a@x.example'] }));
    const days = { start: '2026-12-24', end: '2026-12-26' };
    const whole = values(days, { participants: ['a@x.example'] });
    const next = await update(made, { schedule: days }, whole);
    expect(next.values).toEqual(whole);
    const back = await update(next, { schedule: once }, values(once, { participants: ['a@x.example'] }));
    expect(back.values?.schedule).toEqual(once);
    expect((await held(made.id))[0]?.start).toMatchObject({ at: '2026-12-01T09:00:00Z' });
  });

  it('keeps names and answers of those who stay invited', async () => {
    const { records } = await (async () => {
      cursor = null;
      return look();
    })();
    const visit = records.find(({ label }) => label.startsWith('Visite'));
    const invited = (visit?.values.participants ?? []) as string[];
    const participants = [...invited, 'new@x.example'].sort();
    await update(
      { id: visit?.id ?? '', version: visit?.version ?? null },
      { participants },
      { ...visit?.values, participants },
    );
    expect((await held(visit?.id ?? ''))[0]?.attendees).toEqual([
      expect.objectContaining({ email: calendarId, responseStatus: 'accepted' }),
      expect.objectContaining({
        email: 'helene.delatour@clos-vert.example',
        displayName: 'Hélène de La Tour',
      }),
      { email: 'new@x.example', responseStatus: 'needsAction' },
    ]);
  });

  it('that is removed is told as deleted, and removing it again is no failure', async () => {
    const made = await create(values(once));
    await look();
    good((await event.remove(google.client, [made.id], options))[0]);
    good((await event.remove(google.client, [made.id], options))[0]);
    expect(await look()).toEqual({ records: [], deleted: [made.id] });
    expect(await event.read(google.client, { ids: [made.id], fields, options })).toEqual([]);
  });
});

describe('a weekly meeting over both changes of the clocks, one occurrence moved and one cancelled', () => {
  it('is made as one series, in its zone, and is told back as it was sent', async () => {
    const made = await create(values(oneMovedOneCancelled));
    expect(made.values?.schedule).toEqual(oneMovedOneCancelled);
    const [series, moved] = await held(made.id);
    expect(series).toMatchObject({
      start: { at: '2026-10-05T08:00:00Z', timeZone: zone },
      recurrence: [
        'RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270426T215959Z',
        'EXDATE;TZID=Europe/Paris:20261026T100000',
      ],
    });
    expect(moved).toMatchObject({
      id: `${made.id}_20261012T080000Z`,
      start: { at: '2026-10-13T13:00:00Z' },
    });
    const { records } = await look();
    expect(records.map(({ id, version }) => [id, version])).toEqual([[made.id, made.version]]);
  });

  it('has only the occurrence written that is wanted elsewhere', async () => {
    const made = await create(values(weekly));
    let next = made;
    const moves = await written(async () => {
      next = await update(made, { schedule: oneMovedOneCancelled }, values(oneMovedOneCancelled));
    });
    expect(moves).toEqual([`update ${made.id}_20261012T080000Z`, `delete ${made.id}_20261026T090000Z`]);
    expect(next.values?.schedule).toEqual(oneMovedOneCancelled);
    const back = await update(next, { schedule: weekly }, values(weekly));
    expect(back.values?.schedule).toEqual(weekly);
  });

  it('moves as a whole by one write of the series', async () => {
    const made = await create(values(weekly));
    const later = { ...weekly, start: '2026-10-05T11:00:00', end: '2026-10-05T12:00:00' };
    const moves = await written(() => update(made, { schedule: later }, values(later)));
    expect(moves).toEqual([`update ${made.id}`]);
    expect((await held(made.id))[0]?.start).toEqual({ at: '2026-10-05T09:00:00Z', timeZone: zone });
  });

  it('keeps its exceptions when its texts change', async () => {
    const made = await create(values(oneMovedOneCancelled));
    const whole = values(oneMovedOneCancelled, { title: 'Autre titre' });
    const next = await update(made, { title: 'Autre titre' }, whole);
    expect(next.values).toEqual(whole);
    expect((await held(made.id)).map((row) => row.fields.summary)).toEqual(['Autre titre', 'Autre titre']);
  });

  it('stays in its own zone when the other side, in another one, moves one occurrence', async () => {
    const made = await create(
      values({
        ...weekly,
        zone: 'America/New_York',
        start: '2026-10-05T09:00:00',
        end: '2026-10-05T10:00:00',
      }),
    );
    // What Paris says of it: at three, but for the week in which New York is an hour nearer, and twice so in spring.
    const paris = {
      start: '2026-10-05T15:00:00',
      end: '2026-10-05T16:00:00',
      zone,
      rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270426',
      exceptions: [
        { at: '2026-10-19T15:00:00', start: '2026-10-20T15:00:00', end: '2026-10-20T16:00:00' },
        ...['2026-10-26', '2027-03-15', '2027-03-22'].map((day) => ({
          at: `${day}T15:00:00`,
          start: `${day}T14:00:00`,
          end: `${day}T15:00:00`,
        })),
      ],
    };
    const moves = await written(() => update(made, { schedule: paris }, values(paris)));
    expect(moves).toEqual([`update ${made.id}_20261019T130000Z`]);
    expect((await held(made.id))[0]?.start.timeZone).toBe('America/New_York');
  });

  it('becomes longer, another rule, a single one, and a series again', async () => {
    const made = await create(values(weekly));
    const longer = { ...weekly, rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270628' };
    const every = { ...weekly, rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20270630' };
    const once = { start: '2026-12-01T09:00:00Z', end: '2026-12-01T10:00:00Z' };
    let last = made;
    for (const schedule of [longer, every, once, oneMovedOneCancelled]) {
      last = await update(last, { schedule }, values(schedule));
      expect(last.values?.schedule).toEqual(schedule);
    }
  });

  it('of whole days never moves from its days', async () => {
    const days = {
      start: '2026-12-24',
      end: '2026-12-26',
      rule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24;UNTIL=20291224',
    };
    const exceptions = [{ at: '2027-12-24', start: '2027-12-23', end: '2027-12-25' }];
    const made = await create(values({ ...days, exceptions }));
    expect(made.values?.schedule).toEqual({ ...days, exceptions });
    expect((await held(made.id)).map(({ start }) => start)).toEqual([
      { date: '2026-12-24' },
      { date: '2027-12-23' },
    ]);
  });
});

describe('what people do in Google', () => {
  it('to one occurrence is told as a change of its series', async () => {
    const made = await create(values(weekly));
    await look();
    const id = `${made.id}_20261102T090000Z`;
    const quietly = { calendarId, sendUpdates: 'none' } as const;
    await google.client.patchEvent(quietly, id, null, { summary: 'Autre sujet' });
    const { records } = await look();
    expect(records.map((record) => [record.id, record.values.schedule])).toEqual([
      [made.id, { ...weekly, exceptions: [{ at: '2026-11-02T10:00:00', title: 'Autre sujet' }] }],
    ]);
    expect(records[0]?.version).not.toBe(made.version);
    const [read] = await event.read(google.client, { ids: [made.id], fields, options });
    expect(read).toEqual(records[0]);
  });
});

describe('left out, with the reason', () => {
  const counterpart = {
    vendor: 'Zoho CRM',
    endlessSeries: false,
    mostOccurrences: 500,
    frequencies: ['WEEKLY'],
    ruleParts: ['BYDAY'],
    foreignZones: true,
    severalRules: false,
    mostParticipants: 50,
    answers: false,
  };
  const reason = async (id: string): Promise<string | undefined> => {
    const wish = { ids: [id], fields, options: { counterpart } };
    return (await event.read(google.client, wish))[0]?.excluded?.fr;
  };

  it('is what the other side cannot hold', async () => {
    const endless = await create(values({ ...weekly, rule: 'FREQ=WEEKLY;BYDAY=MO' }));
    expect(await reason(endless.id)).toContain('pas de fin');
    const daily = await create(values({ ...weekly, rule: 'FREQ=DAILY;UNTIL=20261010' }));
    expect(await reason(daily.id)).toContain('DAILY');
    expect(await reason((await create(values(weekly))).id)).toBeUndefined();
  });

  it('is what is private', async () => {
    const quietly = { calendarId, sendUpdates: 'none' } as const;
    const made = await google.client.insertEvent(quietly, 'abcde00000000001', {
      summary: 'Médecin',
      visibility: 'private',
      start: { dateTime: '2026-12-01T10:00:00Z' },
      end: { dateTime: '2026-12-01T11:00:00Z' },
    });
    expect(await reason(made.id)).toContain('privée');
  });
});

it('a schedule that cannot be read is that record’s own failure', async () => {
  const outcomes = await event.create(google.client, [{ marker: 'm', values: values('demain') }], options);
  expect(outcomes).toMatchObject([
    { ok: false, error: { kind: 'rejected', details: { field: 'schedule' } } },
  ]);
});
