import { openLife, type ServerLife, VENDOR } from '../calendar/server-life.ts';
import { openShared, type SharedDatabase } from '../sync/rig.ts';

/**
 * A series with a deleted date was made in Outlook, and the call that was to delete the date there failed: the date that
 * stood there still passed for one that somebody had put back, and came back on the side where it had been deleted.
 */

const SERIES = {
  start: '2027-03-08T10:00:00',
  end: '2027-03-08T11:00:00',
  zone: 'Europe/Paris',
  rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270329',
};
const without = (...days: string[]) => ({
  ...SERIES,
  exceptions: days.map((day) => ({ at: `${day}T10:00:00`, cancelled: true })),
});

let shared: SharedDatabase;
let life: ServerLife | undefined;
beforeAll(async () => {
  shared = await openShared();
});
afterEach(() => life?.close());
afterAll(() => shared.close());

type Values = Readonly<Record<string, unknown>>;
const isIt = ({ values }: { values: Values }): boolean => values.title === 'Revue';

/** What each side's series says of single dates. */
async function dates({ inOutlook, right }: ServerLife): Promise<{ left: unknown; right: unknown }> {
  const exceptionsOf = (all: readonly { values: Values }[]) =>
    all.filter(isIt).map(({ values }) => (values.schedule as { exceptions?: unknown }).exceptions ?? []);
  return { left: exceptionsOf(await inOutlook()), right: exceptionsOf(right.live()) };
}
const failing = (methods: string[], count: number) => ({ status: 503, methods, path: '/events', count });

it.each(['left', 'right'] as const)(
  'a date that was deleted stays deleted though making its series broke off: master %s',
  async (master) => {
    life = await openLife(shared, { master });
    await life.rig.previewAndApply();
    life.right.put(null, { title: 'Revue', schedule: without('2027-03-08'), location: null });
    await life.sandbox.fault(VENDOR, failing(['DELETE'], 1));
    await life.settle(4);
    const wanted = without('2027-03-08').exceptions;
    expect(await dates(life)).toEqual({ left: [wanted], right: [wanted] });
  },
);

it.each(['left', 'right'] as const)(
  'two that are deleted at once stay so though the second call of a change broke off: master %s',
  async (master) => {
    life = await openLife(shared, { master });
    const id = life.right.put(null, { title: 'Revue', schedule: SERIES, location: null });
    await life.rig.previewAndApply();
    await life.settle(2);
    life.right.edit(id, { schedule: without('2027-03-15', '2027-03-22') });
    let deletions = 0;
    life.onDelete(() => {
      deletions += 1;
      return deletions === 2;
    });
    await life.settle(4);
    expect(deletions).toBeGreaterThan(2);
    const wanted = without('2027-03-15', '2027-03-22').exceptions;
    expect(await dates(life)).toEqual({ left: [wanted], right: [wanted] });
  },
);

it('what a person deletes in Outlook afterwards is deleted on the other side', async () => {
  life = await openLife(shared, { master: 'right' });
  await life.rig.previewAndApply();
  life.right.put(null, { title: 'Revue', schedule: without('2027-03-08'), location: null });
  await life.sandbox.fault(VENDOR, failing(['DELETE'], 1));
  await life.settle(4);
  const event = (await life.inOutlook()).find(isIt);
  await life.sandbox.act(VENDOR, { act: 'delete', event: event?.id, day: '2027-03-15' });
  await life.settle(2);
  const wanted = without('2027-03-08', '2027-03-15').exceptions;
  expect(await dates(life)).toEqual({ left: [wanted], right: [wanted] });
});
