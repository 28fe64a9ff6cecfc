import { startTestCrm, type TestCrm } from '../../test/sandbox/crm.ts';

let crm: TestCrm;
let now: number;
const clock = (): Date => new Date(now);

beforeEach(async () => {
  now = Date.parse('2026-11-24T09:00:00Z');
  crm = await startTestCrm({ clock });
});
afterEach(() => crm.stop());

const names = (body: { data: { Last_Name: string }[] }): string[] =>
  body.data.map(({ Last_Name }) => Last_Name).sort();

test('a list needs its fields, gives only them, and pages by token through every record once', async () => {
  expect((await crm.call('GET', '/Contacts')).body).toMatchObject({
    code: 'REQUIRED_PARAM_MISSING',
    details: { param_name: 'fields' },
  });
  const seen: string[] = [];
  let query = 'per_page=5';
  for (let turn = 0; turn < 10; turn += 1) {
    const { body } = await crm.call('GET', `/Contacts?fields=Last_Name&${query}`);
    seen.push(...body.data.map(({ id }: { id: string }) => id));
    expect(Object.keys(body.data[0]).sort()).toEqual(['Last_Name', 'id']);
    if (!body.info.more_records) break;
    query = `page_token=${body.info.next_page_token}`;
  }
  expect(seen).toHaveLength(28);
  expect(new Set(seen).size).toBe(28);
});

test('a page token is refused for another list and after a day', async () => {
  const { body } = await crm.call('GET', '/Contacts?fields=Last_Name&per_page=5');
  const token = body.info.next_page_token;
  expect((await crm.call('GET', `/Contacts?fields=Email&page_token=${token}`)).body.code).toBe(
    'TOKEN_BOUND_DATA_MISMATCH',
  );
  now += 25 * 3_600_000;
  const { access_token } = await crm.connect('sandbox-zoho-crm');
  const late = await crm.call('GET', `/Contacts?fields=Last_Name&page_token=${token}`, undefined, {
    authorization: `Zoho-oauthtoken ${access_token}`,
  });
  expect(late.body.code).toBe('EXPIRED_VALUE');
});

test('only what changed since is listed, and nothing is a 304', async () => {
  const since = { 'if-modified-since': '2026-11-24T10:00:00+01:00' };
  await crm.call('POST', '/Leads', { data: [{ Last_Name: 'Tôt' }] });
  now += 5_000;
  const after = { 'if-modified-since': new Date(now - 1).toISOString() };
  expect(
    (
      await crm.call('GET', '/Leads?fields=Last_Name', undefined, {
        'if-modified-since': new Date(now + 1).toISOString(),
      })
    ).status,
  ).toBe(304);
  await crm.call('POST', '/Leads', { data: [{ Last_Name: 'Tard' }] });
  expect(names((await crm.call('GET', '/Leads?fields=Last_Name', undefined, after)).body)).toEqual(['Tard']);
  expect(names((await crm.call('GET', '/Leads?fields=Last_Name', undefined, since)).body)).toContain('Tard');
});

test('each record of a batch has its own outcome, and a mixed batch is a 207', async () => {
  const data = [
    { Last_Name: 'Bon' },
    { Email: 'x@y.example' },
    { Last_Name: 'Pas bon', Email: 'nowhere' },
    { Last_Name: 'L'.repeat(81) },
  ];
  const { status, body } = await crm.call('POST', '/Contacts', { data });
  expect(status).toBe(207);
  expect(body.data).toEqual([
    expect.objectContaining({ code: 'SUCCESS', message: 'record added' }),
    expect.objectContaining({
      code: 'MANDATORY_NOT_FOUND',
      details: { api_name: 'Last_Name', json_path: '$.data[1].Last_Name' },
    }),
    expect.objectContaining({
      code: 'INVALID_DATA',
      details: expect.objectContaining({ api_name: 'Email', expected_data_type: 'email' }),
    }),
    expect.objectContaining({
      code: 'INVALID_DATA',
      details: expect.objectContaining({ maximum_length: 80 }),
    }),
  ]);
  expect(body.data[0].details.id).toMatch(/^\d{19}$/);
  expect(body.data[0].details.Created_Time).toMatch(/^2026-11-\d\dT\d\d:\d\d:\d\d\+01:00$/);
});

test('101 records, an empty list and a body that is no JSON are refused whole', async () => {
  const many = Array.from({ length: 101 }, (_one, index) => ({ Last_Name: `n${index}` }));
  expect((await crm.call('POST', '/Leads', { data: many })).status).toBe(400);
  expect((await crm.call('POST', '/Leads', { data: [] })).status).toBe(400);
  expect((await crm.call('POST', '/Leads', {})).body.code).toBe('MANDATORY_NOT_FOUND');
});

test('an upsert inserts, then updates what it finds by its duplicate check field', async () => {
  const write = (Phone: string) =>
    crm.call('POST', '/Leads/upsert', {
      data: [{ Last_Name: 'Unique', Email: 'Unique@client.example', Phone }],
      duplicate_check_fields: ['Email'],
    });
  const first = await write('1');
  const second = await write('2');
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(first.body.data[0]).toMatchObject({ action: 'insert', duplicate_field: null });
  expect(second.body.data[0]).toMatchObject({
    action: 'update',
    duplicate_field: 'Email',
    details: { id: first.body.data[0].details.id },
  });
  const ledger = (await (await fetch(`${crm.sandbox.url}/_sandbox/ledger?vendor=zoho-crm`)).json()) as {
    entries: object[];
  };
  expect(ledger.entries).toMatchObject([
    {
      operation: 'POST /Leads/upsert',
      object: 'lead',
      action: 'create',
      marker: 'Email=Unique@client.example',
    },
    { action: 'update', marker: 'Email=Unique@client.example' },
  ]);
});

test('an upsert by a field that is no duplicate check field is refused', async () => {
  const { status, body } = await crm.call('POST', '/Leads/upsert', {
    data: [{ Last_Name: 'x' }],
    duplicate_check_fields: ['Phone'],
  });
  expect([status, body.code]).toEqual([400, 'INVALID_DATA']);
});

test('a custom field can be made, written, found and kept unique', async () => {
  const made = await crm.call('POST', '/settings/fields?module=Contacts', {
    fields: [{ field_label: 'Stripe Id', data_type: 'text', length: 50, unique: { case_sensitive: false } }],
  });
  expect(made.status).toBe(201);
  const write = () => crm.call('POST', '/Contacts', { data: [{ Last_Name: 'Payeur', Stripe_Id: 'cus_1' }] });
  const first = await write();
  expect(first.status).toBe(201);
  expect((await write()).body.data[0]).toMatchObject({
    code: 'DUPLICATE_DATA',
    details: { api_name: 'Stripe_Id', duplicate_record: { id: first.body.data[0].details.id } },
  });
  expect(
    (await crm.call('GET', '/Contacts/search?criteria=(Stripe_Id:equals:cus_1)&fields=Stripe_Id')).body.data,
  ).toHaveLength(1);
  const again = await crm.call('POST', '/settings/fields?module=Contacts', {
    fields: [{ field_label: 'Stripe Id', data_type: 'text' }],
  });
  expect(again.body.fields[0].code).toBe('DUPLICATE_DATA');
});

test('a search finds by e-mail, phone, word and criteria, and nothing is a 204 without a body', async () => {
  expect(names((await crm.call('GET', '/Contacts/search?email=ACCUEIL@veto-forges.example')).body)).toEqual([
    'Aubert',
    'Mercier',
  ]);
  expect(
    names((await crm.call('GET', `/Contacts/search?phone=${encodeURIComponent('206-555-0120')}`)).body),
  ).toEqual(['Jefferson Jr.']);
  expect(names((await crm.call('GET', '/Contacts/search?word=rochat')).body)).toEqual(['Rochat']);
  const criteria = encodeURIComponent(
    '((Last_Name:equals:Pélissier)and((First_Name:starts_with:Ju)or(First_Name:equals:Zz)))',
  );
  expect((await crm.call('GET', `/Contacts/search?criteria=${criteria}`)).body.data).toHaveLength(1);
  const none = await crm.call('GET', '/Contacts/search?email=nobody@client.example');
  expect([none.status, none.body]).toEqual([204, null]);
});

test('criteria that the CRM would not understand are refused with their reason', async () => {
  for (const criteria of [
    '(Last_Name:about:x)',
    '(Nope:equals:x)',
    '(Last_Name:equals:x',
    'Last_Name',
    '((Last_Name:equals:a)and(Last_Name:equals:b)or(Last_Name:equals:c))',
  ]) {
    const { status, body } = await crm.call(
      'GET',
      `/Contacts/search?criteria=${encodeURIComponent(criteria)}`,
    );
    expect([criteria, status, body.code]).toEqual([criteria, 400, 'INVALID_QUERY']);
  }
  const long = `(${Array.from({ length: 16 }, () => '(Last_Name:equals:a)').join('or')})`;
  expect((await crm.call('GET', `/Contacts/search?criteria=${encodeURIComponent(long)}`)).body.code).toBe(
    'CRITERIA_LIMIT_EXCEEDED',
  );
});

test('an escaped comma or parenthesis belongs to the value', async () => {
  await crm.call('POST', '/Leads', { data: [{ Last_Name: 'Burns, B (Jr)' }] });
  const criteria = encodeURIComponent('(Last_Name:in:Nobody,Burns\\, B \\(Jr\\))');
  expect(names((await crm.call('GET', `/Leads/search?criteria=${criteria}`)).body)).toEqual([
    'Burns, B (Jr)',
  ]);
});

test('COQL selects, filters, follows a lookup, sorts and limits', async () => {
  const query = async (select_query: string) => crm.call('POST', '/coql', { select_query });
  const { body } = await query(
    "select Deal_Name, Account_Name.Account_Name, Amount from Deals where ((Amount >= 9200 and Stage != 'Closed Won') and Account_Name.Currency = 'EUR') order by Amount desc limit 2",
  );
  expect(body).toMatchObject({
    data: [
      { Deal_Name: 'Réservation de flotte', 'Account_Name.Account_Name': 'Alpes Vélo Location' },
      { Amount: 12500 },
    ],
    info: { count: 2, more_records: true },
  });
  expect((await query("select id from Contacts where Last_Name like 'Béna%'")).status).toBe(204);
  expect(
    (await query("select id from Contacts where Last_Name like 'Bena%' and Email is null")).body.data,
  ).toHaveLength(1);
  expect((await query('select id from Contacts')).body).toMatchObject({
    code: 'SYNTAX_ERROR',
    details: { clause: 'where' },
  });
  expect((await query('select Nope from Contacts where id is not null')).body).toMatchObject({
    code: 'INVALID_QUERY',
  });
});

test('a deleted record is gone from lists, answers 204 by id, and stands in the recycle bin', async () => {
  const [lead] = (await crm.call('GET', '/Leads?fields=Full_Name&per_page=1')).body.data;
  expect((await crm.call('DELETE', `/Leads/${lead.id}`)).body.data[0]).toMatchObject({
    code: 'SUCCESS',
    details: { id: lead.id },
  });
  expect((await crm.call('GET', `/Leads/${lead.id}`)).status).toBe(204);
  expect((await crm.call('GET', '/Leads/deleted?type=all')).body.data).toMatchObject([
    { id: lead.id, display_name: lead.Full_Name, type: 'recycle' },
  ]);
  expect((await crm.call('GET', '/Leads/actions/count')).body).toEqual({ count: 7 });
});

test('a note stands under the record it was made for', async () => {
  const [deal] = (await crm.call('GET', '/Deals?fields=Deal_Name&per_page=1')).body.data;
  await crm.call('POST', `/Deals/${deal.id}/Notes`, { data: [{ Note_Title: 'Payé', Note_Content: '12 €' }] });
  await crm.call('POST', '/Notes', {
    data: [{ Note_Content: 'Deux', Parent_Id: { module: { api_name: 'Deals' }, id: deal.id } }],
  });
  const { body } = await crm.call('GET', `/Deals/${deal.id}/Notes?fields=Note_Content,Parent_Id`);
  expect(body.data).toMatchObject([
    { Note_Content: 'Deux' },
    { Note_Content: '12 €', Parent_Id: { id: deal.id, name: deal.Deal_Name, module: { api_name: 'Deals' } } },
  ]);
});

test('a write is refused where the record changed since it was read', async () => {
  const [deal] = (await crm.call('GET', '/Deals?fields=Modified_Time&per_page=1')).body.data;
  const unmodified = { 'if-unmodified-since': deal.Modified_Time };
  now += 2_000;
  expect((await crm.call('PUT', `/Deals/${deal.id}`, { data: [{ Amount: 1 }] }, unmodified)).status).toBe(
    200,
  );
  const late = await crm.call('PUT', `/Deals/${deal.id}`, { data: [{ Amount: 2 }] }, unmodified);
  expect([late.status, late.body.data[0].code]).toEqual([412, 'ALREADY_MODIFIED']);
});

test('a token that is missing, expired or too narrow is refused', async () => {
  const url = `${crm.sandbox.url}/zoho-crm/crm/v8/Leads?fields=Last_Name`;
  const code = async (authorization?: string): Promise<unknown> => {
    const answer = await fetch(url, { headers: authorization ? { authorization } : {} });
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  expect(await code()).toEqual([401, 'AUTHENTICATION_FAILURE']);
  expect(await code('Zoho-oauthtoken nonsense')).toEqual([401, 'INVALID_TOKEN']);
  const narrow = await crm.connect('sandbox-zoho-crm', 'ZohoCRM.modules.deals.READ');
  expect(await code(`Zoho-oauthtoken ${narrow.access_token}`)).toEqual([401, 'OAUTH_SCOPE_MISMATCH']);
  await fetch(`${crm.sandbox.url}/_sandbox/expire/zoho-accounts`, { method: 'POST' });
  expect((await crm.call('GET', '/Leads?fields=Last_Name')).body.code).toBe('INVALID_TOKEN');
});

test('an unknown module and an unknown path are told apart', async () => {
  expect((await crm.call('GET', '/Nope?fields=id')).body.code).toBe('INVALID_MODULE');
  expect((await crm.call('GET', '/settings/nothing/at/all')).body.code).toBe('INVALID_URL_PATTERN');
});
