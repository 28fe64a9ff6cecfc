import type { ZohoCrmClient } from '../../server/connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { events } from '../../server/connectors/zoho-crm/event-object.ts';
import type {
  Changes,
  FieldValue,
  FieldValues,
  SideRecord,
  WriteOutcome,
} from '../../server/core/sync-object.ts';
import { type Connected, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const fields = ['title', 'schedule', 'location', 'description', 'participants'];
const options = {};
const zone = 'Europe/Paris';
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
const once = { start: '2026-12-01T09:00:00Z', end: '2026-12-01T10:00:00Z' };
const values = (schedule: FieldValue, more: FieldValues = {}): FieldValues => ({
  title: 'Chaque lundi',
  schedule,
  location: 'Lyon',
  description: null,
  participants: [],
  ...more,
});

let sandbox: OpenSandbox;
let crm: Connected<ZohoCrmClient>;
let cursor: FieldValue;

beforeAll(async () => {
  sandbox = await openSandbox('zoho-crm-events', { only: ['zoho-accounts', 'zoho-crm'] });
  crm = await sandbox.connect(zohoCrm);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  cursor = null;
  await look();
});

/** Everything since the last look. */
async function look(): Promise<Pick<Changes, 'records' | 'deleted'>> {
  const records = new Map<string, SideRecord>();
  const deleted: string[] = [];
  let more = true;
  while (more) {
    const page = await events.changes(crm.client, { cursor, fields, options });
    for (const record of page.records) records.set(record.id, record);
    deleted.push(...page.deleted);
    ({ cursor, more } = page);
  }
  return { records: [...records.values()], deleted };
}

type Good = Extract<WriteOutcome, { ok: true }>;

function good(outcome: WriteOutcome | undefined): Good {
  if (outcome?.ok !== true) throw outcome?.error ?? new Error('no outcome');
  return outcome;
}

const create = async (whole: FieldValues): Promise<Good> =>
  good((await events.create(crm.client, [{ marker: 'm', values: whole }], options))[0]);

const change = async (made: { id: string; version: string | null }, patch: FieldValues, whole: FieldValues) =>
  (await events.update(crm.client, [{ ...made, values: patch, whole }], options))[0];

const read = (id: string) => events.read(crm.client, { ids: [id], fields, options });

interface Row {
  readonly id: string;
  readonly Event_Title: string;
  readonly Start_DateTime: string;
  readonly End_DateTime: string;
  readonly Participants: readonly { type: string; Email: string }[] | null;
}

/** Starts of what the CRM holds under a title, in order. */
async function held(title: string): Promise<Row[]> {
  const rows = (await sandbox.state('zoho-crm')).Events as unknown as Row[];
  return rows
    .filter((row) => row.Event_Title === title)
    .sort((a, b) => Date.parse(a.Start_DateTime) - Date.parse(b.Start_DateTime));
}

let titles = 0;
const freshTitle = (): string => {
  titles += 1;
  return `Réunion ${titles}`;
};

async function written(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = (await sandbox.ledger('zoho-crm')).length;
  await work();
  const lines = (await sandbox.ledger('zoho-crm')).slice(before);
  const counts: Record<string, number> = {};
  for (const { action } of lines) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}

it('lists the meetings that are not long over, and then only what changed', async () => {
  cursor = null;
  const { records } = await look();
  const garage = records.find(({ label }) => label === 'Atelier besoins — Garage Benali');
  expect(garage?.values).toMatchObject({
    title: 'Atelier besoins — Garage Benali',
    location: '112 avenue Berthelot, Lyon',
    // Claire owns it: she is none of the invited.
    participants: ['hugo.marchetti@atelier-lumen.example', 'karim@garage-benali.example'],
    schedule: { start: expect.stringMatching(/Z$/), end: expect.stringMatching(/Z$/) },
  });
});

describe('a single meeting', () => {
  it('comes back as it was sent, and its participants as who they are to the CRM', async () => {
    const title = freshTitle();
    const participants = [
      'anyone@x.example',
      'claire.fontaine@atelier-lumen.example',
      'karim@garage-benali.example',
    ];
    const whole = values(once, { title, participants });
    const made = await create(whole);
    const [record] = await read(made.id);
    expect(record).toEqual({ id: made.id, version: made.version, label: title, marker: null, values: whole });
    const [row] = await held(title);
    expect(row?.Start_DateTime).toBe('2026-12-01T10:00:00+01:00');
    expect(row?.Participants?.map(({ type }) => type)).toEqual(['email', 'user', 'contact']);
  });

  it('two of whom share an address, has neither for a participant, but the address', async () => {
    const title = freshTitle();
    await create(values(once, { title, participants: ['accueil@veto-forges.example'] }));
    expect((await held(title))[0]?.Participants?.map(({ type }) => type)).toEqual(['email']);
  });

  it('of whole days never moves from its days', async () => {
    const title = freshTitle();
    const days = { start: '2026-12-24', end: '2026-12-26' };
    const made = await create(values(days, { title }));
    const [row] = await held(title);
    expect([row?.Start_DateTime, row?.End_DateTime]).toEqual([
      '2026-12-24T00:00:00+01:00',
      '2026-12-25T23:59:59+01:00',
    ]);
    expect((await read(made.id))[0]?.values.schedule).toEqual(days);
    const whole = values(once, { title });
    good(await change(made, { schedule: once }, whole));
    expect((await read(made.id))[0]?.values).toEqual(whole);
  });

  it('that is removed is told as deleted', async () => {
    const made = await create(values(once, { title: freshTitle() }));
    await look();
    good((await events.remove(crm.client, [made.id], options))[0]);
    good((await events.remove(crm.client, [made.id], options))[0]);
    expect((await look()).deleted).toContain(made.id);
    expect(await read(made.id)).toEqual([]);
  });

  it('of a batch fails by itself', async () => {
    const drafts = [values(once), values('demain'), values({ ...weekly, rule: 'FREQ=WEEKLY' }), values(once)];
    const outcomes = await events.create(
      crm.client,
      drafts.map((one) => ({ marker: 'm', values: one })),
      options,
    );
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, false, true]);
    expect(outcomes[2]).toMatchObject({
      error: {
        kind: 'rejected',
        details: { field: 'schedule', sentence: { fr: expect.stringContaining('pas de fin') } },
      },
    });
  });
});

describe('a weekly meeting over both changes of the clocks, one occurrence moved and one cancelled', () => {
  it('is one series of ours, and one record for each occurrence in the CRM', async () => {
    const title = freshTitle();
    const whole = values(oneMovedOneCancelled, { title });
    const made = await create(whole);
    expect(made.values).toEqual(whole);
    const rows = await held(title);
    expect(rows).toHaveLength(29);
    expect(rows.slice(0, 4).map(({ Start_DateTime }) => Start_DateTime)).toEqual([
      '2026-10-05T10:00:00+02:00',
      '2026-10-13T15:00:00+02:00',
      '2026-10-19T10:00:00+02:00',
      '2026-11-02T10:00:00+01:00',
    ]);
    expect(rows.at(-1)?.Start_DateTime).toBe('2027-04-26T10:00:00+02:00');
    const record = { id: made.id, version: made.version, label: title, marker: null, values: whole };
    const { records } = await look();
    expect(records.filter(({ label }) => label === title)).toEqual([record]);
    expect(await read(made.id)).toEqual([record]);
  });

  it('has only the records written whose occurrences are wanted elsewhere', async () => {
    const title = freshTitle();
    const made = await create(values(weekly, { title }));
    let next = made;
    const whole = values(oneMovedOneCancelled, { title });
    const counts = await written(async () => {
      next = good(await change(made, { schedule: oneMovedOneCancelled }, whole));
    });
    expect(counts).toEqual({ update: 1, delete: 1 });
    expect(next.values).toEqual(whole);
    const stale = await change(made, { title: 'x' }, whole);
    expect(stale).toMatchObject({ ok: false, error: { kind: 'conflict' } });
  });

  it('is told as one change when people move or delete an occurrence in the CRM', async () => {
    const title = freshTitle();
    const made = await create(values(weekly, { title }));
    await look();
    const rows = await held(title);
    await crm.client.updateOne(
      'Events',
      {
        id: rows[1]?.id ?? '',
        Start_DateTime: '2026-10-13T15:00:00+02:00',
        End_DateTime: '2026-10-13T16:30:00+02:00',
      },
      [],
    );
    await crm.client.remove('Events', [rows[3]?.id ?? '']);
    const { records, deleted } = await look();
    // The last seconds are read again, so that others may come too.
    expect(deleted).not.toContain(made.id);
    expect(records.find(({ id }) => id === made.id)?.values.schedule).toEqual(oneMovedOneCancelled);
    // The first one too: the series does not hang on any of its records.
    await crm.client.remove('Events', [rows[0]?.id ?? '']);
    const after = await look();
    expect(after.deleted).not.toContain(made.id);
    expect(after.records.map(({ id }) => id)).toContain(made.id);
  });

  it('is gone when its last record is', async () => {
    const title = freshTitle();
    const made = await create(values({ ...weekly, rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261019' }, { title }));
    await look();
    await crm.client.remove(
      'Events',
      (await held(title)).map(({ id }) => id),
    );
    expect((await look()).deleted).toContain(made.id);
    expect(await read(made.id)).toEqual([]);
    good((await events.remove(crm.client, [made.id], options))[0]);
  });

  it('moves, is renamed and gets shorter; what the CRM cannot do is refused before anything is written', async () => {
    const title = freshTitle();
    const other = freshTitle();
    const made = await create(values(weekly, { title }));
    const later = { ...weekly, start: '2026-10-05T11:00:00', end: '2026-10-05T12:30:00' };
    const moved = good(
      await change(made, { schedule: later, title: other }, values(later, { title: other })),
    );
    expect(moved.values).toEqual(values(later, { title: other }));
    const shorter = { ...later, rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261026' };
    const cut = good(await change(moved, { schedule: shorter }, values(shorter, { title: other })));
    expect((await held(other)).map(({ Start_DateTime }) => Start_DateTime)).toEqual([
      '2026-10-05T11:00:00+02:00',
      '2026-10-12T11:00:00+02:00',
      '2026-10-19T11:00:00+02:00',
      '2026-10-26T11:00:00+01:00',
    ]);
    const counts = await written(async () => {
      for (const schedule of [later, once]) {
        const outcome = await change(cut, { schedule }, values(schedule, { title: other }));
        expect(outcome).toMatchObject({
          ok: false,
          error: { kind: 'rejected', details: { field: 'schedule' } },
        });
      }
    });
    expect(counts).toEqual({});
  });

  it.each([
    ['America/New_York', '2026-10-05T09:00:00', '2026-10-05T10:00:00', 'MO'],
    ['Asia/Kolkata', '2026-10-05T09:00:00', '2026-10-05T10:00:00', 'MO'],
    ['America/Sao_Paulo', '2026-10-05T20:00:00', '2026-10-05T21:00:00', 'MO'],
    ['Pacific/Apia', '2026-10-05T09:00:00', '2026-10-05T10:00:00', 'MO'],
  ])(
    'of %s takes place at its own wall time, whatever the CRM’s clocks say',
    async (foreign, from, to, day) => {
      const title = freshTitle();
      const schedule = {
        start: from,
        end: to,
        zone: foreign,
        rule: `FREQ=WEEKLY;BYDAY=${day};UNTIL=20270426`,
      };
      await create(values(schedule, { title }));
      const walls = (await held(title)).map(({ Start_DateTime }) =>
        new Intl.DateTimeFormat('en-GB', {
          timeZone: foreign,
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
        }).format(new Date(Start_DateTime)),
      );
      expect(walls).toHaveLength(30);
      expect(new Set(walls)).toEqual(new Set([`Mon ${from.slice(11, 16)}`]));
    },
  );
});

it('mails nobody unless that is chosen', async () => {
  const mails = async () =>
    (await sandbox.ledger('zoho-crm')).filter(({ object }) => object === 'invitation').length;
  const whole = values(once, { participants: ['a@x.example'] });
  const made = await create(whole);
  good(await change(made, { title: 'x' }, { ...whole, title: 'x' }));
  expect(await mails()).toBe(0);
  good((await events.create(crm.client, [{ marker: 'm', values: whole }], { notify: true }))[0]);
  expect(await mails()).toBe(1);
});

it('says that it may have happened when something fails after the series was made', async () => {
  const title = freshTitle();
  await sandbox.fault('zoho-crm', { status: 429, methods: ['PUT'], count: 1 });
  const [made] = await events.create(
    crm.client,
    [{ marker: 'm', values: values(oneMovedOneCancelled, { title }) }],
    options,
  );
  expect(made).toMatchObject({
    ok: false,
    ofCall: true,
    error: { kind: 'rate-limited', details: { mayHaveHappened: true } },
  });
  expect(await held(title)).toHaveLength(30);
  await sandbox.fault('zoho-crm', null);
});
