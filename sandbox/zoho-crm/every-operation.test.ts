import { startTestCrm, type TestCrm } from '../../test/sandbox/crm.ts';
import { type Receiver, startReceiver } from '../../test/sandbox/receiver.ts';

// Every operation once, as its documentation shows it: what a recording of this run holds is checked
// against the vendor's contract where that is at hand.
let crm: TestCrm;
let receiver: Receiver;

beforeAll(async () => {
  crm = await startTestCrm({ recorded: true });
  receiver = await startReceiver();
});
afterAll(async () => {
  await crm.stop();
  await receiver.stop();
});

async function ok(
  status: number,
  method: string,
  path: string,
  body?: object,
  headers?: Record<string, string>,
) {
  const answer = await crm.call(method, path, body, headers);
  expect([method, path, answer.status, answer.status === status ? '' : answer.body]).toEqual([
    method,
    path,
    status,
    '',
  ]);
  return answer.body;
}

test.each([
  [
    'Leads',
    { Last_Name: 'Durand', Email: 'durand@client.example', Phone: '+33 1 00 00 00 00', Company: 'Durand' },
    { Phone: '+33 1 00 00 00 01' },
  ],
  [
    'Accounts',
    { Account_Name: 'Durand & Cie', Website: 'https://durand.example', Billing_City: 'Nîmes' },
    { Billing_Code: '30000' },
  ],
  [
    'Contacts',
    { Last_Name: 'Durand', Email: 'd@client.example', Date_of_Birth: '1980-02-29', Currency: 'CHF' },
    { Email_Opt_Out: true },
  ],
  [
    'Deals',
    { Deal_Name: 'Vitrine', Stage: 'Qualification', Amount: 10.5, Closing_Date: '2027-01-31' },
    { Stage: 'Closed Lost' },
  ],
  ['Products', { Product_Name: 'Vernis', Unit_Price: 12.9, Product_Active: true }, { Product_Code: 'V-1' }],
  ['Tasks', { Subject: 'Rappeler', Due_Date: '2027-01-31', Status: 'Not Started' }, { Status: 'Completed' }],
  [
    'Events',
    {
      Event_Title: 'Point',
      Start_DateTime: '2027-01-31T10:00:00+01:00',
      End_DateTime: '2027-01-31T11:00:00+01:00',
    },
    { Venue: 'Lyon' },
  ],
])(
  '%s are created, read, listed, changed, upserted, searched, counted and deleted',
  async (module, record, change) => {
    const made = await ok(201, 'POST', `/${module}`, { data: [record, record], trigger: ['workflow'] });
    const [first, second] = made.data.map((one: { details: { id: string } }) => one.details.id);
    const [name = ''] = Object.keys(record);
    expect((await ok(200, 'GET', `/${module}/${first}`)).data[0]).toMatchObject(record);
    await ok(
      200,
      'GET',
      `/${module}?fields=${name},Owner,Created_By,Modified_Time&per_page=2&sort_by=Modified_Time&sort_order=asc`,
    );
    await ok(200, 'GET', `/${module}?fields=${name}&ids=${first},${second}`);
    await ok(304, 'GET', `/${module}?fields=${name}`, undefined, {
      'if-modified-since': '2099-01-01T00:00:00+00:00',
    });
    await ok(200, 'PUT', `/${module}/${first}`, { data: [change], trigger: [] });
    await ok(200, 'PUT', `/${module}`, {
      data: [
        { id: first, ...change },
        { id: second, ...change },
      ],
    });
    await ok(
      200,
      'GET',
      `/${module}/search?criteria=(${name}:equals:${encodeURIComponent(String(Object.values(record)[0]))})&fields=${name}`,
    );
    await ok(200, 'POST', `/${module}/upsert`, { data: [{ id: first, ...record }] });
    await ok(200, 'GET', `/${module}/actions/count`);
    await ok(200, 'DELETE', `/${module}/${first}`);
    await ok(200, 'DELETE', `/${module}?ids=${second}`);
    await ok(200, 'GET', `/${module}/deleted?type=all&per_page=1`);
    await ok(204, 'GET', `/${module}/${first}`);
  },
);

test('pages follow one another by number and by token', async () => {
  const { info } = await ok(200, 'GET', '/Contacts?fields=Last_Name&per_page=10');
  const second = await ok(200, 'GET', `/Contacts?fields=Last_Name&page_token=${info.next_page_token}`);
  expect(await ok(200, 'GET', '/Contacts?fields=Last_Name&per_page=10&page=2')).toMatchObject({
    data: second.data,
  });
});

test('records are found by e-mail, phone and word, and nothing is a 204', async () => {
  await ok(200, 'GET', '/Contacts/search?email=accueil@veto-forges.example');
  await ok(200, 'GET', '/Contacts/search?phone=477002007&per_page=1');
  await ok(200, 'GET', '/Contacts/search?word=rochat');
  await ok(204, 'GET', '/Contacts/search?email=nobody@client.example');
  await ok(200, 'POST', '/Contacts/upsert', {
    data: [{ Last_Name: 'Mercier', Email: 'accueil@veto-forges.example' }],
    duplicate_check_fields: ['Email'],
  });
  await ok(201, 'POST', '/Contacts/upsert', {
    data: [{ Last_Name: 'Neuf', Email: 'neuf@client.example' }],
    duplicate_check_fields: ['Email'],
  });
});

test('a query answers rows, and nothing is a 204', async () => {
  await ok(200, 'POST', '/coql', {
    select_query:
      "select Deal_Name, Account_Name.Account_Name, Owner from Deals where Stage in ('Qualification') limit 5",
  });
  await ok(204, 'POST', '/coql', { select_query: "select Deal_Name from Deals where Deal_Name = 'nothing'" });
});

test('what failed of a batch is told beside what was done', async () => {
  await ok(207, 'POST', '/Leads', { data: [{ Last_Name: 'Bon' }, { Company: 'Sans nom' }] });
  await ok(400, 'POST', '/Leads', { data: [{ Company: 'Sans nom' }] });
  await ok(400, 'PUT', '/Leads/1', { data: [{ Company: 'x' }] });
  await ok(400, 'GET', '/Leads/1');
  await ok(207, 'DELETE', `/Leads?ids=1,${(await ok(200, 'GET', '/Leads?fields=id&per_page=1')).data[0].id}`);
});

test('notes are made, listed and read', async () => {
  const { data } = await ok(200, 'GET', '/Deals?fields=Deal_Name&per_page=1');
  const { id } = data[0];
  await ok(204, 'GET', `/Deals/${id}/Notes?fields=Note_Title`);
  await ok(201, 'POST', `/Deals/${id}/Notes`, { data: [{ Note_Title: 'Un', Note_Content: 'Deux' }] });
  const made = await ok(201, 'POST', '/Notes', {
    data: [{ Note_Content: 'Trois', Parent_Id: { module: { api_name: 'Deals' }, id } }],
  });
  await ok(200, 'GET', `/Deals/${id}/Notes?fields=Note_Title,Note_Content,Parent_Id&perPage=10`);
  await ok(200, 'GET', '/Notes?fields=Note_Title,Parent_Id');
  const note = made.data[0].details.id;
  await ok(200, 'GET', `/Notes/${note}`);
  await ok(200, 'PUT', `/Notes/${note}`, { data: [{ Note_Title: 'Quatre' }] });
  await ok(200, 'DELETE', `/Notes/${note}`);
});

test('settings, users and the organisation are read, and a field is added', async () => {
  await ok(200, 'GET', '/org');
  for (const type of ['CurrentUser', 'AllUsers', 'AdminUsers']) await ok(200, 'GET', `/users?type=${type}`);
  await ok(204, 'GET', '/users?type=DeletedUsers');
  const { users } = await ok(200, 'GET', '/users');
  await ok(200, 'GET', `/users/${users[0].id}`);
  const { modules } = await ok(200, 'GET', '/settings/modules');
  await ok(200, 'GET', '/settings/modules/Deals');
  for (const { api_name } of modules) await ok(200, 'GET', `/settings/fields?module=${api_name}`);
  const fields = [
    { field_label: 'Total payé', data_type: 'currency' },
    {
      field_label: 'Canal',
      data_type: 'picklist',
      pick_list_values: [{ display_value: 'Web', actual_value: 'Web' }],
    },
  ];
  const made = await ok(201, 'POST', '/settings/fields?module=Contacts', { fields });
  await ok(200, 'GET', `/settings/fields/${made.fields[0].details.id}?module=Contacts`);
  await ok(400, 'POST', '/settings/fields?module=Contacts', { fields: [fields[0]] });
  await ok(200, 'DELETE', `/settings/fields/${made.fields[1].details.id}?module=Contacts`);
});

test('webhooks and workflow rules are made, read, changed and deleted', async () => {
  await ok(204, 'GET', '/settings/automation/webhooks');
  await ok(204, 'GET', '/settings/automation/workflow_rules');
  const webhook = {
    name: 'Liaison',
    module: { api_name: 'Deals' },
    url: `${receiver.url}/hook`,
    http_method: 'POST',
    feature_type: 'workflow',
    headers: {
      module_parameters: [{ name: 'X-Deal', value: `$\{!Deals.Deal Id}` }],
      custom_parameters: [{ name: 'X-Secret', value: 's' }],
    },
    body: { type: 'raw', format: 'JSON', raw_data_content: `{"id":"$\{!Deals.Deal Id}"}` },
  };
  const made = await ok(201, 'POST', '/settings/automation/webhooks', { webhooks: [webhook] });
  const { id } = made.webhooks[0].details;
  await ok(200, 'GET', '/settings/automation/webhooks');
  await ok(200, 'GET', `/settings/automation/webhooks/${id}`);
  await ok(200, 'PUT', `/settings/automation/webhooks/${id}`, {
    webhooks: [{ ...webhook, description: 'changed' }],
  });
  await ok(200, 'PUT', '/settings/automation/webhooks', { webhooks: [{ ...webhook, id }] });
  await ok(400, 'POST', '/settings/automation/webhooks', {
    webhooks: [{ ...webhook, http_method: 'TRACE' }],
  });

  const won = { comparator: 'equal', field: { api_name: 'Stage' }, value: 'Closed Won' };
  const rule = {
    name: 'Won',
    module: { api_name: 'Deals' },
    execute_when: {
      type: 'field_update',
      details: { trigger_module: { api_name: 'Deals' }, repeat: true, match_all: false, criteria: won },
    },
    conditions: [
      {
        sequence_number: 1,
        criteria_details: { criteria: won },
        instant_actions: { actions: [{ type: 'webhooks', id }] },
      },
    ],
  };
  const ruled = await ok(201, 'POST', '/settings/automation/workflow_rules', { workflow_rules: [rule] });
  const ruleId = ruled.workflow_rules[0].details.id;
  await ok(200, 'GET', '/settings/automation/workflow_rules?module=Deals');
  await ok(200, 'GET', `/settings/automation/workflow_rules/${ruleId}`);
  await ok(400, 'DELETE', `/settings/automation/webhooks/${id}`);
  await ok(200, 'PUT', `/settings/automation/workflow_rules/${ruleId}`, {
    workflow_rules: [{ description: 'changed' }],
  });
  await ok(200, 'DELETE', `/settings/automation/workflow_rules/${ruleId}`);
  await ok(200, 'DELETE', `/settings/automation/webhooks/${id}`);
});

test('channels are opened, listed, changed and closed', async () => {
  await ok(204, 'GET', '/actions/watch');
  const watch = [
    {
      channel_id: '1000000068001',
      events: ['Deals.all', 'Contacts.edit'],
      notify_url: receiver.url,
      token: 'tok',
      channel_expiry: '2099-01-01T00:00:00+00:00',
    },
  ];
  await ok(201, 'POST', '/actions/watch', { watch });
  await ok(200, 'GET', '/actions/watch?module=Deals');
  await ok(200, 'PUT', '/actions/watch', { watch });
  await ok(207, 'POST', '/actions/watch', {
    watch: [...watch, { channel_id: '2', events: ['Nope.all'], notify_url: receiver.url }],
  });
  await ok(200, 'DELETE', '/actions/watch?channel_ids=1000000068001');
});
