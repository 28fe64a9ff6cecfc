import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { microsoftAccounts } from '../microsoft-accounts/simulator.ts';
import { microsoftTeams } from './simulator.ts';

/** What Teams refuses, and how. */

const REDIRECT = 'http://127.0.0.1:3000/oauth/callback';
const TEAM = '8f4d1c52-6a2b-4f0e-9c37-1d5e8b7a2f10';
const ALL = 'User.Read Team.ReadBasic.All Channel.ReadBasic.All ChannelMessage.Send ChannelMessage.Read.All';
let folder: string;
let sandbox: RunningSandbox;
let token: string;
let channels: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-teams-'));
  const simulators = [microsoftAccounts, microsoftTeams];
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators, scenarios: [], limitFactor: 100 });
  token = await tokenFor(ALL);
  const { value } = (await graph('GET', `/teams/${TEAM}/channels`)).body as {
    value: { id: string; displayName: string }[];
  };
  channels = Object.fromEntries(value.map(({ id, displayName }) => [displayName, id]));
});
afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

async function control<Answer>(path: string, body: object): Promise<Answer> {
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Answer;
}
const consent = (scope: string, account: string) =>
  control<Record<string, string>>('consents/microsoft-accounts', {
    ...{ clientId: 'sandbox-microsoft', redirectUri: REDIRECT, scope, account },
  });
async function tokenFor(scope: string, account = 'hugo'): Promise<string> {
  const { code = '' } = await consent(scope, account);
  const answer = await fetch(`${sandbox.url}/microsoft-accounts/common/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ client_id: 'sandbox-microsoft', client_secret: 'sandbox-secret-microsoft' },
      ...{ grant_type: 'authorization_code', redirect_uri: REDIRECT, code },
    }),
  });
  return String(((await answer.json()) as { access_token?: string }).access_token);
}

async function graph(method: string, path: string, body?: unknown, as = token) {
  const answer = await fetch(`${sandbox.url}/microsoft-teams/v1.0${path}`, {
    method,
    headers: { authorization: `Bearer ${as}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const read = (await answer.json()) as Record<string, unknown>;
  const error = read.error as { code: string; message: string } | undefined;
  const retryAfter = answer.headers.get('retry-after');
  return { status: answer.status, code: error?.code, message: error?.message, body: read, retryAfter };
}
const messagesOf = (name: string) =>
  `/teams/${TEAM}/channels/${encodeURIComponent(channels[name] ?? '')}/messages`;
const html = (content: string, more: object = {}) => ({ body: { contentType: 'html', content }, ...more });

it('keeps the reading of messages to who an administrator agreed for', async () => {
  expect(await consent(ALL, 'ines')).toMatchObject({
    error_description: expect.stringContaining('AADSTS90094'),
  });
  expect(await consent('ChannelMessage.Send', 'ines')).toHaveProperty('code');
  await control('acts/microsoft-accounts', { act: 'administrator-agrees' });
  expect(await consent(ALL, 'ines')).toHaveProperty('code');
});

it('refuses who is nobody, who may not, and who takes no part', async () => {
  expect(await graph('GET', '/me/joinedTeams', undefined, 'x')).toMatchObject({
    ...{ status: 401, code: 'InvalidAuthenticationToken' },
  });
  const poster = await tokenFor('ChannelMessage.Send', 'claire');
  expect(await graph('GET', messagesOf('Ventes'), undefined, poster)).toMatchObject({
    ...{ status: 403, code: 'Forbidden', message: expect.stringContaining('ChannelMessage.Read.All') },
  });
  expect((await graph('POST', messagesOf('Ventes'), html('<p>a</p>'), poster)).status).toBe(201);
  expect(await graph('POST', messagesOf('Direction'), html('<p>a</p>'), poster)).toMatchObject({
    ...{ status: 403, code: 'Forbidden', message: expect.stringContaining('not a member') },
  });
});

it.each([
  ['no body', {}],
  ['an empty one', html(' ')],
  ['a type that there is not', { body: { contentType: 'markdown', content: 'a' } }],
  ['what only an import sets', html('a', { createdDateTime: '2026-01-01T00:00:00Z' })],
  ['a mention that does not stand in it', html('a', { mentions: [{ id: 0, mentionText: 'x' }] })],
  ['a mention that says nobody', html('<at id="0">x</at>')],
])('takes no message with %s', async (_what, body) => {
  expect(await graph('POST', messagesOf('Ventes'), body)).toMatchObject({ status: 400, code: 'BadRequest' });
});

it('takes no message of more than 28 KB, none in what is archived, and none where there is nothing', async () => {
  expect(await graph('POST', messagesOf('Ventes'), html('é'.repeat(15_000)))).toMatchObject({ status: 413 });
  expect(await graph('POST', messagesOf('Salon 2025'), html('a'))).toMatchObject({ status: 403 });
  expect(await graph('POST', `/teams/${TEAM}/channels/19:x@thread.tacv2/messages`, html('a'))).toMatchObject({
    ...{ status: 404, code: 'NotFound' },
  });
  expect(await graph('GET', '/teams/nobody/channels')).toMatchObject({ status: 400 });
  expect((await graph('POST', `${messagesOf('Ventes')}/1/replies`, html('a'))).status).toBe(404);
  expect((await graph('GET', '/me/nothing')).status).toBe(400);
  expect((await graph('POST', '/me/joinedTeams', {})).status).toBe(405);
});

it('keeps of markup what people see or where it leads, and nothing beside', async () => {
  const given =
    '<div id="ours" style="display:none" onclick="x()"><!-- ours --><b title="ours">a</b><a href="https://x.example/#ours">b</a><a href="https://x.example/#hidden"></a><a href="javascript:x()">c</a><script>x()</script></div>';
  const { body } = await graph('POST', messagesOf('Ventes'), html(given));
  expect(body).toMatchObject({
    body: { content: '<div><b>a</b><a href="https://x.example/#ours">b</a><a>c</a></div>' },
    from: { user: { displayName: 'Hugo Marchetti' } },
  });
});

it('lists what began threads by their last change, answers apart, and of one that was deleted nothing', async () => {
  const { body: first } = await graph('POST', messagesOf('Annonces'), html('<p>un</p>'));
  const moment = new Date(Number(first.id)).toISOString();
  const { body: second } = await graph('POST', messagesOf('Annonces'), html('<p>deux</p>'));
  const answers = `${messagesOf('Annonces')}/${first.id}/replies`;
  await control('acts/microsoft-teams', {
    ...{ act: 'say', channel: 'Atelier Lumen/Annonces', who: 'ines', html: '<p>oui</p>', to: first.id },
  });
  const ids = async (path: string) =>
    ((await graph('GET', path)).body.value as { id: string }[]).map(({ id }) => id);
  expect(await ids(messagesOf('Annonces'))).toEqual([first.id, second.id]);
  expect(await ids(answers)).toHaveLength(1);
  expect((await graph('GET', `${answers}?$top=51`)).status).toBe(400);
  expect((await graph('GET', `${messagesOf('Annonces')}?$filter=a`)).status).toBe(400);
  const since = (at: string) =>
    `${messagesOf('Annonces')}/delta?$filter=lastModifiedDateTime gt ${at}&$top=1`;
  const page = (await graph('GET', since(moment))).body;
  expect([page.value, page['@odata.nextLink']]).toEqual([
    [expect.objectContaining({ id: first.id })],
    expect.stringContaining('skiptoken'),
  ]);
  const future = (await graph('GET', since(new Date(Date.now() + 60_000).toISOString()))).body;
  expect([future.value, typeof future['@odata.deltaLink']]).toEqual([[], 'string']);
  await control('acts/microsoft-teams', { act: 'delete-message', message: second.id });
  expect((await graph('GET', `${messagesOf('Annonces')}/${second.id}`)).body).toMatchObject({
    ...{ deletedDateTime: expect.any(String), body: { content: '' } },
  });
});

it('takes four calls for a channel at once, and then says when to come back', async () => {
  await sandbox.stop();
  const simulators = [microsoftAccounts, microsoftTeams];
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators, scenarios: [] });
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => graph('POST', messagesOf('General'), html('<p>a</p>'))),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 429, 429]);
  const refused = answers.filter(({ status }) => status === 429);
  for (const { retryAfter } of refused) expect(retryAfter).toMatch(/^\d+\.\d{3}$/);
});
