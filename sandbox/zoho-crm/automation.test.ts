import { startTestCrm, type TestCrm } from '../../test/sandbox/crm.ts';
import { type Receiver, startReceiver } from '../../test/sandbox/receiver.ts';
import { editRecord, findRecord } from './acts.ts';

let crm: TestCrm;
let receiver: Receiver;

beforeEach(async () => {
  crm = await startTestCrm();
  receiver = await startReceiver();
});
afterEach(async () => {
  await crm.stop();
  await receiver.stop();
});

const merged = (field: string): string => `$\{!Deals.${field}}`;
const wonCriteria = { field: { api_name: 'Stage' }, comparator: 'equal', value: 'Closed Won' };

async function addWebhook(body: object): Promise<string> {
  const webhook = {
    name: `To Liaison ${JSON.stringify(body).length}`,
    module: { api_name: 'Deals' },
    url: `${receiver.url}/hook`,
    http_method: 'POST',
    feature_type: 'workflow',
    headers: {
      module_parameters: [{ name: 'X-Deal', value: merged('Deal Id') }],
      custom_parameters: [{ name: 'X-Liaison-Secret', value: 's3cret' }],
    },
    body,
  };
  const made = await crm.call('POST', '/settings/automation/webhooks', { webhooks: [webhook] });
  expect(made.status).toBe(201);
  return made.body.webhooks[0].details.id;
}

async function addRule(
  webhook: string,
  execute_when: object,
  criteria: object | null = wonCriteria,
): Promise<string> {
  const conditions = [
    {
      sequence_number: 1,
      criteria_details: { criteria },
      instant_actions: { actions: [{ type: 'webhooks', id: webhook }] },
    },
  ];
  const rule = { name: `Rule ${webhook}`, module: { api_name: 'Deals' }, execute_when, conditions };
  const made = await crm.call('POST', '/settings/automation/workflow_rules', { workflow_rules: [rule] });
  expect(made.status).toBe(201);
  return made.body.workflow_rules[0].details.id;
}

const raw = {
  type: 'raw',
  format: 'JSON',
  raw_data_content: JSON.stringify({
    id: merged('Deal Id'),
    name: merged('Deal_Name'),
    at: merged('Modified Time'),
    who: merged('Deal Owner'),
  }),
};
const onWin = {
  type: 'field_update',
  details: { trigger_module: { api_name: 'Deals' }, repeat: true, criteria: wonCriteria },
};

async function dealId(): Promise<string> {
  const found = findRecord(crm.sandbox.desk('zoho-crm'), 'Deals', 'Deal_Name', 'Refonte site vitrine');
  return String(found!.id);
}

test('a rule on a field calls its webhook once, on the transition, with the merge fields filled', async () => {
  await addRule(await addWebhook(raw), onWin);
  const id = await dealId();
  await crm.call('PUT', `/Deals/${id}`, { data: [{ Stage: 'Qualification' }] });
  await crm.call('PUT', `/Deals/${id}`, { data: [{ Stage: 'Closed Won' }] });
  await crm.call('PUT', `/Deals/${id}`, { data: [{ Amount: 12_501 }] });
  await crm.call('PUT', `/Deals/${id}`, { data: [{ Stage: 'Closed Won' }] });
  const call = await receiver.next();
  expect(call.headers).toMatchObject({
    'x-liaison-secret': 's3cret',
    'x-deal': id,
    'content-type': 'application/json',
  });
  expect(JSON.parse(call.body)).toEqual({
    id,
    name: 'Refonte site vitrine',
    at: expect.stringMatching(/T.*\+0[12]:00$/),
    who: 'Claire Fontaine',
  });
  const { deliveries } = (await (await fetch(`${crm.sandbox.url}/_sandbox/deliveries`)).json()) as {
    deliveries: object[];
  };
  expect(deliveries).toHaveLength(1);
});

test('a rule fires for what a person does on the screen, and the ledger stays silent', async () => {
  await addRule(await addWebhook(raw), onWin);
  editRecord(crm.sandbox.desk('zoho-crm'), 'Deals', await dealId(), { Stage: 'Closed Won' });
  expect(JSON.parse((await receiver.next()).body).name).toBe('Refonte site vitrine');
  const ledger = (await (await fetch(`${crm.sandbox.url}/_sandbox/ledger?vendor=zoho-crm`)).json()) as {
    entries: object[];
  };
  expect(ledger.entries).toEqual([]);
});

test('an empty trigger keeps the rules quiet and lets notifications through', async () => {
  await addRule(await addWebhook(raw), onWin);
  const watch = {
    channel_id: '1000000068001',
    events: ['Deals.edit'],
    notify_url: `${receiver.url}/watch`,
    token: 'tok',
  };
  expect((await crm.call('POST', '/actions/watch', { watch: [watch] })).status).toBe(201);
  const id = await dealId();
  await crm.call('PUT', '/Deals', { data: [{ id, Stage: 'Closed Won' }], trigger: [] });
  const call = await receiver.next();
  expect(call.url).toBe('/watch');
  expect(JSON.parse(call.body)).toMatchObject({
    module: 'Deals',
    operation: 'update',
    ids: [id],
    affected_fields: [{ [id]: expect.arrayContaining(['Stage']) }],
    channel_id: '1000000068001',
    token: 'tok',
  });
  expect(receiver.waiting).toBe(0);
});

test('records of one call are notified together, one notification per operation', async () => {
  const watch = {
    channel_id: '7',
    events: ['Leads.all'],
    notify_url: receiver.url,
    return_affected_field_values: true,
  };
  await crm.call('POST', '/actions/watch', { watch: [watch] });
  await crm.call('POST', '/Leads', { data: [{ Last_Name: 'Un' }, { Last_Name: 'Deux' }] });
  const body = JSON.parse((await receiver.next()).body);
  expect(body).toMatchObject({
    operation: 'insert',
    affected_fields: [],
    affected_values: [{ values: { Last_Name: 'Un' } }, { values: { Last_Name: 'Deux' } }],
  });
  expect(body.ids).toHaveLength(2);
});

test('without repeat a rule on edits runs once for a record', async () => {
  await addRule(await addWebhook(raw), {
    type: 'edit',
    details: { trigger_module: { api_name: 'Deals' }, repeat: false },
  });
  const id = await dealId();
  for (const Stage of ['Closed Won', 'Qualification', 'Closed Won'])
    await crm.call('PUT', `/Deals/${id}`, { data: [{ Stage }] });
  await receiver.next();
  const { deliveries } = (await (await fetch(`${crm.sandbox.url}/_sandbox/deliveries`)).json()) as {
    deliveries: object[];
  };
  expect(deliveries).toHaveLength(1);
});

test('a form webhook sends module and custom parameters as a form', async () => {
  const form = {
    type: 'form_data',
    form_data_content: {
      module_parameters: [{ name: 'deal', value: merged('Deal_Name') }],
      custom_parameters: [{ name: 'kind', value: 'won' }],
    },
  };
  await addRule(await addWebhook(form), {
    type: 'create',
    details: { trigger_module: { api_name: 'Deals' } },
  });
  await crm.call('POST', '/Deals', { data: [{ Deal_Name: 'Déjà & vu', Stage: 'Closed Won' }] });
  const call = await receiver.next();
  expect(Object.fromEntries(new URLSearchParams(call.body))).toEqual({ deal: 'Déjà & vu', kind: 'won' });
});

test('values with quotes leave the JSON body whole', async () => {
  await addRule(
    await addWebhook(raw),
    { type: 'create', details: { trigger_module: { api_name: 'Deals' } } },
    null,
  );
  await crm.call('POST', '/Deals', { data: [{ Deal_Name: 'Le "grand" \\ saut', Stage: 'Qualification' }] });
  expect(JSON.parse((await receiver.next()).body).name).toBe('Le "grand" \\ saut');
});

test('held subscriptions tell everything that is needed to sign', async () => {
  await addRule(await addWebhook(raw), onWin);
  const watch = {
    channel_id: '9',
    events: ['Contacts.all'],
    notify_url: `${receiver.url}/watch`,
    token: 'tok',
  };
  await crm.call('POST', '/actions/watch', { watch: [watch] });
  const { webhooks } = (await (await fetch(`${crm.sandbox.url}/_sandbox/webhooks`)).json()) as {
    webhooks: object[];
  };
  expect(webhooks).toEqual([
    expect.objectContaining({
      vendor: 'zoho-crm',
      url: `${receiver.url}/hook`,
      scheme: 'secret-header',
      carrier: 'X-Liaison-Secret',
      secret: 's3cret',
    }),
    expect.objectContaining({
      id: '9',
      scheme: 'body-token',
      carrier: 'token',
      secret: 'tok',
      topics: ['Contacts.all'],
    }),
  ]);
});

test('a reset keeps rules, webhooks and channels, and gives the records new ids', async () => {
  const rule = await addRule(await addWebhook(raw), onWin);
  const before = await dealId();
  await fetch(`${crm.sandbox.url}/_sandbox/reset`, { method: 'POST' });
  expect((await crm.call('GET', `/settings/automation/workflow_rules/${rule}`)).status).toBe(200);
  expect(await dealId()).not.toBe(before);
  await crm.call('PUT', `/Deals/${await dealId()}`, { data: [{ Stage: 'Closed Won' }] });
  expect(JSON.parse((await receiver.next()).body).id).toBe(await dealId());
});

test('a channel lasts an hour unless asked for longer, at most a week', async () => {
  const hours = async (ahead: number | null): Promise<number> => {
    const channel_expiry =
      ahead === null ? undefined : new Date(Date.now() + ahead * 3_600_000).toISOString();
    const watch = { channel_id: '5', events: ['Deals.all'], notify_url: receiver.url, channel_expiry };
    const made = await crm.call('POST', '/actions/watch', { watch: [watch] });
    return Math.round(
      (Date.parse(made.body.watch[0].details.events[0].channel_expiry) - Date.now()) / 3_600_000,
    );
  };
  expect(await hours(null)).toBe(1);
  expect(await hours(160)).toBe(160);
  expect(await hours(200)).toBe(1);
});

test('a webhook with a body over 500 characters, or headers without a module parameter, is refused', async () => {
  const webhook = {
    name: 'n',
    module: { api_name: 'Deals' },
    url: receiver.url,
    http_method: 'POST',
    feature_type: 'workflow',
  };
  const long = { ...webhook, body: { type: 'raw', format: 'JSON', raw_data_content: 'x'.repeat(501) } };
  const bare = { ...webhook, headers: { custom_parameters: [{ name: 'a', value: 'b' }] } };
  for (const wrong of [
    long,
    bare,
    { ...webhook, url: 'ftp://x' },
    { ...webhook, module: { api_name: 'Notes' } },
  ]) {
    expect((await crm.call('POST', '/settings/automation/webhooks', { webhooks: [wrong] })).status).toBe(400);
  }
});
