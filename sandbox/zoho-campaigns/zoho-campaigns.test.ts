import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { sandboxPages } from '../page/router.ts';
import { issueAccessToken } from '../zoho-accounts/issue.ts';
import { zohoAccounts } from '../zoho-accounts/simulator.ts';
import { BY_FORM, NEWSLETTER, TOPICS } from './seed.ts';
import { zohoCampaigns } from './simulator.ts';

const SCOPES = ['contact.READ', 'contact.UPDATE', 'campaign.READ'].map((scope) => `ZohoCampaigns.${scope}`);
const JULIETTE = 'juliette@boulangerie-pelissier.example';
const TOPIC = TOPICS[0]?.id ?? '';

let folder: string;
let sandbox: RunningSandbox;
let now: number;
let token: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-campaigns-'));
  now = Date.UTC(2026, 10, 24, 9);
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    simulators: [zohoAccounts, zohoCampaigns],
    pages: sandboxPages({ liaisonUrl: 'http://127.0.0.1:3999' }),
    clock: () => new Date(now),
  });
  token = tokenOf(SCOPES);
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

const tokenOf = (scopes: readonly string[]): string =>
  issueAccessToken(sandbox.desk('zoho-accounts'), { clientId: 'sandbox-zoho', user: 'claire', scopes }, null)
    .token;

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: Record<string, never>;
}

async function call(
  method: 'GET' | 'POST',
  path: string,
  query: Readonly<Record<string, string>> = {},
  as: string | null = token,
): Promise<Answer> {
  const url = new URL(`${sandbox.url}/zoho-campaigns/api/v1.1${path}`);
  for (const [name, value] of Object.entries({ resfmt: 'JSON', ...query })) url.searchParams.set(name, value);
  const headers = as === null ? {} : { authorization: `Zoho-oauthtoken ${as}` };
  const answer = await fetch(url, { method, headers });
  const text = await answer.text();
  return { status: answer.status, text, body: text.startsWith('{') ? JSON.parse(text) : {} };
}

const subscribe = (email: string, more: Readonly<Record<string, string>> = {}, list = NEWSLETTER) =>
  call('POST', '/json/listsubscribe', {
    listkey: list,
    contactinfo: JSON.stringify({ 'Contact Email': email, 'First Name': 'Ève', 'Last Name': 'Essai' }),
    ...more,
  });
const listed = async (status: string, list = NEWSLETTER): Promise<string[]> => {
  const { body } = await call('GET', '/getlistsubscribers', { listkey: list, status });
  return ((body.list_of_details ?? []) as { contact_email: string }[]).map((row) => row.contact_email);
};
const written = async (): Promise<{ id: string; action: string }[]> =>
  (
    (await (await fetch(`${sandbox.url}/_sandbox/ledger?vendor=zoho-campaigns`)).json()) as {
      entries: never[];
    }
  ).entries;
const act = (wish: object) =>
  fetch(`${sandbox.url}/_sandbox/acts/zoho-campaigns`, { method: 'POST', body: JSON.stringify(wish) });

it('a list without a form takes whoever is subscribed, one with a form asks them first', async () => {
  expect((await subscribe('eve@essai.example', { topic_id: TOPIC })).body).toMatchObject({
    code: '0',
    status: 'success',
    message: 'User successfully subscribed.',
  });
  expect(await listed('active')).toContain('eve@essai.example');
  const asked = await subscribe('eve@essai.example', {}, BY_FORM);
  expect(asked.body.message).toContain('confirmation email');
  expect(await listed('active', BY_FORM)).toEqual([]);
  expect((await act({ act: 'confirm', email: 'eve@essai.example', list: BY_FORM })).ok).toBe(true);
  expect(await listed('active', BY_FORM)).toEqual(['eve@essai.example']);
  expect(await written()).toMatchObject([
    { id: `${NEWSLETTER} eve@essai.example`, action: 'create' },
    { id: `${BY_FORM} eve@essai.example`, action: 'create' },
  ]);
});

it('who is there is changed, and who left comes back: nothing in the pages says otherwise', async () => {
  await subscribe(JULIETTE);
  expect(await listed('active')).toContain(JULIETTE);
  await act({ act: 'unsubscribe', email: JULIETTE });
  expect(await listed('unsub')).toContain(JULIETTE);
  await subscribe(JULIETTE);
  expect(await listed('active')).toContain(JULIETTE);
});

it('whoever is in Do-Not-Mail is subscribed to nothing, and is unsubscribed from all', async () => {
  const contactinfo = JSON.stringify({ 'Contact Email': JULIETTE });
  expect((await call('POST', '/json/contactdonotmail', { contactinfo })).body.code).toBe('0');
  expect(await listed('unsub')).toContain(JULIETTE);
  expect((await subscribe(JULIETTE)).body).toMatchObject({ code: '2001', status: 'error' });
});

it.each([
  ['an unknown list', { listkey: 'x' }, '2501'],
  ['no list', { listkey: '' }, '903'],
  ['no person', { contactinfo: '' }, '903'],
  ['no JSON', { contactinfo: '{First Name:mac}' }, '2001'],
  ['no address', { contactinfo: '{"First Name":"Ève"}' }, '2004'],
  ['an address that is none', { contactinfo: '{"Contact Email":"eve"}' }, '2004'],
  ['an address of a group', { contactinfo: '{"Contact Email":"info@essai.example"}' }, '2005'],
  ['a topic that there is not', { topic_id: '1' }, '4014'],
])('%s is refused in a 200, and nothing is written', async (_what, wish, code) => {
  const { status, body } = await subscribe('eve@essai.example', wish as Record<string, string>);
  expect([status, body.code, body.status]).toEqual([200, code, 'error']);
  expect(await written()).toEqual([]);
});

it('is in XML for those who ask for no JSON, and no token is as good as a dead one', async () => {
  const xml = await call('GET', '/getmailinglists', { resfmt: 'XML' });
  expect(xml.text).toContain(`<fl val="listkey">${NEWSLETTER}</fl>`);
  for (const as of [null, '1000.dead', tokenOf(['ZohoCampaigns.campaign.READ'])])
    expect(await call('GET', '/getmailinglists', {}, as)).toMatchObject({
      status: 401,
      body: { Code: '1007', status: 'error' },
    });
});

it('pages begin at 1, twenty rows unless more are asked for, and nobody is an error', async () => {
  await fetch(`${sandbox.url}/_sandbox/seed/zoho-campaigns`, {
    method: 'POST',
    body: JSON.stringify({ contacts: 250, replace: true }),
  });
  const rows = async (query: Record<string, string>) =>
    ((await call('GET', '/getlistsubscribers', { listkey: NEWSLETTER, ...query })).body.list_of_details ??
      []) as unknown[];
  expect(await rows({})).toHaveLength(20);
  expect(await rows({ range: '1000' })).toHaveLength(200);
  expect(await rows({ fromindex: '201', range: '200' })).toHaveLength(50);
  expect(
    (await call('GET', '/getlistsubscribers', { listkey: NEWSLETTER, fromindex: '251' })).body.code,
  ).toBe('2502');
  expect((await call('GET', '/getlistsubscribers', { listkey: NEWSLETTER, status: 'spam' })).body.code).toBe(
    '2502',
  );
});

it('one call too many of a method locks that method for half an hour, and no other', async () => {
  for (let calls = 0; calls < 500; calls += 1) expect((await call('GET', '/topics')).status).toBe(200);
  expect((await call('GET', '/topics')).body.status).toBe('error');
  expect((await call('GET', '/getmailinglists')).body.status).toBe('success');
  now += 29 * 60_000;
  expect((await call('GET', '/topics')).body.status).toBe('error');
  now += 2 * 60_000;
  expect((await call('GET', '/topics')).body.code).toBe('200');
});

it('a campaign tells who opened, clicked, bounced and left', async () => {
  const sent = await call('GET', '/recentcampaigns', { status: 'sent' });
  const [letter] = sent.body.recent_campaigns as unknown as { campaign_key: string }[];
  const who = async (action: string) => {
    const { body } = await call('POST', '/getcampaignrecipientsdata', {
      campaignkey: letter?.campaign_key ?? '',
      action,
    });
    return ((body.list_of_details ?? []) as { contactemailaddress: string }[]).length;
  };
  expect(await Promise.all(['sentcontacts', 'openedcontacts', 'clickedcontacts'].map(who))).toEqual([
    8, 3, 1,
  ]);
  expect(await Promise.all(['senthardbounce', 'optoutcontacts', 'spamcontacts'].map(who))).toEqual([1, 1, 0]);
});

it('its page shows who is in, and the link of their mails by which a person leaves', async () => {
  const page = () => fetch(`${sandbox.url}/view/zoho-campaigns`, { headers: { 'accept-language': 'fr' } });
  expect(await (await page()).text()).toContain('Se désabonner');
  const form = new URLSearchParams({ does: 'unsubscribe', list: NEWSLETTER, email: JULIETTE });
  await fetch(`${sandbox.url}/view/zoho-campaigns`, { method: 'POST', body: form });
  expect(await listed('unsub')).toContain(JULIETTE);
  // What a person does is no write of a program's.
  expect(await written()).toEqual([]);
});
