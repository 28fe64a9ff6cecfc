import fc from 'fast-check';
import { microsoftCalendar } from '../../server/connectors/microsoft-calendar/connector.ts';
import { event } from '../../server/connectors/microsoft-calendar/event-object.ts';
import { CRM_MEETINGS } from '../../server/connectors/zoho-crm/event-ability.ts';
import { MEETING_FIELDS } from '../../server/core/calendar/fields.ts';
import { meetingsOf } from '../../server/core/calendar/same-meetings.ts';
import { comparedTitle } from '../../server/core/calendar/untitled.ts';
import type { FieldMapping } from '../../server/core/sync/mapping.ts';
import type {
  Changes,
  FieldValue,
  FieldValues,
  SideRecord,
  SyncObject,
} from '../../server/core/sync-object.ts';
import { type OpenSandbox, openSandbox } from '../conformance/sandbox-connection.ts';
import { type MemoryVendor, memoryVendor } from './memory-object.ts';
import { openShared, openSyncRig, type SharedDatabase, type SyncRig } from './rig.ts';

/**
 * Whatever people do in Outlook's calendar (here its simulator, through Graph) and on the other side, and whatever becomes
 * of answers and links: both end equal, and then nothing is written any more.
 */
const VENDOR = 'microsoft-calendar';
const SEQUENCES = process.env.LIAISON_TEST_SIZE === 'full' ? 1_000 : 100;
/** Sequences that share one calendar, as a person's meetings do. */
const TOGETHER = 50;
const ROUNDS = 2;
const options = {
  counterpart: CRM_MEETINGS as unknown as FieldValue,
  counterpartZone: 'Europe/Paris',
  mailParticipants: true,
};
const fields = ['title', 'schedule', 'location'];
const WEEKS = ['2027-03-08', '2027-03-15', '2027-03-22', '2027-03-29'];
const WEEKDAY = { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' };

const side = fc.constantFrom('left' as const, 'right' as const);
const hour = fc.integer({ min: 8, max: 17 });
const week = fc.nat(WEEKS.length - 1);
const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('rename' as const), side, hour }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('move' as const), side, hour }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('whole-days' as const), side }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('move-date' as const), side, week, hour }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete-date' as const), side, week }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), side }) },
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;
const sequence = fc.record({
  begins: side,
  isSeries: fc.boolean(),
  acts: fc.array(act, { minLength: 1, maxLength: 2 * ROUNDS }),
});
type Sequence = typeof sequence extends fc.Arbitrary<infer One> ? One : never;
const trouble = fc.constantFrom(null, 'links-410', 'links-400', 'lost-answer', 'throttled', 'broken');

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await openShared();
});
afterAll(() => shared.close());

const two = (value: number): string => String(value).padStart(2, '0');
const at = (dateTime: string) => ({ dateTime, timeZone: 'Romance Standard Time' });
const span = (day: string, from: number) => ({
  start: at(`${day}T${two(from)}:00:00`),
  end: at(`${day}T${two(from + 1)}:00:00`),
});
/** Before the clocks change in Paris it is an hour behind, and two after; a single one stands on a day of winter. */
const single = (from: number): FieldValue => ({
  start: `2027-02-01T${two(from - 1)}:00:00Z`,
  end: `2027-02-01T${two(from)}:00:00Z`,
});
const series = (from: number): FieldValue => ({
  start: `2027-03-08T${two(from)}:00:00`,
  end: `2027-03-08T${two(from + 1)}:00:00`,
  zone: 'Europe/Paris',
  rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270329',
});

interface Sides {
  readonly sandbox: OpenSandbox;
  readonly right: MemoryVendor;
}
/** A meeting by what it began as: it may have another name since, and stand on either side, both or none. */
interface Meeting {
  readonly leftId: string | null;
  readonly rightId: string | null;
}

const outlook = ({ sandbox }: Sides, wish: object): Promise<{ id: string }> =>
  sandbox.act(VENDOR, wish) as Promise<{ id: string }>;

async function begin(sides: Sides, { begins, isSeries }: Sequence, number: number): Promise<Meeting> {
  const title = `Réunion ${number}`;
  if (begins === 'right') {
    const schedule = isSeries ? series(10) : single(10);
    return { leftId: null, rightId: sides.right.put(null, { title, schedule, location: null }) };
  }
  const range = { type: 'endDate', startDate: WEEKS[0], endDate: WEEKS.at(-1), recurrenceTimeZone: '' };
  const body = isSeries
    ? { subject: title, ...span(WEEKS[0] ?? '', 10), recurrence: { pattern: WEEKDAY, range } }
    : { subject: title, ...span('2027-02-01', 10) };
  return { leftId: (await outlook(sides, { act: 'create', event: body })).id, rightId: null };
}

/** Somebody does it, as far as it can be done there: what is gone, or no series, stays as it is. */
async function play(sides: Sides, { leftId, rightId }: Meeting, isSeries: boolean, one: Act): Promise<void> {
  const wish = one.side === 'left' ? inOutlook(leftId, isSeries, one) : null;
  // People meet refusals, too: what cannot be done is not done.
  if (wish !== null) await outlook(sides, wish).catch(() => undefined);
  if (one.side === 'right' && rightId !== null) onTheRight(sides.right, rightId, isSeries, one);
}

function inOutlook(event: string | null, isSeries: boolean, one: Act): object | null {
  if (event === null) return null;
  switch (one.kind) {
    case 'rename':
      return { act: 'edit', event, changes: { subject: `Renommée ${event.slice(-8)} ${one.hour}` } };
    case 'move':
      return isSeries
        ? { act: 'edit', event, changes: span(WEEKS[0] ?? '', one.hour) }
        : { act: 'edit', event, changes: { isAllDay: false, ...span('2027-02-02', one.hour) } };
    case 'whole-days': {
      const days = { isAllDay: true, start: at('2027-02-03T00:00:00'), end: at('2027-02-05T00:00:00') };
      return isSeries ? null : { act: 'edit', event, changes: days };
    }
    case 'move-date': {
      const day = WEEKS[one.week] ?? '';
      const tuesday = day.replace(/\d\d$/, (text) => two(Number(text) + 1));
      return isSeries ? { act: 'edit', event, day, changes: span(tuesday, one.hour) } : null;
    }
    case 'delete-date':
      return isSeries ? { act: 'delete', event, day: WEEKS[one.week] } : null;
    case 'delete':
      return { act: 'delete', event };
  }
}

type Schedule = Readonly<Record<string, FieldValue>>;

function onTheRight(right: MemoryVendor, id: string, isSeries: boolean, one: Act): void {
  const held = right.records.get(id);
  if (held === undefined || held.deleted) return;
  const schedule = held.values.schedule as Schedule;
  if (one.kind === 'delete') right.remove(id);
  else if (one.kind === 'rename') right.edit(id, { title: `Autre ${id} ${one.hour}` });
  else if (one.kind === 'move') right.edit(id, { schedule: isSeries ? series(one.hour) : single(one.hour) });
  else if (one.kind === 'whole-days') {
    if (!isSeries) right.edit(id, { schedule: { start: '2027-02-10', end: '2027-02-11' } });
  } else if (isSeries) onOneDate(right, id, schedule, one);
}

function onOneDate(
  right: MemoryVendor,
  id: string,
  schedule: Schedule,
  one: Extract<Act, { week: number }>,
): void {
  const day = WEEKS[one.week] ?? '';
  const original = `${day}${String(schedule.start).slice(10)}`;
  const before = ((schedule.exceptions ?? []) as Schedule[]).filter((exception) => exception.at !== original);
  const wednesday = day.replace(/\d\d$/, (text) => two(Number(text) + 2));
  const changed: FieldValue =
    one.kind === 'delete-date'
      ? { at: original, cancelled: true }
      : {
          at: original,
          start: `${wednesday}T${two(one.hour)}:00:00`,
          end: `${wednesday}T${two(one.hour + 1)}:00:00`,
        };
  const exceptions = [...before, changed].sort((a, b) =>
    String((a as Schedule).at) < String((b as Schedule).at) ? -1 : 1,
  );
  // A series without a date is none.
  if (exceptions.filter((exception) => (exception as Schedule).cancelled === true).length === WEEKS.length)
    return;
  right.edit(id, { schedule: { ...schedule, exceptions } });
}

async function meet(sandbox: OpenSandbox, what: typeof trouble extends fc.Arbitrary<infer T> ? T : never) {
  if (what === 'links-410' || what === 'links-400')
    await sandbox.act(VENDOR, { act: 'lose-links', status: what === 'links-400' ? 400 : 410 });
  if (what === 'lost-answer')
    await sandbox.fault(VENDOR, {
      commitThenFail: 'reset',
      methods: ['POST', 'PATCH', 'DELETE'],
      path: '/events',
      rate: 0.2,
    });
  if (what === 'throttled') await sandbox.fault(VENDOR, { status: 429, retryAfter: '0.2', rate: 0.1 });
  if (what === 'broken') await sandbox.fault(VENDOR, { status: 503, rate: 0.1 });
}

function said({ title, schedule, location }: FieldValues): string {
  const { start, end } = schedule as Schedule;
  const when = meetingsOf(schedule ?? null) ?? [start ?? null, end ?? null];
  return JSON.stringify([comparedTitle(String(title ?? '')), when, location ?? null]);
}

async function allOf(object: SyncObject, client: unknown): Promise<SideRecord[]> {
  const found = new Map<string, SideRecord>();
  for (let cursor: FieldValue = null, more = true; more; ) {
    const page: Changes = await object.changes(client, { cursor, fields, options });
    for (const record of page.records) found.set(record.id, record);
    ({ cursor, more } = page);
  }
  return [...found.values()];
}

const waiting = async (rig: SyncRig) =>
  rig.database.query<{ side: string; id: string; said: string }>(
    `select side, record_id as id, error->'sentence'->>'en' as said from sync_records
     where organisation_id = $1 and error is not null`,
    [rig.key.organisationId],
  );

async function together(sequences: readonly Sequence[], troubles: readonly (string | null)[]): Promise<void> {
  const sandbox = await openSandbox('outlook-calendar-property', { only: [VENDOR, 'microsoft-accounts'] });
  const { client } = await sandbox.connect(microsoftCalendar);
  const object = {
    ...event,
    lagMs: 0,
    connector: { ...microsoftCalendar, client: () => client },
  } as unknown as SyncObject;
  const right = memoryVendor('right', { fields: MEETING_FIELDS });
  const both = (id: string, kind: FieldMapping['kind']): FieldMapping => ({
    left: id,
    right: id,
    kind,
    direction: 'both',
    master: 'right',
    blank: 'clear',
  });
  const rig = await openSyncRig(shared, {
    left: { object } as MemoryVendor,
    right,
    rules: {
      fields: [both('title', 'text'), both('schedule', 'json'), both('location', 'text')],
      matchBy: [['title', 'schedule']],
    },
    settings: { options: { left: options, right: {} } },
  });
  const sides = { sandbox, right };
  const settle = async (times: number) => {
    for (let time = 0; time < times; time += 1) await rig.settle();
  };
  try {
    const begun: Meeting[] = [];
    for (const [index, one] of sequences.entries()) begun.push(await begin(sides, one, index));
    await rig.previewAndApply();
    await settle(2);
    const links = await rig.database.query<{ left_id: string; right_id: string }>(
      'select left_id, right_id from sync_links where organisation_id = $1',
      [rig.key.organisationId],
    );
    const linked = begun.map(({ leftId, rightId }) => {
      const link = links.find((row) => row.left_id === leftId || row.right_id === rightId);
      return { leftId: link?.left_id ?? leftId, rightId: link?.right_id ?? rightId };
    });
    expect(linked.every(({ leftId, rightId }) => leftId !== null && rightId !== null)).toBe(true);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, { isSeries, acts }] of sequences.entries())
        for (const one of acts.slice(round * 2, round * 2 + 2))
          await play(sides, linked[index] as Meeting, isSeries, one);
      await meet(sandbox, (troubles[round] ?? null) as never);
      await settle(2);
      await sandbox.fault(VENDOR, null);
    }
    await settle(4);
    const aside = await waiting(rig);
    // What Outlook cannot do is said, and nothing else is left.
    const reasons = aside.map(({ said: reason }) => reason);
    expect(
      reasons.filter((reason) => !/cannot bring back|lets no date of a series pass/.test(reason)),
    ).toEqual([]);
    const isAside = (which: string, id: string) => aside.some((one) => one.side === which && one.id === id);
    const left = (await allOf(object, client)).filter(({ id }) => !isAside('left', id));
    const held = right.live().filter(({ id }) => !isAside('right', id));
    expect(left.map(({ values }) => said(values)).sort()).toEqual(
      held.map(({ values }) => said(values as FieldValues)).sort(),
    );
    const before = (await sandbox.ledger(VENDOR)).length;
    right.forget();
    await settle(2);
    expect([(await sandbox.ledger(VENDOR)).length, right.written]).toEqual([before, []]);
  } finally {
    await rig.close();
    await sandbox.close();
  }
}

it('both sides end equal, whatever people, answers and links do', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sequence, { minLength: TOGETHER, maxLength: TOGETHER }),
      fc.array(trouble, { minLength: ROUNDS, maxLength: ROUNDS }),
      together,
    ),
    { numRuns: SEQUENCES / TOGETHER, endOnFailure: true },
  );
}, 300_000);
