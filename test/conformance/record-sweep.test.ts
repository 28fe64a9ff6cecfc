import type { ZohoCrmClient } from '../../server/connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { sweepRecords } from '../../server/connectors/zoho-crm/record-sweep.ts';
import { look, type Occasion } from '../../server/flows/announce/occasion.ts';
import { type Connected, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const NOW = { onForMs: 0, graceMs: 0 };
const A_SECOND = 1_100;

let sandbox: OpenSandbox;
let crm: Connected<ZohoCrmClient>;
beforeAll(async () => {
  sandbox = await openSandbox('record-sweep', { only: ['zoho-accounts', 'zoho-crm'] });
  crm = await sandbox.connect(zohoCrm);
});
afterAll(() => sandbox.close());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const announcement = (when: Occasion, module = 'Leads') => ({
  module,
  when,
  stage: 'Closed Won',
  place: '#ventes',
  template: '{Full_Name}',
});
const looked = (when: Occasion, cursor: unknown, module?: string) =>
  look(crm.client, announcement(when, module), { cursor, ...NOW, awaits: null });
const ids = ({ events }: { events: readonly { recordId: string | null }[] }) =>
  events.map(({ recordId }) => recordId).sort();

async function make(count: number): Promise<string[]> {
  const leads = Array.from({ length: count }, (_, index) => ({
    Last_Name: `Piste ${index}`,
    Company: 'Halle',
  }));
  return (await crm.client.create('Leads', leads, [])).map((one) => {
    if (!one.ok) throw one.error;
    return one.id;
  });
}

it('finds each record that was made since, once, and none that was only changed', async () => {
  const [old = ''] = await make(1);
  await pause(A_SECOND);
  const { cursor, events } = await looked('created', null);
  expect(events).toEqual([]);
  await pause(A_SECOND);
  const made = await make(3);
  await crm.client.updateOne('Leads', { id: old, Company: 'Ailleurs' }, []);
  const first = await looked('created', cursor);
  expect(ids(first)).toEqual([...made].sort());
  expect(new Set(first.events.map(({ topic }) => topic))).toEqual(new Set(['Leads.insert']));
  expect((await looked('created', first.cursor)).events).toEqual([]);
});

it('finds each change once where changes are looked for, what was made among them', async () => {
  const [old = ''] = await make(1);
  await pause(A_SECOND);
  const { cursor } = await looked('edited', null);
  await pause(A_SECOND);
  const [made = ''] = await make(1);
  await crm.client.updateOne('Leads', { id: old, Company: 'Un' }, []);
  const first = await looked('edited', cursor);
  expect(ids(first)).toEqual([old, made].sort());
  // Not as something made: who announces that alone hears nothing of it.
  expect(new Set(first.events.map(({ topic }) => topic))).toEqual(new Set(['Leads.update']));
  await pause(A_SECOND);
  await crm.client.updateOne('Leads', { id: old, Company: 'Deux' }, []);
  const second = await looked('edited', first.cursor);
  expect(ids(second)).toEqual([old]);
  expect(second.events[0]?.key).not.toBe(first.events.find(({ recordId }) => recordId === old)?.key);
});

it('begins now where something else was looked for before: another occasion, module or stage', async () => {
  await make(2);
  await pause(A_SECOND);
  const day = { onForMs: 86_400_000, graceMs: 0 };
  const created = await looked('created', null);
  const again = (when: Occasion, cursor: unknown, module: string) =>
    look(crm.client, announcement(when, module), { cursor, ...day, awaits: null });
  const stage = await again('reached', created.cursor, 'Deals');
  expect(stage.events).toEqual([]);
  expect((await again('reached', stage.cursor, 'Deals')).events).toEqual([]);
  const back = await again('created', stage.cursor, 'Leads');
  expect(back.events).toEqual([]);
  expect((await again('created', back.cursor, 'Leads')).events).toEqual([]);
  const other = await again('created', created.cursor, 'Contacts');
  expect([other.events, (await again('created', other.cursor, 'Contacts')).events]).toEqual([[], []]);
});

it('leaves what is young to the next look, and loses none of three hundred', async () => {
  await pause(A_SECOND);
  const { cursor } = await looked('created', null);
  await pause(A_SECOND);
  const made = await make(300);
  const about = { module: 'Leads', field: 'Created_Time', topic: 'Leads.insert' } as const;
  const young = await sweepRecords(crm.client, about, { cursor, onForMs: 0, graceMs: 60_000 });
  expect(young.events).toEqual([]);
  const later = await sweepRecords(crm.client, about, { cursor: young.cursor, ...NOW });
  expect(ids(later)).toEqual([...made].sort());
});

describe('with a filter', () => {
  const awaited = new Set<string>();
  const awaits = {
    any: async () => awaited.size > 0,
    among: async (all: readonly string[]) => new Set(all.filter((id) => awaited.has(id))),
  };
  const filtered = (cursor: unknown, onForMs = 3_600_000) =>
    look(crm.client, announcement('created'), { cursor, onForMs, graceMs: 0, awaits });

  it('finds what was made and the edits of records that are waited for, each once, and no other edit', async () => {
    const [waiting = '', other = ''] = await make(2);
    await pause(A_SECOND);
    // As an integration was that had no filter until now.
    let { cursor } = await looked('created', null);
    await pause(A_SECOND);
    awaited.clear();
    ({ cursor } = await filtered(cursor));
    awaited.add(waiting);
    ({ cursor } = await filtered(cursor));
    await pause(A_SECOND);
    for (const id of [waiting, other]) await crm.client.updateOne('Leads', { id, Company: 'Relevé' }, []);
    const [made = ''] = await make(1);
    const found = await filtered(cursor);
    expect(found.events.map(({ recordId, topic }) => [topic, recordId]).sort()).toEqual([
      ['Leads.insert', made],
      ['Leads.update', waiting],
    ]);
    expect((await filtered(found.cursor)).events).toEqual([]);
    // The filter is taken away: what is made is found from where it was.
    const [later = ''] = await make(1);
    expect(ids(await looked('created', found.cursor))).toEqual([later]);
  });

  it('finds an edit that was made before the first look after it was waited for', async () => {
    awaited.clear();
    let { cursor } = await filtered(null);
    const [waiting = ''] = await make(1);
    await pause(A_SECOND);
    ({ cursor } = await filtered(cursor));
    awaited.add(waiting);
    await crm.client.updateOne('Leads', { id: waiting, Company: 'Plus tôt' }, []);
    ({ cursor } = await filtered(cursor));
    expect(ids(await filtered(cursor))).toEqual([waiting]);
  });
});

it('a cursor of no known shape is lost, never guessed from', async () => {
  await expect(looked('created', { since: 'yesterday' })).rejects.toMatchObject({ kind: 'cursor-lost' });
});
