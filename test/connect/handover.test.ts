import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { connectRouter } from '../../server/connect/router.ts';
import { handover } from '../../server/connectors/woocommerce/handover.ts';
import { whyNotHandedOver } from '../../server/core/handover.ts';
import { listConnections } from '../../server/store/connections.ts';
import { connectorCalled, startFamilyRig } from './family-rig.ts';

/** A shop that makes its keys by itself, over its simulator and the real routes of consent. */

const SHOP = 'boutique.atelier-lumen.example';

let rig: Awaited<ReturnType<typeof startFamilyRig>>;
let server: Server;
let url: string;

beforeAll(async () => {
  rig = await startFamilyRig();
  const app = express();
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app.use(
    connectRouter(
      { ...rig.deps, publicUrl: url },
      {
        authorityOf: async () => ({ organisationId: rig.organisationId, owner: undefined }),
        onConnected: async () => {},
      },
    ),
  );
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rig.close();
});
beforeEach(() => rig.database.query(`delete from connections where connector = 'woocommerce'`));

interface Visit {
  readonly page: URL;
  readonly asked: Readonly<Record<string, string>>;
  readonly cookie: string;
}

/** A browser's way to the page of the shop. */
async function visit(more: Record<string, string> = { site: SHOP }): Promise<Visit> {
  const query = new URLSearchParams({ returnTo: '/#/connections', ...more });
  const answer = await fetch(`${url}/oauth/start/woocommerce?${query}`, { redirect: 'manual' });
  expect(answer.status).toBe(303);
  const page = new URL(answer.headers.get('location') ?? '');
  return {
    page,
    asked: Object.fromEntries(page.searchParams),
    cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '',
  };
}

/** What the shop answers to a press on one of its two buttons. */
const press = ({ page, asked }: Visit, decision: 'accept' | 'deny', instead: Record<string, string> = {}) =>
  fetch(new URL(page.pathname, page), {
    method: 'POST',
    body: new URLSearchParams({ ...asked, ...instead, decision }),
    redirect: 'manual',
  });

const follow = async (answer: Response, cookie: string) =>
  fetch(answer.headers.get('location') ?? '', { headers: { cookie }, redirect: 'manual' });
const handed = (body: unknown, type = 'application/json') =>
  fetch(`${url}/oauth/keys`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const keysFor = ({ asked }: Visit, more: object = {}) => ({
  key_id: 7,
  user_id: asked.user_id,
  consumer_key: `ck_${'0'.repeat(40)}`,
  consumer_secret: `cs_${'0'.repeat(40)}`,
  key_permissions: 'read_write',
  ...more,
});
const shops = async () =>
  (await listConnections(rig.database)).filter(({ connector }) => connector === 'woocommerce');
const keysInShop = async () => (await rig.rows('woocommerce', 'keys')).length;

it('is let in on its own page, where it is said what is asked for, and works with the keys that came', async () => {
  const way = await visit({ site: `https://${SHOP}/` });
  expect(way.page.pathname).toBe('/woocommerce/wc-auth/v1/authorize');
  expect(way.asked).toMatchObject({
    app_name: 'Liaison',
    scope: 'read_write',
    return_url: `${url}/oauth/keys`,
    callback_url: `${url}/oauth/keys`,
  });
  expect(way.asked.user_id).toMatch(/^[\w-]{43}$/);
  expect(await (await fetch(way.page)).text()).toContain('Liaison asks for access');

  const back = await follow(await press(way, 'accept'), way.cookie);
  expect([back.status, back.headers.get('location')]).toEqual([303, '/?connected=woocommerce#/connections']);
  const [shop] = await shops();
  expect(shop).toMatchObject({
    organisationId: rig.organisationId,
    owner: null,
    site: `https://${SHOP}`,
    account: { id: SHOP },
    state: 'active',
  });
  expect(await connectorCalled('woocommerce').identify(rig.clientOf(shop!))).toMatchObject({ id: SHOP });
  // Neither keys nor the ticket lie about: what was sealed for the visit went with it.
  expect(await rig.database.query('select 1 from oauth_attempts')).toEqual([]);
});

it('says so where somebody refused, and makes no keys', async () => {
  const before = await keysInShop();
  const way = await visit();
  const back = await follow(await press(way, 'deny'), way.cookie);
  expect(back.status).toBe(400);
  expect(await back.text()).toContain('You did not give Liaison access to WooCommerce');
  expect(await shops()).toEqual([]);
  expect(await keysInShop()).toBe(before);
  // What was refused is over: keys that come after all are not taken.
  expect((await handed(keysFor(way))).status).toBe(400);
});

it('keeps nothing of keys that the very site does not take', async () => {
  const way = await visit();
  expect((await handed(keysFor(way))).status).toBe(200);
  const back = await fetch(`${url}/oauth/keys?success=1&user_id=${way.asked.user_id}`, {
    headers: { cookie: way.cookie },
    redirect: 'manual',
  });
  expect(back.status).toBe(400);
  expect(await back.text()).toContain('Consumer key is invalid');
  expect(await shops()).toEqual([]);
});

it('believes a ticket once, from the browser that it was made for, while it is fresh', async () => {
  const way = await visit();
  const accepted = await press(way, 'accept');
  // The shop is told that a second hand came too late, and takes those keys back.
  const again = await press(way, 'accept');
  expect([again.status, (await again.text()).includes('unable to send the consumer data')]).toEqual([
    401,
    true,
  ]);
  const other = await visit();
  expect((await follow(accepted, other.cookie)).status).toBe(400);
  expect((await follow(accepted, '')).status).toBe(400);
  expect(await shops()).toEqual([]);
  expect((await follow(accepted, way.cookie)).status).toBe(303);
  expect((await follow(accepted, way.cookie)).status).toBe(400);
  expect((await handed(keysFor(way))).status).toBe(400);

  await rig.database.query(`update oauth_attempts set expires_at = now() - interval '1 second'`);
  expect((await handed(keysFor(other))).status).toBe(400);
  const late = `${url}/oauth/keys?success=1&user_id=${other.asked.user_id}`;
  expect((await fetch(late, { headers: { cookie: other.cookie }, redirect: 'manual' })).status).toBe(400);
  expect(await shops()).toHaveLength(1);
});

it('connects nothing where the browser is back and no keys are, or too weak ones came', async () => {
  const way = await visit();
  const weak = await press(way, 'accept', { scope: 'read' });
  expect(weak.status).toBe(401);
  const back = await fetch(`${url}/oauth/keys?success=1&user_id=${way.asked.user_id}`, {
    headers: { cookie: way.cookie },
    redirect: 'manual',
  });
  expect(await back.text()).toContain('No keys came from WooCommerce');
  expect(await shops()).toEqual([]);
});

it.each([
  ['a ticket that was never given', keysFor({ asked: { user_id: 'x'.repeat(43) } } as never)],
  ['no keys at all', {}],
  ['a list', []],
  ['what is no JSON', '{'],
  ['what is too long', JSON.stringify({ user_id: 'x'.repeat(20_000) })],
])('refuses %s in a way that the shop understands', async (_what, body) => {
  const answer = await handed(body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: expect.any(String) });
});

it('renews a shop’s own connection, and no other shop’s', async () => {
  const way = await visit();
  await follow(await press(way, 'accept'), way.cookie);
  const [shop] = await shops();
  const connection = shop!.id;
  const before = await rig.database.query('select sealed from secrets');
  const renewal = await visit({ connection });
  expect((await follow(await press(renewal, 'accept'), renewal.cookie)).status).toBe(303);
  const elsewhere = await visit({ connection, site: 'elsewhere.example' });
  const refused = await follow(await press(elsewhere, 'accept'), elsewhere.cookie);
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('elsewhere.example')]);
  expect(await shops()).toMatchObject([{ id: connection, site: `https://${SHOP}` }]);
  expect(await rig.database.query('select sealed from secrets')).not.toEqual(before);
  expect(await connectorCalled('woocommerce').identify(rig.clientOf(shop!))).toMatchObject({ id: SHOP });
});

it('names what is no address of a shop, before anything is asked', async () => {
  const query = new URLSearchParams({ site: 'localhost', returnTo: '/' });
  const answer = await fetch(`${url}/oauth/start/woocommerce?${query}`, { redirect: 'manual' });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('not an address that Liaison can reach');
});

describe('the simulator’s page', () => {
  const asked = {
    app_name: 'X',
    user_id: '1',
    scope: 'read',
    return_url: 'a.example',
    callback_url: 'b.example',
  };
  it.each([
    ['a missing parameter', { ...asked, app_name: '' }, 'Missing parameter app_name'],
    ['a scope that is none', { ...asked, scope: 'all' }, 'Invalid scope all'],
    ['an address that is none', { ...asked, return_url: 'https://' }, 'The return_url is not a valid URL'],
    [
      'a callback that is not encrypted',
      { ...asked, callback_url: 'http://b.example' },
      'The callback_url needs to be over SSL',
    ],
  ])('refuses %s', async (_what, query, words) => {
    const sandbox = rig.deps.door.sandboxUrl;
    const answer = await fetch(`${sandbox}/woocommerce/wc-auth/v1/authorize?${new URLSearchParams(query)}`);
    expect([answer.status, (await answer.text()).includes(words)]).toEqual([401, true]);
  });
});

it.each([
  ['https://liaison.example', false, true],
  ['https://liaison.example:8443', false, false],
  ['http://127.0.0.1:3000', false, false],
  ['https://localhost', false, false],
  ['http://127.0.0.1:3000', true, true],
  ['http://10.0.0.4:3000', true, false],
])('%s, in the sandbox: %s, can be sent keys: %s', (address, isSandbox, isReached) => {
  const why = whyNotHandedOver(address, isSandbox);
  expect(why === null).toBe(isReached);
  if (why !== null) expect(why.fr).toContain(address);
});

it('is read strictly: what the shop never sends is no keys', () => {
  expect(handover.read({ user_id: 'a', consumer_key: 'ck', consumer_secret: 5 })).toBeNull();
  expect(handover.read(null)).toBeNull();
});
