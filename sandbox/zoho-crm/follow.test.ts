import { startTestCrm, type TestCrm } from '../../test/sandbox/crm.ts';

let crm: TestCrm;
let now = Date.parse('2026-11-24T10:00:00Z');
beforeAll(async () => {
  crm = await startTestCrm({ clock: () => new Date(now) });
});
afterAll(() => crm.stop());

const select = async (where: string) =>
  (await crm.call('POST', '/coql', { select_query: `select Last_Name from Leads where ${where}` })).body;

test('ids are compared digit by digit: they are longer than a number holds', async () => {
  await crm.call('POST', '/Leads', { data: Array.from({ length: 100 }, (_, n) => ({ Last_Name: `L${n}` })) });
  const { data } = await select('id is not null order by id asc limit 2000');
  const ids = data.map((row: { id: string }) => row.id);
  expect(ids).toEqual([...ids].sort());
  const middle = ids[Math.floor(ids.length / 2)];
  const after = await select(`id > '${middle}' order by id asc limit 2000`);
  expect(after.data.map((row: { id: string }) => row.id)).toEqual(ids.slice(ids.indexOf(middle) + 1));
});

test('a quote within a value of a query is doubled', async () => {
  await crm.call('POST', '/Leads', { data: [{ Last_Name: "L'Écuyer" }] });
  const { data } = await select("Last_Name in ('l''écuyer', 'Personne')");
  expect(data).toMatchObject([{ Last_Name: "L'Écuyer" }]);
});

test('deletions are listed since a moment', async () => {
  const [first, second] = (await crm.call('GET', '/Leads?fields=id&per_page=2')).body.data;
  await crm.call('DELETE', `/Leads?ids=${first.id}`);
  const between = new Date(now + 5_000).toISOString();
  now += 10_000;
  await crm.call('DELETE', `/Leads?ids=${second.id}`);
  const since = async (at: string) =>
    crm.call('GET', '/Leads/deleted?type=all', undefined, { 'if-modified-since': at });
  expect((await since(between)).body.data).toMatchObject([{ id: second.id }]);
  expect((await since(new Date(now + 1_000).toISOString())).status).toBe(204);
});

test('calls cost what Zoho counts for them: a query by its limit, a write by its records', async () => {
  const small = await startTestCrm({ limitFactor: 0.001 });
  try {
    const left = async (method: string, path: string, body?: object): Promise<number> =>
      Number((await small.call(method, path, body)).headers.get('x-api-credits-remaining'));
    const query = (limit: number) =>
      left('POST', '/coql', { select_query: `select id from Leads where id is not null limit ${limit}` });
    let credits = 0;
    while (credits === 0) credits = await query(2000);
    expect(await query(200)).toBe(credits - 1);
    expect(await query(1000)).toBe(credits - 3);
    expect(await query(2000)).toBe(credits - 6);
    const data = Array.from({ length: 21 }, (_, index) => ({ Last_Name: `C${index}` }));
    expect(await left('POST', '/Leads', { data })).toBe(credits - 9);
    expect(await left('GET', '/org')).toBe(credits - 10);
  } finally {
    await small.stop();
  }
});
