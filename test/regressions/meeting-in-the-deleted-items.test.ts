import type { MicrosoftCalendarClient } from '../../server/connectors/microsoft-calendar/client.ts';
import { microsoftCalendar } from '../../server/connectors/microsoft-calendar/connector.ts';
import { event } from '../../server/connectors/microsoft-calendar/event-object.ts';
import type { FieldValue, ObjectOptions } from '../../server/core/sync-object.ts';
import { type OpenSandbox, openSandbox } from '../conformance/sandbox-connection.ts';

/** What is deleted in Outlook lies in the deleted items, where its id finds it: for whoever follows the calendar it is gone. */

const VENDOR = 'microsoft-calendar';
const TEAM = 'AAMkADvEquipe=';
const fields = ['title', 'schedule', 'location', 'description', 'participants'];
let sandbox: OpenSandbox;
let client: MicrosoftCalendarClient;

beforeAll(async () => {
  sandbox = await openSandbox('deleted-items', { only: [VENDOR, 'microsoft-accounts'] });
  client = (await sandbox.connect(microsoftCalendar)).client;
});
afterAll(() => sandbox.close());

const act = (wish: object) => sandbox.act(VENDOR, wish) as Promise<{ id: string }>;
const at = (dateTime: string) => ({ dateTime, timeZone: 'Romance Standard Time' });
const single = (day: string, more: object = {}) => ({
  act: 'create',
  event: { subject: 'Essayage', start: at(`${day}T10:00:00`), end: at(`${day}T11:00:00`) },
  ...more,
});
const weekly = (more: object = {}) => ({
  act: 'create',
  event: {
    subject: 'Atelier',
    start: at('2027-03-01T10:00:00'),
    end: at('2027-03-01T11:00:00'),
    recurrence: {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
      range: { type: 'endDate', startDate: '2027-03-01', endDate: '2027-03-29' },
    },
  },
  ...more,
});

/** Looks at a calendar, and says how to look at what changed since. */
async function following(options: ObjectOptions = {}) {
  let cursor: FieldValue = null;
  const look = async () => {
    const found: { records: string[]; deleted: string[] } = { records: [], deleted: [] };
    for (let more = true; more; ) {
      const page = await event.changes(client, { cursor, fields, options });
      found.records.push(...page.records.map(({ id }) => id));
      found.deleted.push(...page.deleted);
      ({ cursor, more } = page);
    }
    return found;
  };
  await look();
  return look;
}
const read = async (id: string, options: ObjectOptions = {}) =>
  (await event.read(client, { ids: [id], fields, options })).map((one) => one.id);

it('a meeting that Outlook still finds by its id is deleted, and what is written to it is told that it is gone', async () => {
  const made = await act(single('2027-02-01'));
  const look = await following();
  await act({ act: 'delete', event: made.id });
  expect((await client.getEvents([made.id])).map(({ id }) => id)).toEqual([made.id]);
  expect(await look()).toEqual({ records: [], deleted: [made.id] });
  expect(await read(made.id)).toEqual([]);
  const values = { title: 'Autre', schedule: { start: '2027-02-01T09:00:00Z', end: '2027-02-01T10:00:00Z' } };
  const patch = { id: made.id, version: null, values: { title: 'Autre' }, whole: values };
  expect((await event.update(client, [patch], {}))[0]).toMatchObject({ ok: false, error: { kind: 'gone' } });
  expect((await event.remove(client, [made.id], {}))[0]).toMatchObject({ ok: true });
  await act({ act: 'move', event: made.id, to: 'own' });
  expect(await look()).toEqual({ records: [made.id], deleted: [] });
});

it('a series is deleted with its dates, changed ones too', async () => {
  const made = await act(weekly());
  await act({
    act: 'edit',
    event: made.id,
    day: '2027-03-15',
    changes: { start: at('2027-03-16T10:00:00'), end: at('2027-03-16T11:00:00') },
  });
  const look = await following();
  await act({ act: 'delete', event: made.id });
  const { records, deleted } = await look();
  expect([records, deleted.includes(made.id), new Set(deleted).size === deleted.length]).toEqual([
    [],
    true,
    true,
  ]);
  expect(await read(made.id)).toEqual([]);
});

it('one that was moved to another calendar of the mailbox, or out of the time that is followed, is not', async () => {
  const [moved, far] = [await act(single('2027-02-08')), await act(weekly())];
  const look = await following();
  await act({ act: 'move', event: moved.id, to: 'team' });
  await act({
    act: 'edit',
    event: far.id,
    changes: {
      start: at('2033-03-07T10:00:00'),
      end: at('2033-03-07T11:00:00'),
      recurrence: {
        pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
        range: { type: 'endDate', startDate: '2033-03-07', endDate: '2033-03-28' },
      },
    },
  });
  const { records, deleted } = await look();
  expect([records.sort(), deleted]).toEqual([[moved.id, far.id].sort(), []]);
  expect(await read(moved.id)).toEqual([moved.id]);
});

it('nor is one of a calendar that has a name, unless it is deleted', async () => {
  const options = { calendar: TEAM };
  const made = await act(single('2027-02-15', { calendar: 'team' }));
  const look = await following(options);
  expect(await read(made.id, options)).toEqual([made.id]);
  await act({ act: 'delete', event: made.id });
  expect(await look()).toEqual({ records: [], deleted: [made.id] });
});
