import { CALENDARS } from '../../sandbox/google-calendar/seed.ts';
import { googleCalendar } from '../../server/connectors/google-calendar/connector.ts';
import { event as googleEvents } from '../../server/connectors/google-calendar/event-object.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { events as crmEvents } from '../../server/connectors/zoho-crm/event-object.ts';
import type { FieldValues, SideRecord, SyncObject } from '../../server/core/sync-object.ts';
import { type OpenSandbox, openSandbox } from '../conformance/sandbox-connection.ts';

const fields = ['title', 'schedule', 'location', 'description', 'participants'];
const weekly = {
  start: '2026-10-05T10:00:00',
  end: '2026-10-05T11:00:00',
  zone: 'Europe/Paris',
  rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270426',
};
const whole: FieldValues = {
  title: 'Chaque lundi',
  schedule: weekly,
  location: 'Lyon',
  description: null,
  participants: ['karim@garage-benali.example'],
};
const MOVED = { at: '2026-10-12T10:00:00', start: '2026-10-13T15:00:00', end: '2026-10-13T16:30:00' };
const CANCELLED = { at: '2026-10-26T10:00:00', cancelled: true };
const OURS = { ...whole, schedule: { ...weekly, exceptions: [MOVED, CANCELLED] } };
const BY_THEM = { at: '2027-01-04T10:00:00', start: '2027-01-04T11:45:00', end: '2027-01-04T12:45:00' };

let sandbox: OpenSandbox;
beforeAll(async () => {
  sandbox = await openSandbox('edit-while-a-series-is-written');
});
afterAll(() => sandbox.close());

/** A client after whose writes of one kind somebody does something, once. */
function followed<Client extends object>(
  client: Client,
  method: keyof Client,
  then: () => Promise<unknown>,
): Client {
  let isDone = false;
  const write = client[method] as (...args: unknown[]) => Promise<unknown>;
  const writeThenAct = async (...args: unknown[]): Promise<unknown> => {
    const answer = await write(...args);
    if (!isDone) {
      isDone = true;
      await then();
    }
    return answer;
  };
  return { ...client, [method]: writeThenAct };
}

interface Vendor<Client extends object> {
  readonly object: SyncObject<Client>;
  readonly client: Client;
  /** Moves the occurrence of the 4th of January, as somebody would in the vendor's own interface. */
  moveOne(id: string): Promise<unknown>;
}

async function crm(): Promise<Vendor<object>> {
  const { client } = await sandbox.connect(zohoCrm);
  return {
    object: crmEvents as SyncObject<never>,
    client,
    async moveOne() {
      const rows = (await sandbox.state('zoho-crm')).Events as {
        id: string;
        Event_Title: string;
        Start_DateTime: string;
      }[];
      const one = rows.find(
        (row) => row.Event_Title === whole.title && row.Start_DateTime.startsWith('2027-01-04'),
      );
      const times = {
        Start_DateTime: '2027-01-04T11:45:00+01:00',
        End_DateTime: '2027-01-04T12:45:00+01:00',
      };
      await client.update('Events', [{ id: one?.id ?? '', ...times }], []);
    },
  };
}

async function google(): Promise<Vendor<object>> {
  const { client } = await sandbox.connect(googleCalendar);
  const at = (time: string) => ({ dateTime: `2027-01-04T${time}:00+01:00`, timeZone: 'Europe/Paris' });
  return {
    object: googleEvents as SyncObject<never>,
    client,
    moveOne: (id) =>
      client.patchEvent(
        { calendarId: CALENDARS[0]?.id ?? '', sendUpdates: 'none' },
        `${id}_20270104T090000Z`,
        null,
        { start: at('11:45'), end: at('12:45') },
      ),
  };
}

describe.each([
  ['Zoho CRM', crm, 'update'],
  ['Zoho CRM', crm, 'remove'],
  ['Google Calendar', google, 'patchEvent'],
  ['Google Calendar', google, 'deleteEvent'],
])('an occurrence that somebody moves in %s beside our own write of its series', (_vendor, open, method) => {
  it(`is no part of what we say we wrote, and is told by the next look (after ${method})`, async () => {
    const { object, client, moveOne } = await open();
    const draft = { marker: `mark-${method}`, values: whole };
    const [made] = await object.create(client, [draft], {});
    if (made?.ok !== true) throw made?.error;
    const { cursor } = await lastPage(object, client);
    const quick = followed(client, method as never, () => moveOne(made.id));
    const patch = { id: made.id, version: made.version, values: { schedule: OURS.schedule }, whole: OURS };
    const [outcome] = await object.update(quick, [patch], {});
    expect(outcome).toMatchObject({ ok: true, values: { schedule: OURS.schedule } });
    const { records } = await object.changes(client, { cursor, fields, options: {} });
    const found = records.find(({ id }) => id === made.id) as SideRecord;
    expect(found.values.schedule).toEqual({ ...weekly, exceptions: [MOVED, CANCELLED, BY_THEM] });
    await object.remove(client, [made.id], {});
  });
});

async function lastPage(object: SyncObject<object>, client: object) {
  let page = await object.changes(client, { cursor: null, fields, options: {} });
  while (page.more) page = await object.changes(client, { cursor: page.cursor, fields, options: {} });
  return page;
}
