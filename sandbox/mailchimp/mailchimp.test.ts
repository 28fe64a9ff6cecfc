import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../core/fault.ts';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { AUDIENCE_ID } from './account.ts';
import { archive, changeProfile, clean, lastCampaign, sendCampaign, signUp, unsubscribe } from './acts.ts';
import { mailchimp } from './simulator.ts';

const JULIETTE = 'juliette@boulangerie-pelissier.example';
const LIST = `/3.0/lists/${AUDIENCE_ID}`;

let folder: string;
let sandbox: RunningSandbox;
let token: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-mailchimp-'));
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators: [mailchimp], scenarios: [] });
  token = (await exchange({ code: await consent() })).access_token;
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

const REDIRECT = 'http://127.0.0.1:3000/oauth/callback';

async function consent(): Promise<string> {
  const answer = await fetch(`${sandbox.url}/_sandbox/consents/mailchimp`, {
    method: 'POST',
    body: JSON.stringify({ clientId: 'sandbox-mailchimp', redirectUri: REDIRECT }),
  });
  return ((await answer.json()) as { code: string }).code;
}

async function exchange(form: Record<string, string>): Promise<{ access_token: string; error?: string }> {
  const answer = await fetch(`${sandbox.url}/mailchimp/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'sandbox-mailchimp',
      client_secret: 'sandbox-secret-mailchimp',
      redirect_uri: REDIRECT,
      ...form,
    }),
  });
  return (await answer.json()) as { access_token: string };
}

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, looked into by the tests.
type Body = any;

async function call(method: string, path: string, json?: unknown): Promise<{ status: number; body: Body }> {
  const answer = await fetch(`${sandbox.url}/mailchimp${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

const hash = (email: string): string => createHash('md5').update(email.toLowerCase()).digest('hex');
const member = (email: string): string => `${LIST}/members/${hash(email)}`;
const desk = () => sandbox.desk('mailchimp');

describe('signing in', () => {
  it('gives a token for ever, and tells the data centre of the account', async () => {
    const answer = await fetch(`${sandbox.url}/mailchimp/oauth2/metadata`, {
      headers: { authorization: `OAuth ${token}` },
    });
    expect(await answer.json()).toMatchObject({ dc: 'us21', api_endpoint: 'https://us21.api.mailchimp.com' });
    expect((await call('GET', '/3.0/ping')).body.health_status).toBeDefined();
    expect((await call('GET', '/3.0/')).body.account_name).toBe('Atelier Lumen');
  });

  it('gives nothing for a code that was used, or with the wrong secret', async () => {
    const code = await consent();
    expect((await exchange({ code, client_secret: 'no' })).error).toBe('invalid_client');
    expect((await exchange({ code, redirect_uri: 'http://127.0.0.1/else' })).error).toBe('invalid_grant');
    expect((await exchange({ code })).access_token).toBe(token);
    expect((await exchange({ code })).error).toBe('invalid_grant');
  });

  it('lets nobody in without a token, or with one that was taken back', async () => {
    const answer = await fetch(`${sandbox.url}/mailchimp/3.0/lists`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      401,
      'application/problem+json; charset=utf-8',
    ]);
    await fetch(`${sandbox.url}/_sandbox/expire/mailchimp`, { method: 'POST' });
    expect(await call('GET', '/3.0/lists')).toMatchObject({
      status: 401,
      body: { title: 'API Key Invalid' },
    });
  });
});

describe('the audience', () => {
  it('holds the company’s contacts once each, some of them gone', async () => {
    const { lists } = (await call('GET', '/3.0/lists')).body;
    expect(lists).toMatchObject([{ id: AUDIENCE_ID, name: 'Clients et prospects' }]);
    expect(lists[0].stats).toMatchObject({ unsubscribe_count: 2, cleaned_count: 1, campaign_count: 2 });
    expect(lists[0].stats.open_rate).toBeGreaterThan(0);
  });

  it('pages, filters, sorts and shows the fields that were asked for', async () => {
    const query = 'count=3&offset=1&sort_field=last_changed&sort_dir=ASC';
    const { body } = await call('GET', `${LIST}/members?${query}&fields=members.email_address,total_items`);
    expect(Object.keys(body).sort()).toEqual(['members', 'total_items']);
    expect(body.members.map((one: object) => Object.keys(one))).toEqual(Array(3).fill(['email_address']));
    expect((await call('GET', `${LIST}/members?count=1001`)).status).toBe(400);
    expect((await call('GET', `${LIST}/members?status=unsubscribed`)).body.total_items).toBe(2);
    const since = encodeURIComponent(new Date(Date.now() - 60_000).toISOString());
    expect((await call('GET', `${LIST}/members?since_last_changed=${since}`)).body.members).toEqual([]);
    changeProfile(desk(), AUDIENCE_ID, JULIETTE, { mergeFields: { PHONE: '+33 4 65 71 20 99' } });
    const changed = (await call('GET', `${LIST}/members?since_last_changed=${since}`)).body.members;
    expect(changed).toMatchObject([
      { email_address: JULIETTE, merge_fields: { PHONE: '+33 4 65 71 20 99' } },
    ]);
  });

  it('knows members by address, by its MD5 and by an id that outlives the address', async () => {
    const { body } = await call('GET', member(JULIETTE));
    const named = [hash(JULIETTE), body.contact_id, encodeURIComponent(JULIETTE)];
    for (const name of named)
      expect((await call('GET', `${LIST}/members/${name}`)).body.contact_id).toBe(body.contact_id);
    const moved = await call('PATCH', member(JULIETTE), { email_address: 'j.pelissier@pelissier.example' });
    expect(moved.body).toMatchObject({
      contact_id: body.contact_id,
      id: hash('j.pelissier@pelissier.example'),
    });
    expect((await call('GET', member(JULIETTE))).status).toBe(404);
  });

  it('takes fields of its own, and refuses values that do not fit them', async () => {
    const field = { name: 'Signature', type: 'date', tag: 'SIGNED', required: true };
    expect((await call('POST', `${LIST}/merge-fields`, field)).body).toMatchObject({ tag: 'SIGNED' });
    expect((await call('POST', `${LIST}/merge-fields`, field)).status).toBe(400);
    const bad = await call('PATCH', member(JULIETTE), {
      merge_fields: { SIGNED: 'hier', FNAME: 'x'.repeat(256) },
    });
    expect(bad.body).toMatchObject({ status: 400, detail: 'Your merge fields were invalid.' });
    expect(bad.body.errors.map((one: { field: string }) => one.field)).toEqual(['FNAME', 'SIGNED', 'SIGNED']);
    const good = await call('PATCH', member(JULIETTE), { merge_fields: { SIGNED: '11/24/2026' } });
    expect(good.body.merge_fields.SIGNED).toBe('2026-11-24');
  });
});

describe('consent', () => {
  const subscribing = { email_address: JULIETTE, status_if_new: 'subscribed', status: 'subscribed' };

  it('of a person who left comes back from the person only', async () => {
    unsubscribe(desk(), AUDIENCE_ID, JULIETTE);
    for (const attempt of [
      await call('PATCH', member(JULIETTE), { status: 'subscribed' }),
      await call('PUT', member(JULIETTE), subscribing),
    ])
      expect(attempt).toMatchObject({ status: 400, body: { title: 'Member In Compliance State' } });
    const kept = await call('PUT', member(JULIETTE), {
      email_address: JULIETTE,
      status_if_new: 'subscribed',
      merge_fields: { FNAME: 'Julie' },
    });
    expect(kept.body).toMatchObject({ status: 'unsubscribed', merge_fields: { FNAME: 'Julie' } });
    signUp(desk(), AUDIENCE_ID, { email: JULIETTE });
    expect((await call('GET', member(JULIETTE))).body.status).toBe('subscribed');
  });

  it('is asked for again with “pending”, and never of an address that bounced', async () => {
    unsubscribe(desk(), AUDIENCE_ID, JULIETTE);
    expect((await call('PATCH', member(JULIETTE), { status: 'pending' })).body.status).toBe('pending');
    const karim = 'karim@garage-benali.example';
    clean(desk(), AUDIENCE_ID, karim);
    expect((await call('PATCH', member(karim), { status: 'subscribed' })).status).toBe(400);
  });

  it('of a person whom a program unsubscribed may be given back by a program', async () => {
    await call('PATCH', member(JULIETTE), { status: 'unsubscribed' });
    expect((await call('PATCH', member(JULIETTE), { status: 'subscribed' })).body.status).toBe('subscribed');
  });

  it('is remembered of those who were archived, and of those who were deleted for good', async () => {
    unsubscribe(desk(), AUDIENCE_ID, JULIETTE);
    archive(desk(), AUDIENCE_ID, JULIETTE);
    expect((await call('GET', `${LIST}/members?status=archived`)).body.total_items).toBe(1);
    expect((await call('PUT', member(JULIETTE), subscribing)).body.title).toBe('Member In Compliance State');
    const urs = 'urs.zuercher@chocolats-ruetli.example';
    expect((await call('POST', `${member(urs)}/actions/delete-permanent`)).status).toBe(204);
    const again = await call('PUT', member(urs), { email_address: urs, status_if_new: 'subscribed' });
    expect(again.body.title).toBe('Forgotten Email Not Subscribed');
  });

  it('of an archived member is given anew', async () => {
    expect((await call('DELETE', member(JULIETTE))).status).toBe(204);
    expect((await call('DELETE', member(JULIETTE))).status).toBe(405);
    const back = await call('PUT', member(JULIETTE), {
      email_address: JULIETTE,
      status_if_new: 'transactional',
    });
    expect(back.body).toMatchObject({ status: 'transactional', merge_fields: { FNAME: 'Juliette' } });
  });
});

describe('a batch of members', () => {
  it('takes who it can, and says of each other why not', async () => {
    unsubscribe(desk(), AUDIENCE_ID, 'karim@garage-benali.example');
    const { status, body } = await call('POST', LIST, {
      update_existing: true,
      members: [
        { email_address: 'nouveau@client.example', status: 'subscribed', merge_fields: { FNAME: 'Ève' } },
        { email_address: JULIETTE, status: 'subscribed', merge_fields: { LNAME: 'P.' } },
        { email_address: 'karim@garage-benali.example', status: 'subscribed' },
        { email_address: 'someone@example.com', status: 'subscribed' },
        { email_address: 'no address', status: 'subscribed' },
        {
          email_address: 'long@client.example',
          status: 'subscribed',
          merge_fields: { COMPANY: 'x'.repeat(300) },
        },
      ],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ total_created: 1, total_updated: 1, error_count: 4 });
    expect(body.errors).toMatchObject([
      { error: expect.stringContaining('compliance state'), error_code: 'ERROR_GENERIC' },
      { error: expect.stringContaining('looks fake or invalid') },
      { error: 'Please provide a valid email address.' },
      { field: 'COMPANY', field_message: expect.stringContaining('255') },
    ]);
  });

  it('leaves those who are there alone unless told otherwise', async () => {
    const { body } = await call('POST', LIST, {
      members: [{ email_address: JULIETTE, status: 'unsubscribed' }],
    });
    expect(body).toMatchObject({ total_updated: 0, errors: [{ error_code: 'ERROR_CONTACT_EXISTS' }] });
  });

  it('is refused whole when it is too long, or has one of the wrong shape, or one twice', async () => {
    const one = { email_address: 'un@client.example', status: 'subscribed' };
    const refused = await Promise.all([
      call('POST', LIST, {
        members: Array.from({ length: 501 }, (_, n) => ({ ...one, email_address: `a${n}@client.example` })),
      }),
      call('POST', LIST, { members: [{ email_address: 'un@client.example' }] }),
      call('POST', LIST, { members: [one, { ...one, email_address: 'UN@client.example' }] }),
      call('POST', LIST, {}),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(refused[2]?.body.detail).toContain('Duplicate items');
  });

  it('stands in the ledger record by record', async () => {
    await call('POST', LIST, {
      members: [1, 2, 3].map((n) => ({ email_address: `n${n}@client.example`, status: 'subscribed' })),
    });
    const answer = await fetch(`${sandbox.url}/_sandbox/ledger?vendor=mailchimp`);
    const { entries } = (await answer.json()) as { entries: object[] };
    expect(entries).toMatchObject(Array(3).fill({ object: 'member', action: 'create' }));
  });
});

describe('tags', () => {
  it('are static segments, filled and emptied 500 at a time', async () => {
    const { body: tag } = await call('POST', `${LIST}/segments`, { name: 'CRM: Salon', static_segment: [] });
    const moved = await call('POST', `${LIST}/segments/${tag.id}`, {
      members_to_add: [JULIETTE, 'nobody@client.example'],
    });
    expect(moved.body).toMatchObject({ total_added: 1, error_count: 1 });
    expect((await call('GET', member(JULIETTE))).body.tags).toMatchObject([{ name: 'CRM: Salon' }]);
    expect((await call('GET', `${LIST}/segments/${tag.id}/members`)).body.total_items).toBe(1);
    await call('POST', `${LIST}/segments/${tag.id}`, { members_to_remove: [JULIETTE] });
    expect((await call('GET', member(JULIETTE))).body.tags_count).toBe(0);
    expect((await call('GET', `${LIST}/tag-search?name=crm`)).body.total_items).toBe(1);
  });

  it('of one member are set one by one', async () => {
    const tags = [
      { name: 'VIP', status: 'active' },
      { name: 'Autre', status: 'inactive' },
    ];
    expect((await call('POST', `${member(JULIETTE)}/tags`, { tags })).status).toBe(204);
    expect((await call('GET', `${member(JULIETTE)}/tags`)).body.tags).toMatchObject([{ name: 'VIP' }]);
  });
});

describe('campaigns', () => {
  it('have reports, and what each mail’s reader did', async () => {
    const { campaigns } = (await call('GET', '/3.0/campaigns?status=sent&sort_field=send_time&sort_dir=DESC'))
      .body;
    expect(campaigns.map((one: Body) => one.settings.title)).toEqual([
      'Lettre de novembre',
      'Lettre d’octobre',
    ]);
    const report = (await call('GET', `/3.0/reports/${campaigns[1].id}`)).body;
    expect(report).toMatchObject({
      unsubscribed: 1,
      bounces: { hard_bounces: 1 },
      clicks: { clicks_total: 3 },
    });
    expect((await call('GET', '/3.0/reports')).body.total_items).toBe(2);
    const all = (await call('GET', `/3.0/reports/${campaigns[0].id}/email-activity?count=1000`)).body;
    expect(all.total_items).toBe(all.emails.length);
    const since = encodeURIComponent(new Date().toISOString());
    const none = await call('GET', `/3.0/reports/${campaigns[0].id}/email-activity?since=${since}`);
    expect(none.body.total_items).toBe(0);
    const feed = (await call('GET', `${member(JULIETTE)}/activity-feed?activity_filters=open,click`)).body;
    expect(feed.activity.map((one: Body) => one.activity_type)).toEqual(['click', 'open', 'click', 'open']);
    expect((await call('GET', `${member(JULIETTE)}/activity`)).body.activity).toHaveLength(6);
  });
});

describe('webhooks', () => {
  let listener: Server;
  let hook: string;
  let heard: URLSearchParams[];
  let next: () => void;

  beforeEach(async () => {
    heard = [];
    next = () => {};
    listener = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        if (request.method === 'POST') heard.push(new URLSearchParams(text));
        response.writeHead(request.url?.startsWith('/nobody') ? 404 : 200).end();
        next();
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => listener.once('listening', resolve));
    hook = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook?secret=s3cret`;
  });
  afterEach(() => new Promise((resolve) => listener.close(resolve)));

  const heardOf = async (count: number): Promise<URLSearchParams[]> => {
    while (heard.length < count)
      await new Promise<void>((resolve) => {
        next = resolve;
      });
    return heard;
  };
  const own = { user: true, admin: true, api: false };

  it('are tried with a GET before they are taken', async () => {
    const refused = await call('POST', `${LIST}/webhooks`, { url: hook.replace('/hook', '/nobody') });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'url' }] } });
    const { body } = await call('POST', `${LIST}/webhooks`, { url: hook, sources: own });
    expect((await call('GET', `${LIST}/webhooks`)).body.webhooks).toMatchObject([{ id: body.id, url: hook }]);
    const held = (await (await fetch(`${sandbox.url}/_sandbox/webhooks`)).json()) as { webhooks: object[] };
    expect(held.webhooks).toMatchObject([{ scheme: 'url-secret', carrier: 'secret', secret: 's3cret' }]);
    await call('PATCH', `${LIST}/webhooks/${body.id}`, { events: { profile: false } });
    expect((await call('GET', `${LIST}/webhooks/${body.id}`)).body.events.profile).toBe(false);
    expect((await call('DELETE', `${LIST}/webhooks/${body.id}`)).status).toBe(204);
    expect((await call('GET', `${LIST}/webhooks/${body.id}`)).status).toBe(404);
  });

  it('tell what people do, as forms, and not what programs do', async () => {
    await call('POST', `${LIST}/webhooks`, { url: hook, sources: own });
    await call('PATCH', member(JULIETTE), { merge_fields: { FNAME: 'Julie' } });
    changeProfile(desk(), AUDIENCE_ID, JULIETTE, { mergeFields: { FNAME: 'Juju' } });
    await heardOf(1);
    changeProfile(desk(), AUDIENCE_ID, JULIETTE, { email: 'juju@pelissier.example' });
    await heardOf(2);
    unsubscribe(desk(), AUDIENCE_ID, 'juju@pelissier.example');
    await heardOf(3);
    clean(desk(), AUDIENCE_ID, 'karim@garage-benali.example');
    await heardOf(4);
    sendCampaign(desk(), AUDIENCE_ID, { title: 'Essai', subject: 'Essai' });
    const forms = await heardOf(5);
    expect(forms.map((form) => form.get('type'))).toEqual([
      'profile',
      'upemail',
      'unsubscribe',
      'cleaned',
      'campaign',
    ]);
    expect(forms[0]?.get('data[merges][FNAME]')).toBe('Juju');
    expect(forms[1]?.get('data[old_email]')).toBe(JULIETTE);
    expect(forms[2]?.get('data[list_id]')).toBe(AUDIENCE_ID);
    expect(forms[3]?.get('data[reason]')).toBe('hard');
    expect(forms[4]?.get('data[id]')).toBe(lastCampaign(desk(), AUDIENCE_ID)?.id);
    expect(forms[0]?.get('fired_at')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });
});

describe('limits', () => {
  const fault = (wish: Fault) =>
    fetch(`${sandbox.url}/_sandbox/faults/mailchimp`, { method: 'PUT', body: JSON.stringify(wish) });

  it('are ten calls at a time', async () => {
    await fault({ dripMs: 5 });
    const answers = await Promise.all(Array.from({ length: 14 }, () => call('GET', '/3.0/ping')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(4);
    expect(refused[0]?.body.title).toBe('Too Many Requests');
    expect((await call('GET', '/3.0/ping')).status).toBe(200);
  });

  it('of the gate before it are a page, not an answer', async () => {
    await fault({ status: 403 });
    expect(await call('GET', '/3.0/lists')).toMatchObject({
      status: 403,
      body: expect.stringMatching(/^<html>/),
    });
  });

  it('are said of paths and methods that there are not', async () => {
    expect((await call('GET', '/3.0/nothing')).body.title).toBe('Resource Not Found');
    expect((await call('PUT', '/3.0/ping')).body.title).toBe('Method Not Allowed');
    expect((await call('GET', '/3.0/lists/none/members')).status).toBe(404);
  });
});
