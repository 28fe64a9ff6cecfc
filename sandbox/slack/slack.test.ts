import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogLevel, WebClient } from '@slack/web-api';
import { readConfig } from '../config.ts';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { slack } from './simulator.ts';
import { channelIds } from './workspace.ts';

const redirectUri = 'http://127.0.0.1:3000/api/v1/oauth/callback';
const identity = { client_id: 'sandbox-slack', client_secret: 'sandbox-secret-slack' };
const usual =
  'chat:write,channels:read,channels:history,channels:join,channels:manage,groups:read,groups:history,groups:write,users:read,users:read.email,team:read';
let folder: string;
let sandbox: RunningSandbox;
let now = Date.UTC(2026, 10, 24, 9);

async function start({ recorded }: { readonly recorded: boolean }): Promise<void> {
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    record: recorded ? readConfig(process.env).record : undefined,
    simulators: [slack],
    scenarios: [],
    clock: () => new Date(now),
  });
}

/** For requests that are wrong on purpose: not put before the checker. */
async function stopRecording(): Promise<void> {
  await sandbox.stop();
  await start({ recorded: false });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-slack-'));
  await start({ recorded: true });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

const client = (token?: string): WebClient =>
  new WebClient(token, {
    slackApiUrl: `${sandbox.url}/slack/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });

async function consent(scope = usual): Promise<string> {
  const answer = await fetch(`${sandbox.url}/_sandbox/consents/slack`, {
    method: 'POST',
    body: JSON.stringify({ clientId: identity.client_id, redirectUri, scope }),
  });
  return ((await answer.json()) as { code: string }).code;
}

async function install(scope = usual): Promise<WebClient> {
  const code = await consent(scope);
  const granted = await client().oauth.v2.access({ ...identity, code, redirect_uri: redirectUri });
  return client(granted.access_token);
}

const refusal = (error: string, more: object = {}) => ({ data: { ok: false, error, ...more } });

test('a code is exchanged once for a bot token that says who it is', async () => {
  const code = await consent();
  const given = { ...identity, code, redirect_uri: redirectUri };
  const granted = await client().oauth.v2.access(given);
  expect(granted).toMatchObject({ token_type: 'bot', scope: usual, team: { name: 'Atelier Lumen' } });
  expect(granted.access_token).toMatch(/^xoxb-\d+-\d+-\w+$/);
  expect(await client(granted.access_token).auth.test()).toMatchObject({
    user_id: granted.bot_user_id,
    team_id: granted.team?.id,
  });
  await expect(client().oauth.v2.access(given)).rejects.toMatchObject(refusal('invalid_code'));
});

test('client credentials may come as HTTP Basic, and wrong ones are refused', async () => {
  const ask = async (authorization: string, form: Record<string, string>) => {
    const body = new URLSearchParams({ code: await consent(), redirect_uri: redirectUri, ...form });
    const headers = { authorization };
    const answer = await fetch(`${sandbox.url}/slack/api/oauth.v2.access`, { method: 'POST', body, headers });
    return (await answer.json()) as object;
  };
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
  expect(await ask(basic('sandbox-slack:sandbox-secret-slack'), {})).toMatchObject({ ok: true });
  expect(await ask(basic('sandbox-slack:no'), {})).toMatchObject({ error: 'bad_client_secret' });
  expect(await ask(basic('sandbox-stripe:sandbox-secret-stripe'), {})).toMatchObject({
    error: 'invalid_client_id',
  });
  const elsewhere = { redirect_uri: `${redirectUri}/x` };
  expect(await ask(basic('sandbox-slack:sandbox-secret-slack'), elsewhere)).toMatchObject({
    error: 'bad_redirect_uri',
  });
});

test('an expired code is refused', async () => {
  const code = await consent();
  now += 10 * 60_000;
  await expect(
    client().oauth.v2.access({ ...identity, code, redirect_uri: redirectUri }),
  ).rejects.toMatchObject(refusal('invalid_code'));
});

test('the consent page names the scopes and sends the user back with a code, or with access_denied', async () => {
  const query = {
    client_id: 'sandbox-slack',
    scope: 'chat:write,channels:read',
    redirect_uri: redirectUri,
    state: 'a"b',
  };
  const url = `${sandbox.url}/slack/oauth/v2/authorize`;
  const page = await fetch(`${url}?${new URLSearchParams(query)}`, { headers: { 'accept-language': 'fr' } });
  const html = await page.text();
  expect(html).toContain('envoyer des messages en tant que Liaison');
  expect(html).toContain('value="a&#34;b"');
  const decide = async (decision: string): Promise<URLSearchParams> => {
    const body = new URLSearchParams({ ...query, decision });
    const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '').searchParams;
  };
  const accepted = await decide('accept');
  expect(accepted.get('state')).toBe('a"b');
  const code = accepted.get('code') ?? '';
  await expect(
    client().oauth.v2.access({ ...identity, code, redirect_uri: redirectUri }),
  ).resolves.toMatchObject({ ok: true });
  expect((await decide('deny')).get('error')).toBe('access_denied');
  for (const wrong of [{ redirect_uri: 'https://evil.example/' }, { client_id: 'x' }, { scope: 'admin' }]) {
    const answer = await fetch(`${url}?${new URLSearchParams({ ...query, ...wrong })}`);
    expect(answer.status).toBe(400);
  }
});

test('a message is sent by name or id, keeps its metadata, and is one line of the ledger', async () => {
  const web = await install();
  const metadata = { event_type: 'liaison_step', event_payload: { run: 'r1', step: 2 } };
  const sent = await web.chat.postMessage({ channel: '#ventes', text: '🎉 Deal gagné !', metadata });
  expect(sent).toMatchObject({ channel: channelIds.ventes, message: { text: '🎉 Deal gagné !' } });
  await web.chat.postMessage({ channel: channelIds.ventes, text: 'encore' });
  const read = await web.conversations.history({ channel: channelIds.ventes, oldest: '1', limit: 2 });
  expect(read.messages?.map(({ text }) => text)).toEqual(['encore', '🎉 Deal gagné !']);
  expect(read.messages?.[1]?.metadata).toBeUndefined();
  const answer = await fetch(`${sandbox.url}/_sandbox/ledger?vendor=slack`);
  const { entries } = (await answer.json()) as { entries: object[] };
  expect(entries).toMatchObject([
    { operation: 'chat.postMessage', object: 'message', marker: JSON.stringify(metadata.event_payload) },
    { operation: 'chat.postMessage', marker: null },
  ]);
});

test('metadata is read back only where it is asked for', async () => {
  await stopRecording();
  const web = await install();
  const metadata = { event_type: 'liaison_step', event_payload: { run: 'r1' } };
  await web.chat.postMessage({ channel: '#ventes', text: 'x', metadata });
  const read = await web.conversations.history({
    channel: channelIds.ventes,
    include_all_metadata: true,
    limit: 1,
  });
  expect(read.messages?.[0]?.metadata).toEqual(metadata);
});

test('a message is changed and deleted by the app that wrote it, and by no other', async () => {
  const web = await install();
  const { ts = '' } = await web.chat.postMessage({ channel: '#ventes', text: 'avant' });
  const changed = await web.chat.update({ channel: channelIds.ventes, ts, text: 'après' });
  expect(changed.message).toMatchObject({ text: 'après', edited: { user: expect.any(String) } });
  await web.chat.delete({ channel: channelIds.ventes, ts });
  await expect(web.chat.delete({ channel: channelIds.ventes, ts })).rejects.toMatchObject(
    refusal('message_not_found'),
  );
  const { messages } = await web.conversations.history({ channel: channelIds.ventes, limit: 1 });
  await expect(
    web.chat.update({ channel: channelIds.ventes, ts: messages?.[0]?.ts ?? '', text: 'faux' }),
  ).rejects.toMatchObject(refusal('cant_update_message'));
});

test('every timestamp differs, also within one millisecond and after a reset', async () => {
  const web = await install();
  const post = async () => (await web.chat.postMessage({ channel: '#ventes', text: 'x' })).ts;
  const given = [await post(), await post(), await post()];
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
  given.push(await post());
  expect(new Set(given).size).toBe(4);
});

test('what Slack refuses is refused: content, channels, membership, tokens, scopes', async () => {
  await stopRecording();
  const web = await install();
  const post = (given: object) => web.apiCall('chat.postMessage', { channel: '#ventes', ...given });
  await expect(post({})).rejects.toMatchObject(refusal('no_text'));
  await expect(post({ text: 'x'.repeat(4_001) })).rejects.toMatchObject(refusal('msg_too_long'));
  await expect(post({ text: 'x', channel: '#nulle-part' })).rejects.toMatchObject(
    refusal('channel_not_found'),
  );
  await expect(post({ text: 'x', channel: '#support' })).rejects.toMatchObject(refusal('not_in_channel'));
  await expect(post({ text: 'x', channel: '#direction' })).rejects.toMatchObject(
    refusal('channel_not_found'),
  );
  await expect(post({ text: 'x', metadata: '{' })).rejects.toMatchObject(refusal('invalid_metadata_format'));
  await expect(client('xoxb-1-2-x').auth.test()).rejects.toMatchObject(refusal('invalid_auth'));
  await expect(client().auth.test()).rejects.toMatchObject(refusal('not_authed'));
  await expect(web.apiCall('chat.shout', {})).rejects.toMatchObject(refusal('unknown_method'));
  await expect(web.conversations.list({ types: 'im' })).rejects.toMatchObject(
    refusal('missing_scope', { needed: 'im:read', provided: usual }),
  );
});

test('an app without a scope is told which one it needs, and a second installation adds it', async () => {
  const narrow = await install('chat:write');
  await expect(narrow.users.list({})).rejects.toMatchObject(
    refusal('missing_scope', { needed: 'users:read', provided: 'chat:write' }),
  );
  const wider = await install('users:read');
  expect(wider.token).toBe(narrow.token);
  const { members } = await narrow.users.list({});
  const claire = members?.find(({ name }) => name === 'claire.fontaine');
  expect(claire).toMatchObject({ real_name: 'Claire Fontaine' });
  expect(claire?.profile?.email).toBeUndefined();
});

test('a channel takes a short burst, then one message a second', async () => {
  const web = await install();
  const post = () => web.chat.postMessage({ channel: '#ventes', text: 'x' });
  for (let turn = 0; turn < 5; turn += 1) await post();
  await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
  now += 1000;
  await expect(post()).resolves.toMatchObject({ ok: true });
  await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
});

test('a limit that is asked of the sandbox stands in the place of Slack’s own', async () => {
  const web = await install();
  await fetch(`${sandbox.url}/_sandbox/faults/slack`, {
    method: 'PUT',
    body: JSON.stringify({ requestsPerMinute: 6000 }),
  });
  for (let turn = 0; turn < 50; turn += 1) await web.chat.postMessage({ channel: '#ventes', text: 'x' });
});

test('channels and messages are paged by cursor, each of them once', async () => {
  const web = await install();
  const names: string[] = [];
  for await (const page of web.paginate('conversations.list', { limit: 2, exclude_archived: true })) {
    const { channels = [] } = page as { channels?: { name: string }[] };
    names.push(...channels.map(({ name }) => name));
  }
  expect(names).toEqual(['general', 'ventes', 'support', 'support-urgent']);
  for (let turn = 1; turn <= 3; turn += 1)
    await web.chat.postMessage({ channel: '#ventes', text: `n° ${turn}` });
  const texts: string[] = [];
  for await (const page of web.paginate('conversations.history', { channel: channelIds.ventes, limit: 2 })) {
    const { messages = [] } = page as { messages?: { text: string }[] };
    texts.push(...messages.map(({ text }) => text));
  }
  expect(texts.slice(0, 3)).toEqual(['n° 3', 'n° 2', 'n° 1']);
  expect(texts).toHaveLength(5);
  await expect(web.conversations.list({ cursor: 'rien' })).rejects.toMatchObject(refusal('invalid_cursor'));
});

test('a channel is made, joined, filled with people, and a private one stays hidden', async () => {
  const web = await install();
  const { channel: made } = await web.conversations.create({ name: 'café-été' });
  await expect(web.conversations.create({ name: 'café-été' })).rejects.toMatchObject(refusal('name_taken'));
  await expect(web.conversations.create({ name: 'Avec Espace' })).rejects.toMatchObject(
    refusal('invalid_name_specials'),
  );
  const { user } = await web.users.lookupByEmail({ email: 'claire.fontaine@atelier-lumen.example' });
  await web.conversations.invite({ channel: made?.id ?? '', users: user?.id ?? '' });
  const { members } = await web.conversations.members({ channel: made?.id ?? '' });
  expect(members).toContain(user?.id);
  await web.conversations.join({ channel: channelIds.support });
  await expect(web.chat.postMessage({ channel: '#support', text: 'bonjour' })).resolves.toMatchObject({
    ok: true,
  });
  await expect(web.conversations.info({ channel: channelIds.direction })).rejects.toMatchObject(
    refusal('channel_not_found'),
  );
  const hidden = await web.conversations.list({ types: 'private_channel' });
  expect(hidden.channels).toEqual([]);
  expect(await web.users.info({ user: user?.id ?? '' })).toMatchObject({
    user: { profile: { last_name: 'Fontaine' } },
  });
  expect(await web.team.info({})).toMatchObject({ team: { domain: 'atelier-lumen' } });
});

test('a revoked token is refused from then on', async () => {
  const web = await install();
  await web.auth.revoke({});
  await expect(web.auth.test()).rejects.toMatchObject(refusal('token_revoked'));
  const again = await install();
  await fetch(`${sandbox.url}/_sandbox/expire/slack`, { method: 'POST' });
  await expect(again.auth.test()).rejects.toMatchObject(refusal('token_revoked'));
});

test('a token and the ids of channels survive a reset; the talk does not', async () => {
  const web = await install();
  await web.chat.postMessage({ channel: channelIds.ventes, text: 'passager' });
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' });
  const { messages } = await web.conversations.history({ channel: channelIds.ventes });
  expect(messages?.map(({ text }) => text)).not.toContain('passager');
  expect(messages).toHaveLength(2);
});
