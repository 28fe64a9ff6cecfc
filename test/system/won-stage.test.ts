import {
  allSettled,
  json,
  type Liaison,
  ledger,
  type Place,
  removePlace,
  startLiaison,
  until,
} from './liaison-process.ts';
import { newServedPlace } from './served-place.ts';

/** An organisation that calls its stages as it likes, and an admin of its CRM who changes them and the rules. */

const SCOPES = 'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL';
const REDIRECT = 'http://127.0.0.1:3000/api/v1/oauth/callback';
const FLOW = 'deal-won-to-slack';

let place: Place;
let liaison: Liaison;
let crm: <T>(method: string, path: string, body?: object) => Promise<T>;

beforeAll(async () => {
  // What people change in the CRM is looked for so often, that nobody waits for it.
  place = await newServedPlace({ LIAISON_ROUND_SECONDS: '0.5', LIAISON_LOOK_SECONDS: '2' });
  liaison = await startLiaison(place);
  const client = { clientId: 'sandbox-zoho-crm', redirectUri: REDIRECT };
  const { code } = await json<{ code: string }>(`${liaison.sandboxUrl}/_sandbox/consents/zoho-accounts`, {
    method: 'POST',
    body: JSON.stringify({ ...client, scope: SCOPES }),
  });
  const { access_token: token } = await json<{ access_token: string }>(
    `${liaison.sandboxUrl}/zoho-accounts/oauth/v2/token`,
    {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: client.clientId,
        client_secret: 'sandbox-secret-zoho-crm',
        redirect_uri: REDIRECT,
        code,
      }),
    },
  );
  crm = async (method, path, body) => {
    const answer = await fetch(`${liaison.sandboxUrl}/zoho-crm/crm/v8${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Zoho-oauthtoken ${token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as never;
  };
});
afterAll(async () => {
  expect(await liaison.stop()).toBe(0);
  await removePlace(place);
});

interface Stage {
  readonly id: string;
  readonly actual_value: string;
}
interface StageField {
  readonly id: string;
  readonly api_name: string;
  readonly pick_list_values: readonly Stage[];
}
const stageField = async (): Promise<StageField> => {
  const { fields } = await crm<{ fields: StageField[] }>('GET', '/settings/fields?module=Deals');
  return fields.find(({ api_name: name }) => name === 'Stage')!;
};
async function changeStages(values: readonly object[]) {
  const { id } = await stageField();
  await crm('PATCH', `/settings/fields/${id}?module=Deals`, { fields: [{ pick_list_values: values }] });
}
async function rename(from: string, to: string) {
  const { pick_list_values: values } = await stageField();
  const { id } = values.find(({ actual_value: value }) => value === from)!;
  await changeStages([{ id, display_value: to, actual_value: to }]);
}

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly status: { readonly active: boolean };
  readonly conditions: readonly { readonly criteria_details: { readonly criteria: { value: string } } }[];
}
const rules = async (): Promise<Rule[]> =>
  (
    await crm<{ workflow_rules: Rule[] } | null>(
      'GET',
      '/settings/automation/workflow_rules?module=Deals&include_inner_details=true',
    )
  )?.workflow_rules ?? [];
const asked = async (): Promise<string[]> =>
  (await rules())
    .filter(({ status }) => status.active)
    .map(({ conditions }) => conditions[0]!.criteria_details.criteria.value);

const win = (name: string, stage: string) =>
  crm('POST', '/Deals', {
    data: [{ Deal_Name: name, Stage: stage, Amount: 900, Closing_Date: '2026-12-31' }],
    trigger: ['workflow'],
  });
const told = async (name: string): Promise<number> =>
  (await ledger(liaison.sandboxUrl)).filter(
    ({ object, record }) => object === 'message' && String(record.text).includes(name),
  ).length;

const api = (path: string, init?: RequestInit) =>
  fetch(`${liaison.url}/api/v1${path}`, {
    ...init,
    headers: { 'content-type': 'application/json', 'accept-language': 'fr' },
  });
const set = (settings: object) =>
  api(`/integrations/${FLOW}`, { method: 'PATCH', body: JSON.stringify({ settings }) });
const wonStage = async () =>
  (
    await json<{ integrations: { id: string; settings: { values: { wonStage: string } } }[] }>(
      `${liaison.url}/api/v1/integrations`,
    )
  ).integrations.find(({ id }) => id === FLOW)!.settings.values.wonStage;
interface Alert {
  readonly kind: string;
  readonly sentence: { readonly en: string; readonly fr: string };
}
const alerts = async () =>
  (await json<{ alerts: Alert[] }>(`${liaison.url}/api/v1/alerts`)).alerts.filter(
    ({ kind }) => kind === 'settings',
  );

const eventually = <T>(look: () => Promise<T | false>) => until(look, 60_000);

it('the stage is one of the organisation’s own, whatever it is called, and the rules ask for it', async () => {
  await changeStages([{ display_value: 'Fermé gagné', actual_value: 'Fermé gagné', probability: 100 }]);
  const offers = await json<{ offers: { value: string }[] }>(
    `${liaison.url}/api/v1/integrations/${FLOW}/settings/wonStage/offers`,
  );
  expect(offers.offers.map(({ value }) => value)).toEqual(
    expect.arrayContaining(['Closed Won', 'Fermé gagné']) as unknown,
  );
  expect(await asked()).toEqual(['Closed Won', 'Closed Won']);
  expect((await set({ wonStage: 'Fermé gagné' })).status).toBe(200);
  expect(await asked()).toEqual(['Fermé gagné', 'Fermé gagné']);
  expect(await rules()).toHaveLength(2);
  await win('Serres du Midi', 'Fermé gagné');
  await win('Ancien nom', 'Closed Won');
  await eventually(async () => (await told('Serres du Midi')) === 1);
  await allSettled(liaison.url);
  expect([await told('Serres du Midi'), await told('Ancien nom')]).toEqual([1, 0]);
}, 90_000);

it('what can never work is refused beside its field, and a channel is taken without its sign', async () => {
  const refusals = async (settings: object) => {
    const answer = await set(settings);
    const { fields } = (await answer.json()) as { fields: { field: string; detail: string }[] };
    return { status: answer.status, fields: fields.map(({ field }) => field), said: fields[0]?.detail };
  };
  expect(await refusals({ channel: '#nexistepas' })).toMatchObject({
    status: 422,
    fields: ['settings.channel'],
  });
  expect(await refusals({ wonStage: 'Gagnéé' })).toMatchObject({
    status: 422,
    fields: ['settings.wonStage'],
  });
  const template = await refusals({ template: 'Bravo {Dea_Name} pour {Amount}€' });
  expect(template).toMatchObject({ status: 422, fields: ['settings.template'] });
  expect(template.said).toContain('{Dea_Name}');
  expect(template.said).toContain('{Deal_Name}');
  const answer = await set({ channel: 'ventes' });
  expect(answer.status).toBe(200);
  expect(((await answer.json()) as { settings: { values: object } }).settings.values).toMatchObject({
    channel: '#ventes',
    wonStage: 'Fermé gagné',
  });
});

it('the message is shown as it will look, with what is worth knowing of it', async () => {
  const { preview } = await json<{
    preview: { text: string; basis: { fr: string }; warnings: { fr: string }[] };
  }>(`${liaison.url}/api/v1/integrations/${FLOW}/settings/preview`, {
    method: 'POST',
    body: JSON.stringify({ settings: { template: '*{Deal_Name}* : {Amount}€ {Next_Step}' } }),
    headers: { 'content-type': 'application/json' },
  });
  expect(preview.text).toMatch(/^Serres du Midi : 900€/);
  expect(preview.basis.fr).toContain('Serres du Midi');
  expect(preview.warnings.map(({ fr }) => fr).join(' ')).toMatch(/figé.*\{Amount\+Currency\}/);
});

it('a deal with long texts and signs is one message, which leads to the deal', async () => {
  expect((await set({ template: '*{Deal_Name}*\n{Description}' })).status).toBe(200);
  await crm('POST', '/Deals', {
    data: [
      {
        Deal_Name: 'Lot *3* <!channel> :100:',
        Stage: 'Fermé gagné',
        Closing_Date: '2026-12-31',
        Description: `Ligne ${'x'.repeat(31_000)}`,
      },
    ],
    trigger: ['workflow'],
  });
  await eventually(async () => (await told('channel&gt;')) === 1);
  await allSettled(liaison.url);
  expect(await told('channel&gt;')).toBe(1);
  const message = (await ledger(liaison.sandboxUrl)).find(({ record }) =>
    String(record.text).includes('channel&gt;'),
  );
  const text = String(message?.record.text);
  expect(text.length).toBeLessThanOrEqual(4_000);
  expect(text.replaceAll('\u2060', '')).toMatch(
    /^\*Lot \*3\* &lt;!channel&gt; :100:\*\nLigne x+…\n<https?:\/\/[^|]+\|[^<>]+>$/,
  );
  expect(text).not.toMatch(/:100:|\*3\*/);
}, 90_000);

it('a stage that gets another name in the CRM is followed by the setting and the rules', async () => {
  // The look that knows its id.
  await eventually(async () => (await wonStage()) === 'Fermé gagné');
  await rename('Fermé gagné', 'Signé');
  await eventually(async () => (await wonStage()) === 'Signé');
  await eventually(async () => (await asked()).every((value) => value === 'Signé'));
  await win('Atelier Roux', 'Signé');
  await eventually(async () => (await told('Atelier Roux')) === 1);
  expect(await alerts()).toEqual([]);
}, 120_000);

it('a rule that is switched off or deleted in the CRM is told of, and set up again', async () => {
  const [off, gone] = await rules();
  await crm('PUT', `/settings/automation/workflow_rules/${off!.id}`, {
    workflow_rules: [{ status: { active: false } }],
  });
  await eventually(async () => (await alerts()).some(({ sentence }) => sentence.fr.includes('désactivé')));
  await eventually(async () => (await asked()).length === 2);
  // The look that put the first right has the second before it still.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await crm('DELETE', `/settings/automation/workflow_rules/${gone!.id}`);
  await eventually(async () => (await alerts()).some(({ sentence }) => sentence.fr.includes('supprimé')));
  await eventually(async () => (await asked()).length === 2);
  await win('Maison Perrin', 'Signé');
  await eventually(async () => (await told('Maison Perrin')) === 1);
}, 180_000);

it('a stage that is gone is told of for as long as nothing else is chosen', async () => {
  const { pick_list_values: values } = await stageField();
  const { id } = values.find(({ actual_value: value }) => value === 'Signé')!;
  await changeStages([{ id, _delete: null }]);
  const found = await eventually(async () => {
    const open = (await alerts()).filter(({ sentence }) => sentence.en.includes('“Signé”'));
    return open.length > 0 && open;
  });
  expect(found[0]!.sentence.fr).toContain('«\u00a0Signé\u00a0»');
  expect((await set({ channel: '#ventes' })).status).toBe(422);
  expect((await set({ wonStage: 'Closed Won' })).status).toBe(200);
  await eventually(async () => (await alerts()).every(({ sentence }) => !sentence.en.includes('“Signé”')));
}, 120_000);
