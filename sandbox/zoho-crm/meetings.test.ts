import { startTestCrm, type TestCrm } from '../../test/sandbox/crm.ts';

let crm: TestCrm;
const remind = [{ unit: 15, period: 'minutes' }];
const meeting = {
  Event_Title: 'Point',
  Start_DateTime: '2026-12-01T10:00:00+01:00',
  End_DateTime: '2026-12-01T11:00:00+01:00',
};

const start = async (recorded: boolean): Promise<void> => {
  await crm?.stop();
  crm = await startTestCrm({ clock: () => new Date('2026-11-24T09:00:00Z'), recorded });
};
beforeAll(() => start(true));
afterAll(() => crm.stop());

const insert = (record: object) => crm.call('POST', '/Events', { data: [record] });
const read = async (id: string) => (await crm.call('GET', `/Events/${id}`)).body.data[0];
const list = async (): Promise<Record<string, string>[]> =>
  (await crm.call('GET', '/Events?fields=Event_Title,Start_DateTime,Recurring_Activity')).body.data;

it('has the company’s meetings that are in the CRM', async () => {
  const titles = (await list()).map(({ Event_Title }) => Event_Title);
  expect(titles).toContain('Atelier besoins — Garage Benali');
  expect(titles).not.toContain('Salon du e-commerce');
});

it('has participants of four kinds, known by their records', async () => {
  const [contact] = (await crm.call('GET', '/Contacts/search?email=karim@garage-benali.example')).body.data;
  const { body } = await insert({
    ...meeting,
    Participants: [
      { type: 'contact', participant: contact.id },
      { type: 'user', participant: '4876876000000030001' },
      { type: 'email', Email: 'anyone@x.example' },
    ],
  });
  const record = await read(body.data[0].details.id);
  expect(record.Participants).toEqual([
    expect.objectContaining({
      type: 'contact',
      participant: contact.id,
      Email: 'karim@garage-benali.example',
      name: 'Karim Benali',
      status: 'not_known',
    }),
    expect.objectContaining({ type: 'user', Email: 'claire.fontaine@atelier-lumen.example' }),
    expect.objectContaining({ type: 'email', Email: 'anyone@x.example', participant: 'anyone@x.example' }),
  ]);
  const lines = (await (await fetch(`${crm.sandbox.url}/_sandbox/ledger`)).json()) as {
    entries: { object: string }[];
  };
  expect(lines.entries.map(({ object }) => object)).toEqual(['meeting']);
});

it('of a whole day begins at midnight and ends a second before one', async () => {
  const { body } = await insert({
    ...meeting,
    All_day: true,
    Start_DateTime: '2026-12-24T00:00:00+01:00',
    End_DateTime: '2026-12-25T00:00:00+01:00',
  });
  expect(await read(body.data[0].details.id)).toMatchObject({
    All_day: true,
    Start_DateTime: '2026-12-24T00:00:00+01:00',
    End_DateTime: '2026-12-25T23:59:59+01:00',
  });
});

describe('a recurring one', () => {
  const weekly = {
    ...meeting,
    Event_Title: 'Chaque lundi',
    Start_DateTime: '2026-10-05T10:00:00+02:00',
    End_DateTime: '2026-10-05T11:00:00+02:00',
    Remind_At: remind,
    Recurring_Activity: { RRULE: 'FREQ=WEEKLY;INTERVAL=1;BYDAY=MO;DTSTART=2026-10-05;UNTIL=2026-11-09' },
  };

  it('is one record for each occurrence, and one result, on the clocks of the organisation', async () => {
    const { status, body } = await insert(weekly);
    expect(status).toBe(201);
    expect(body.data).toHaveLength(6);
    const records = await Promise.all(
      body.data.map(({ details }: { details: { id: string } }) => read(details.id)),
    );
    expect(records.map((record) => record.Start_DateTime)).toEqual([
      '2026-10-05T10:00:00+02:00',
      '2026-10-12T10:00:00+02:00',
      '2026-10-19T10:00:00+02:00',
      '2026-10-26T10:00:00+01:00',
      '2026-11-02T10:00:00+01:00',
      '2026-11-09T10:00:00+01:00',
    ]);
    for (const name of ['$u_id', 'Created_Time'])
      expect(new Set(records.map((record) => record[name])).size).toBe(1);
    expect(records[0].Recurring_Activity).toEqual(weekly.Recurring_Activity);
    expect(records[0].$u_id).not.toBeNull();
  });

  it('has its occurrences changed and deleted one by one', async () => {
    const { body } = await insert(weekly);
    const [first, second, third] = body.data.map(({ details }: { details: { id: string } }) => details.id);
    await crm.call('PUT', `/Events/${second}`, { data: [{ Event_Title: 'Autre' }] });
    await crm.call('DELETE', `/Events/${third}`);
    expect((await read(first)).Event_Title).toBe('Chaque lundi');
    expect((await read(second)).Event_Title).toBe('Autre');
    expect((await crm.call('GET', `/Events/${third}`)).status).toBe(204);
  });
});

describe('refused', () => {
  beforeAll(() => start(false));
  it.each<[string, object, string, string]>([
    ['without a title', { Event_Title: undefined }, 'MANDATORY_NOT_FOUND', 'Event_Title'],
    [
      'that ends before it begins',
      { End_DateTime: '2026-12-01T09:00:00+01:00' },
      'INVALID_DATA',
      'End_DateTime',
    ],
    [
      'with a stranger for a contact',
      { Participants: [{ type: 'contact', participant: '1' }] },
      'INVALID_DATA',
      'Participants',
    ],
    [
      'with too many',
      { Participants: Array(51).fill({ type: 'email', Email: 'a@x.example' }) },
      'LIMIT_EXCEEDED',
      'Participants',
    ],
    [
      'that never ends',
      { Recurring_Activity: { RRULE: 'FREQ=DAILY;INTERVAL=1' }, Remind_At: remind },
      'INVALID_DATA',
      'Recurring_Activity',
    ],
    [
      'that repeats by the hour',
      { Recurring_Activity: { RRULE: 'FREQ=HOURLY;COUNT=2' }, Remind_At: remind },
      'INVALID_DATA',
      'Recurring_Activity',
    ],
    [
      'that repeats and reminds nobody',
      { Recurring_Activity: { RRULE: 'FREQ=DAILY;COUNT=2' } },
      'MANDATORY_NOT_FOUND',
      'Remind_At',
    ],
  ])('is one %s', async (_name, more, code, field) => {
    const { body } = await insert({ ...meeting, ...more });
    expect(body.data[0]).toMatchObject({ code, details: { api_name: field } });
  });
});

it('writes to participants only when it is told to', async () => {
  await insert({
    ...meeting,
    Participants: [{ type: 'email', Email: 'a@x.example' }],
    $send_notification: true,
  });
  const { entries } = (await (await fetch(`${crm.sandbox.url}/_sandbox/ledger`)).json()) as {
    entries: { object: string; record: { to: string[] } }[];
  };
  const mails = entries.filter(({ object }) => object === 'invitation');
  expect(mails.map(({ record }) => record.to)).toEqual([['a@x.example']]);
});
