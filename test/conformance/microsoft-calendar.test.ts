import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MicrosoftCalendarClient } from '../../server/connectors/microsoft-calendar/client.ts';
import { microsoftCalendar } from '../../server/connectors/microsoft-calendar/connector.ts';
import { event } from '../../server/connectors/microsoft-calendar/event-object.ts';
import { CRM_MEETINGS } from '../../server/connectors/zoho-crm/event-ability.ts';
import type {
  Changes,
  FieldValue,
  FieldValues,
  ObjectOptions,
  SideRecord,
  WriteOutcome,
} from '../../server/core/sync-object.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const VENDOR = 'microsoft-calendar';
const ZONE = 'Europe/Paris';
const fields = ['title', 'schedule', 'location', 'description', 'participants'];
const usual: ObjectOptions = {
  counterpart: CRM_MEETINGS as unknown as FieldValue,
  counterpartZone: ZONE,
};
/** Outlook may mail whoever takes part. */
const mailing: ObjectOptions = { ...usual, mailParticipants: true };
let sandbox: OpenSandbox;
let outlook: Connected<MicrosoftCalendarClient>;
let client: MicrosoftCalendarClient;
let cursor: FieldValue = null;

beforeAll(async () => {
  sandbox = await openSandbox(VENDOR, { only: [VENDOR, 'microsoft-accounts'] });
  outlook = await sandbox.connect(microsoftCalendar);
  client = outlook.client;
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.fault(VENDOR, null));
/** From where the last look ended. */
beforeEach(async () => {
  await look().catch(async () => {
    cursor = null;
    await look();
  });
});

const act = (wish: object) => sandbox.act(VENDOR, wish) as Promise<{ id: string }>;

/** Everything since the last look. */
async function look(options = usual, through = client): Promise<Pick<Changes, 'records' | 'deleted'>> {
  const records: SideRecord[] = [];
  const deleted: string[] = [];
  for (let more = true; more; ) {
    const page = await event.changes(through, { cursor, fields, options });
    records.push(...page.records);
    deleted.push(...page.deleted);
    more = page.more;
    cursor = JSON.parse(JSON.stringify(page.cursor)) as FieldValue;
  }
  return { records, deleted };
}
const one = async (id: string, options = usual) =>
  (await event.read(client, { ids: [id], fields, options }))[0] as SideRecord;

let marks = 0;
const values = (schedule: FieldValue, more: FieldValues = {}): FieldValues => ({
  title: 'Point projet',
  schedule,
  location: 'Lyon',
  description: null,
  participants: [],
  ...more,
});
function good(outcome: WriteOutcome | undefined): Extract<WriteOutcome, { ok: true }> {
  if (outcome?.ok !== true) throw outcome?.error ?? new Error('no outcome');
  return outcome;
}
const refused = (outcome: WriteOutcome | undefined) => {
  if (outcome === undefined || outcome.ok) throw new Error('it was done');
  return outcome.error;
};
async function create(whole: FieldValues, options = usual) {
  marks += 1;
  return good((await event.create(client, [{ marker: `mark-${marks}`, values: whole }], options))[0]);
}
const change = async (
  made: { id: string; version: string | null },
  patch: FieldValues,
  whole: FieldValues,
  options = usual,
) => (await event.update(client, [{ id: made.id, version: made.version, values: patch, whole }], options))[0];

interface Row {
  readonly id: string;
  readonly masterId: string | null;
  readonly start: { dateTime: string; timeZone: string };
  readonly removed: readonly string[];
  readonly recurrence: { pattern: object; range: object } | null;
  readonly attendees: readonly { address: string; response: string }[];
  readonly fields: { subject: string; body: { content: string } };
}
const rows = async (id: string): Promise<Row[]> =>
  ((await sandbox.state(VENDOR)).events as unknown as Row[]).filter(
    (row) => row.id === id || row.masterId === id,
  );
const mails = async () =>
  ((await sandbox.state(VENDOR)).mails ?? []) as unknown as { kind: string; to: string }[];

async function calls(work: () => Promise<unknown>): Promise<string[]> {
  const before = outlook.exchanges.length;
  await work();
  return outlook.exchanges.slice(before).map(({ method, url }) => `${method} ${new URL(url).pathname}`);
}

const weekly = {
  start: '2027-03-08T10:00:00',
  end: '2027-03-08T11:00:00',
  zone: ZONE,
  rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270426',
};
const at = (dateTime: string, timeZone = 'Romance Standard Time') => ({ dateTime, timeZone });
const WEEKLY = (day: string, startDate: string, endDate: string, more: object = {}) => ({
  pattern: { type: 'weekly', interval: 1, daysOfWeek: [day], firstDayOfWeek: 'monday' },
  range: { type: 'endDate', startDate, endDate, recurrenceTimeZone: 'Romance Standard Time', ...more },
});

it('names the account that consented, and the calendars that it may write to', async () => {
  expect(outlook.account.name).toBe('hugo.marchetti@atelier-lumen.example');
  const choices = await event.options?.[0]?.choices?.(client);
  expect(choices?.map(({ title }) => title)).toEqual(['Calendrier', 'Équipe Atelier Lumen']);
});

it('lists every meeting once, series as series, and then only what changed', async () => {
  cursor = null;
  const { records } = await look();
  expect(records.map(({ label }) => label).sort()).toEqual([
    'Point hebdomadaire Pélissier',
    'Présentation des maquettes — L’Œil Ouvert',
    'Salon du e-commerce',
    'Visite du domaine du Clos Vert',
  ]);
  expect(records.find(({ label }) => label.startsWith('Point'))?.values).toMatchObject({
    schedule: { zone: ZONE, rule: expect.stringMatching(/^FREQ=WEEKLY;BYDAY=TU;UNTIL=\d{8}$/) },
    participants: ['claire.fontaine@atelier-lumen.example', 'juliette@boulangerie-pelissier.example'],
  });
  expect(records.find(({ label }) => label.startsWith('Salon'))?.values.schedule).toEqual({
    start: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    end: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
  expect(await look()).toEqual({ records: [], deleted: [] });
});

describe('a single meeting', () => {
  const once = { start: '2026-12-14T09:00:00Z', end: '2026-12-14T10:00:00Z' };

  it('is made once, however often, and comes back as it was sent, with its mark', async () => {
    const draft = {
      marker: 'the-same',
      values: values(once, { description: 'Une ligne\n\n  une autre & <b>' }),
    };
    const first = good((await event.create(client, [draft], usual))[0]);
    const again = good((await event.create(client, [draft], usual))[0]);
    expect(again.id).toBe(first.id);
    expect(first.values).toEqual(draft.values);
    const { records } = await look();
    expect(records).toEqual([
      {
        id: first.id,
        version: first.version,
        label: 'Point projet',
        marker: 'the-same',
        values: first.values,
      },
    ]);
  });

  it('is changed, becomes a day, and an hour again; an older state is refused', async () => {
    const made = await create(values(once));
    const day = { start: '2026-12-15', end: '2026-12-16' };
    const whole = values(day, { title: 'Journée' });
    const changed = good(await change(made, { title: 'Journée', schedule: day }, whole));
    expect(changed.values).toEqual(whole);
    expect(refused(await change(made, { title: 'Ancien' }, whole)).kind).toBe('conflict');
    expect(good(await change(changed, { schedule: once }, values(once))).values?.schedule).toEqual(once);
  });

  it('is gone on both sides of a deletion, and one that is gone already is no failure', async () => {
    const made = await create(values(once));
    await look();
    good((await event.remove(client, [made.id], usual))[0]);
    expect((await look()).deleted).toEqual([made.id]);
    good((await event.remove(client, [made.id], usual))[0]);
  });

  it('of whole days without a length is one day: https://github.com/ridafkih/keeper.sh/pull/616', async () => {
    const made = await act({
      act: 'create',
      event: {
        subject: 'Inventaire',
        isAllDay: true,
        start: at('2026-12-03T00:00:00'),
        end: at('2026-12-04T00:00:00'),
      },
    });
    expect((await one(made.id)).values.schedule).toEqual({ start: '2026-12-03', end: '2026-12-04' });
  });

  it('in a zone that exists nowhere is at its moment', async () => {
    const made = await act({
      act: 'invite',
      event: {
        subject: 'Ailleurs',
        start: at('2027-01-06T18:00:00', 'tzone://Microsoft/Custom'),
        end: at('2027-01-06T19:00:00', 'tzone://Microsoft/Custom'),
      },
    });
    expect((await one(made.id)).values.schedule).toEqual({
      start: '2027-01-06T18:00:00Z',
      end: '2027-01-06T19:00:00Z',
    });
  });

  it('that is moved into the window, or out of it, is not deleted', async () => {
    const far = await act({
      act: 'create',
      event: { subject: 'Loin', start: at('2031-01-06T10:00:00'), end: at('2031-01-06T11:00:00') },
    });
    expect((await look()).deleted).toEqual([]);
    await act({
      act: 'edit',
      event: far.id,
      changes: { start: at('2027-01-06T10:00:00'), end: at('2027-01-06T11:00:00') },
    });
    expect((await look()).records.map(({ id }) => id)).toEqual([far.id]);
    await act({
      act: 'edit',
      event: far.id,
      changes: { start: at('2031-01-07T10:00:00'), end: at('2031-01-07T11:00:00') },
    });
    const { records, deleted } = await look();
    expect([records.map(({ id }) => id), deleted]).toEqual([[far.id], []]);
    const isListed = (schedule: FieldValue) =>
      event.isListed?.({ schedule }, usual, Date.parse('2026-12-01'));
    expect(isListed(records[0]?.values.schedule ?? null)).toBe(false);
    expect(isListed(once)).toBe(true);
  });
});

describe('a series', () => {
  it('keeps its hour over the change of the clocks, its exceptions too', async () => {
    const schedule = {
      ...weekly,
      exceptions: [
        { at: '2027-03-22T10:00:00', start: '2027-03-23T15:00:00', end: '2027-03-23T16:30:00' },
        { at: '2027-03-29T10:00:00', cancelled: true },
        { at: '2027-04-05T10:00:00', title: 'Bilan' },
      ],
    };
    const made = await create(values(schedule));
    expect(made.values?.schedule).toEqual(schedule);
    expect((await one(made.id)).values.schedule).toEqual(schedule);
    const [series, ...parts] = await rows(made.id);
    expect(series?.removed).toEqual(['2027-03-29']);
    expect(parts.map(({ start, fields: { subject } }) => [start.dateTime, subject])).toEqual([
      ['2027-03-23T15:00:00', 'Point projet'],
      ['2027-04-05T10:00:00', 'Bilan'],
    ]);
    // Nothing is left to be done: the series, where it lies, its dates and the changed ones are read, and nothing is written.
    expect(await calls(() => change({ ...made, version: null }, { schedule }, values(schedule)))).toEqual([
      'POST /v1.0/$batch',
      'POST /v1.0/$batch',
      'POST /v1.0/$batch',
      'POST /v1.0/$batch',
    ]);
  });

  it('of which a date is deleted lacks it, though Graph names it nowhere', async () => {
    const made = await create(values(weekly));
    await look();
    await act({ act: 'delete', event: made.id, day: '2027-03-15' });
    const { records, deleted } = await look();
    expect(deleted).toEqual([]);
    expect(records.map(({ values: { schedule } }) => schedule)).toEqual([
      { ...weekly, exceptions: [{ at: '2027-03-15T10:00:00', cancelled: true }] },
    ]);
    expect(records[0]?.version).not.toBe(made.version);
  });

  it('has its moved dates by their original, in UTC whatever is told beside it', async () => {
    const made = await act({
      act: 'create',
      event: {
        subject: 'New York',
        start: at('2027-03-02T15:00:00', 'Eastern Standard Time'),
        end: at('2027-03-02T16:00:00', 'Eastern Standard Time'),
        recurrence: WEEKLY('tuesday', '2027-03-02', '2027-05-18', { recurrenceTimeZone: '' }),
      },
    });
    await act({
      act: 'edit',
      event: made.id,
      day: '2027-03-16',
      changes: { start: at('2027-03-17T19:00:00', 'UTC'), end: at('2027-03-17T20:00:00', 'UTC') },
    });
    expect((await one(made.id)).values.schedule).toEqual({
      start: '2027-03-02T15:00:00',
      end: '2027-03-02T16:00:00',
      zone: 'America/New_York',
      rule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270518',
      exceptions: [{ at: '2027-03-16T15:00:00', start: '2027-03-17T15:00:00', end: '2027-03-17T16:00:00' }],
    });
  });

  it('of whole days keeps its days, the moved one too, where nobody says in which zone it repeats', async () => {
    const made = await act({
      act: 'invite',
      event: {
        subject: 'Astreinte',
        isAllDay: true,
        start: at('2027-01-04T00:00:00', 'Romance Standard Time'),
        end: at('2027-01-05T00:00:00', 'Romance Standard Time'),
        recurrence: WEEKLY('monday', '2027-01-04', '2027-02-01', { recurrenceTimeZone: '' }),
      },
    });
    const day = { start: at('2027-01-19T00:00:00'), end: at('2027-01-20T00:00:00') };
    await act({ act: 'edit', event: made.id, day: '2027-01-18', changes: { ...day, isAllDay: true } });
    expect((await one(made.id)).values.schedule).toEqual({
      start: '2027-01-04',
      end: '2027-01-05',
      rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270201',
      exceptions: [{ at: '2027-01-18', start: '2027-01-19', end: '2027-01-20' }],
    });
  });

  it('of Monday morning in Tokyo is that, and on Sunday evening in Paris', async () => {
    const made = await act({
      act: 'create',
      event: {
        subject: 'Tokyo',
        start: at('2027-01-11T07:00:00', 'Tokyo Standard Time'),
        end: at('2027-01-11T08:00:00', 'Tokyo Standard Time'),
        recurrence: WEEKLY('monday', '2027-01-11', '2027-02-08', {
          recurrenceTimeZone: 'Tokyo Standard Time',
        }),
      },
    });
    expect((await one(made.id)).values.schedule).toEqual({
      start: '2027-01-11T07:00:00',
      end: '2027-01-11T08:00:00',
      zone: 'Asia/Tokyo',
      rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270208',
    });
  });

  it('whose zone nobody knows, which has no end, or which no rule says, is left out with the reason', async () => {
    const custom = 'tzone://Microsoft/Custom';
    const unknown = await act({
      act: 'invite',
      event: {
        subject: 'Ailleurs',
        start: at('2027-01-04T10:00:00', custom),
        end: at('2027-01-04T11:00:00', custom),
        recurrence: WEEKLY('monday', '2027-01-04', '2027-02-01', {
          recurrenceTimeZone: 'Customized Time Zone',
        }),
      },
    });
    expect((await one(unknown.id)).excluded?.en).toContain('“Customized Time Zone”');
    const endless = await act({
      act: 'create',
      event: {
        subject: 'Toujours',
        start: at('2027-01-04T10:00:00'),
        end: at('2027-01-04T11:00:00'),
        recurrence: {
          ...WEEKLY('monday', '2027-01-04', ''),
          range: { type: 'noEnd', startDate: '2027-01-04' },
        },
      },
    });
    expect((await one(endless.id)).excluded?.en).toContain('no end');
    expect((await one(endless.id, {})).excluded?.en).toContain('no end');
    const last = await act({
      act: 'create',
      event: {
        subject: 'Fin de mois',
        start: at('2027-01-31T10:00:00'),
        end: at('2027-01-31T11:00:00'),
        recurrence: {
          pattern: { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
          range: { type: 'numbered', startDate: '2027-01-31', numberOfOccurrences: 4 },
        },
      },
    });
    expect((await one(last.id)).excluded?.en).toContain('no words elsewhere');
    expect(
      refused(
        (
          await event.create(
            client,
            [
              {
                marker: 'm',
                values: values({ ...weekly, rule: 'FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20270426' }),
              },
            ],
            usual,
          )
        )[0],
      ),
    ).toMatchObject({
      kind: 'rejected',
      details: { field: 'schedule' },
    });
  });

  it('is moved as a whole, loses an end, becomes a single meeting and a series again', async () => {
    const made = await create(values(weekly));
    const later = { ...weekly, start: '2027-03-08T14:00:00', end: '2027-03-08T15:00:00' };
    const moved = good(await change(made, { schedule: later }, values(later)));
    expect(moved.values?.schedule).toEqual(later);
    const single = { start: '2027-03-08T13:00:00Z', end: '2027-03-08T14:00:00Z' };
    const once = good(await change(moved, { schedule: single }, values(single)));
    expect(once.values?.schedule).toEqual(single);
    const again = good(await change(once, { schedule: weekly }, values(weekly)));
    expect((await one(again.id)).values.schedule).toEqual(weekly);
  });

  it('does not get back a date that was deleted: it is said, and nothing is written', async () => {
    const schedule = { ...weekly, exceptions: [{ at: '2027-03-15T10:00:00', cancelled: true }] };
    const made = await create(values(schedule));
    const before = (await sandbox.ledger(VENDOR)).length;
    const held = await one(made.id);
    expect(refused(await change(held, { schedule: weekly }, values(weekly))).details.sentence.en).toContain(
      'cannot bring back',
    );
    expect((await sandbox.ledger(VENDOR)).length).toBe(before);
  });

  it('of which one date cannot be where it is wanted has the others where they are, and says so', async () => {
    const made = await create(values(weekly));
    const held = await one(made.id);
    const schedule = {
      ...weekly,
      exceptions: [
        { at: '2027-03-15T10:00:00', start: '2027-03-24T10:00:00', end: '2027-03-24T11:00:00' },
        { at: '2027-03-29T10:00:00', cancelled: true },
      ],
    };
    const error = refused(await change(held, { schedule }, values(schedule)));
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['rejected', undefined]);
    expect(error.details.sentence.en).toContain('lets no date of a series pass');
    expect((await one(made.id)).values.schedule).toEqual({
      ...weekly,
      exceptions: [{ at: '2027-03-29T10:00:00', cancelled: true }],
    });
  });

  it('of which one date alone has participants mails nobody either', async () => {
    const made = await create(values(weekly));
    const attendees = [{ type: 'required', emailAddress: { address: 'a@x.example' } }];
    await act({ act: 'edit', event: made.id, day: '2027-03-15', changes: { attendees } });
    const held = await one(made.id);
    const before = await mails();
    expect(refused(await change(held, { title: 'Autre' }, { ...held.values, title: 'Autre' })).kind).toBe(
      'rejected',
    );
    expect(refused((await event.remove(client, [made.id], usual))[0]).kind).toBe('rejected');
    expect(await mails()).toEqual(before);
  });

  it('whose master is gone is told, and is no meeting of another day', async () => {
    const made = await create(values(weekly));
    const { getEvents } = client;
    const half = {
      ...client,
      getEvents: async (ids: readonly string[]) =>
        (await getEvents(ids)).filter(({ type }) => type !== 'seriesMaster'),
    };
    cursor = null;
    const { records } = await look(usual, half as MicrosoftCalendarClient);
    const record = records.find(({ id }) => id === made.id);
    expect(record?.excluded?.en).toContain('not the series itself');
    expect(record?.values.schedule).toBeUndefined();
  });

  it('costs calls that do not grow with its dates', async () => {
    const made = await create(values(weekly));
    await look();
    await act({ act: 'edit', event: made.id, day: '2027-03-15', changes: { subject: 'Autre' } });
    const asked = await calls(() => look());
    expect(asked.length).toBeLessThanOrEqual(5);
  });
});

describe('who takes part', () => {
  const once = { start: '2026-12-16T09:00:00Z', end: '2026-12-16T10:00:00Z' };
  const invited = {
    subject: 'Avec des invités',
    start: at('2026-12-17T10:00:00'),
    end: at('2026-12-17T11:00:00'),
  };
  const attendees = [
    {
      type: 'required',
      emailAddress: { address: 'Karim@garage-benali.example' },
      status: { response: 'accepted' },
    },
    { type: 'resource', emailAddress: { address: 'salle@atelier-lumen.example' } },
  ];

  it('is mailed by nothing that Liaison does, unless that was chosen', async () => {
    const before = await mails();
    const draft = { marker: 'invite', values: values(once, { participants: ['a@x.example'] }) };
    expect(refused((await event.create(client, [draft], usual))[0])).toMatchObject({
      details: { field: 'participants' },
    });
    const made = await act({ act: 'create', event: { ...invited, attendees } });
    const held = await one(made.id);
    expect(held.values.participants).toEqual(['karim@garage-benali.example']);
    const whole = { ...held.values, title: 'Autre' };
    expect(refused(await change(held, { title: 'Autre' }, whole)).details.sentence.en).toContain(
      'would mail this change',
    );
    expect(refused((await event.remove(client, [made.id], usual))[0]).details.sentence.en).toContain(
      'would mail',
    );
    expect(await mails()).toEqual(before);
  });

  it('is invited where that was chosen, and keeps the answers, the companions and the room', async () => {
    const made = await act({ act: 'create', event: { ...invited, attendees } });
    const held = await one(made.id);
    const participants = ['hélène@clos-vert.example', 'karim@garage-benali.example'];
    good(await change(held, { participants }, { ...held.values, participants }, mailing));
    const [row] = await rows(made.id);
    expect(row?.attendees.map(({ address }) => address).sort()).toEqual([
      'Karim@garage-benali.example',
      'hélène@clos-vert.example',
      'salle@atelier-lumen.example',
    ]);
    expect((await mails()).slice(-1)).toMatchObject([{ kind: 'update', to: 'hélène@clos-vert.example' }]);
  });

  it('of a meeting of somebody else’s is theirs to change, and it can be taken out of one’s own calendar', async () => {
    const made = await act({ act: 'invite', event: { ...invited, attendees } });
    const held = await one(made.id);
    expect(
      refused(await change(held, { title: 'À moi' }, { ...held.values, title: 'À moi' }, mailing)).details
        .sentence.en,
    ).toContain('Only the organiser');
    const before = await mails();
    good((await event.remove(client, [made.id], usual))[0]);
    expect(await mails()).toEqual(before);
  });

  it('declines, and the meeting is withdrawn until it is accepted; one that is cancelled is withdrawn', async () => {
    const made = await act({ act: 'invite', event: { ...invited, attendees } });
    expect((await one(made.id)).excluded).toBeUndefined();
    await act({ act: 'answer', event: made.id, response: 'declined' });
    expect(await one(made.id)).toMatchObject({
      withdrawn: true,
      excluded: { en: expect.stringContaining('declined') },
    });
    expect((await one(made.id, { ...usual, declinedMeetings: true })).excluded).toBeUndefined();
    await act({ act: 'answer', event: made.id, response: 'accepted' });
    await act({ act: 'cancel', event: made.id });
    expect(await one(made.id)).toMatchObject({
      withdrawn: true,
      excluded: { en: expect.stringContaining('cancelled') },
    });
  });

  it.each(['private', 'confidential', 'personal'])(
    'a meeting that is %s stays where it is, unless that was chosen',
    async (sensitivity) => {
      const made = await act({ act: 'create', event: { ...invited, sensitivity } });
      expect((await one(made.id)).excluded?.en).toContain('private in Outlook');
      expect((await one(made.id, { ...usual, privateMeetings: true })).excluded).toBeUndefined();
    },
  );

  it('keeps the Teams link: a description that holds it is not written over, and the rest is', async () => {
    const content =
      '<p>Ordre du jour</p><div>________________</div><a href="https://teams.microsoft.com/l/x">Rejoindre</a>';
    const made = await act({
      act: 'create',
      event: { ...invited, isOnlineMeeting: true, body: { contentType: 'html', content } },
    });
    const held = await one(made.id);
    expect(held.values.description).toContain('Ordre du jour');
    const whole = { ...held.values, description: 'Rien', title: 'Autre' };
    expect(refused(await change(held, { description: 'Rien', title: 'Autre' }, whole)).details.field).toBe(
      'description',
    );
    good(await change(held, { title: 'Autre' }, { ...held.values, title: 'Autre' }));
    expect((await rows(made.id))[0]?.fields).toMatchObject({ subject: 'Autre', body: { content } });
  });
});

describe('the window', () => {
  it('moves on by itself, and what was deleted while it moved is told', async () => {
    const made = await create(values({ start: '2026-12-18T09:00:00Z', end: '2026-12-18T10:00:00Z' }));
    await look();
    const held = cursor as { to: string };
    const month = 31 * 86_400_000;
    cursor = { ...held, to: new Date(Date.parse(held.to) - month).toISOString() };
    await act({ act: 'delete', event: made.id });
    const { records, deleted } = await look();
    expect(deleted).toEqual([made.id]);
    // All of the new window was read.
    expect(records.length).toBeGreaterThan(3);
    expect(Date.parse((cursor as { to: string }).to)).toBeGreaterThan(Date.parse(held.to) - month);
    expect(await look()).toEqual({ records: [], deleted: [] });
  });

  it.each([410, 400])('is read anew when its link is of no use any more (%s)', async (status) => {
    await act({ act: 'lose-links', status });
    await expect(look()).rejects.toMatchObject({ kind: 'cursor-lost' });
    cursor = null;
    expect((await look()).records.length).toBeGreaterThan(3);
  });

  it('of another calendar is another list', async () => {
    const page = event.changes(client, { cursor, fields, options: { ...usual, calendar: 'AAMkADvEquipe=' } });
    await expect(page).rejects.toMatchObject({ kind: 'cursor-lost' });
    const team = { ...usual, calendar: 'AAMkADvEquipe=' };
    const made = await create(values({ start: '2026-12-18T09:00:00Z', end: '2026-12-18T10:00:00Z' }), team);
    const listed = await event.changes(client, { cursor: null, fields, options: team });
    expect(listed.records.map(({ id }) => id)).toEqual([made.id]);
  });
});

describe('subscriptions', () => {
  const heard: string[] = [];
  const listener = createServer((request, response) => {
    const token = new URL(request.url ?? '', 'http://x').searchParams.get('validationToken');
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (token === null) {
        heard.push(Buffer.concat(parts).toString());
        listener.emit('heard');
      }
      response.writeHead(token === null ? 202 : 200, { 'content-type': 'text/plain' });
      response.end(token ?? '');
    });
  });
  beforeAll(async () => void (await once(listener.listen(0, '127.0.0.1'), 'listening')));
  afterAll(() => void listener.close());

  it('tell of a change to any calendar, under ids that stay, and are taken back', async () => {
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`;
    const wish = { url, secret: 'state-of-ours', topics: event.topics };
    const [held] = (await microsoftCalendar.webhooks?.subscribe?.(client, wish)) ?? [];
    const told = once(listener, 'heard');
    const made = await act({
      act: 'create',
      calendar: 'team',
      event: { subject: 'Annoncée', start: at('2026-12-17T10:00:00'), end: at('2026-12-17T11:00:00') },
    });
    await told;
    const delivery = JSON.parse(heard[0] ?? '') as { value: object[] };
    expect(delivery.value).toMatchObject([
      { clientState: 'state-of-ours', changeType: 'created', resourceData: { id: made.id } },
    ]);
    expect(microsoftCalendar.webhooks?.read(delivery as never, {})).toMatchObject([
      { topic: 'events.changed' },
    ]);
    if (held) await microsoftCalendar.webhooks?.unsubscribe?.(client, held);
    expect(await sandbox.webhooks()).toEqual([]);
  });
});

it('asks for ids that stay, and times in UTC, on every call; and spoke to declared hosts only', () => {
  expect(hostsOf(outlook.exchanges)).toEqual(['graph.microsoft.com']);
});
