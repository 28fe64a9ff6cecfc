import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connector } from '../../server/core/connector.ts';
import type { DeliveryHeaders, Handshake, SignatureScheme } from '../../server/core/webhooks.ts';
import { door } from '../../server/hooks/door.ts';
import type { NewEvent } from '../../server/store/inbox.ts';

const NOW = 1_795_000_000_000;
const SECONDS = NOW / 1_000;
const FORM = 'application/x-www-form-urlencoded';
const vendorKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const strangersKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PUBLIC_KEY = vendorKeys.publicKey.export({ type: 'spki', format: 'pem' }) as string;

const body64: SignatureScheme = {
  kind: 'hmac-sha256',
  header: 'x-signed',
  encoding: 'base64',
  read: (header) => (header.length < 40 ? null : { signatures: [header], timestamp: null }),
  prefix: () => '',
};

/** What each vendor of the test declares; each is known under its name. */
const VENDORS: Readonly<
  Record<string, { schemes: readonly SignatureScheme[]; handshakes?: readonly Handshake[] }>
> = {
  own: { schemes: [body64] },
  application: { schemes: [{ ...body64, secretOf: 'application' }] },
  rsa: { schemes: [{ kind: 'rsa-sha256', header: 'x-signed' }] },
  jwt: { schemes: [{ kind: 'jwt', header: 'x-token', algorithm: 'RS256', toleranceSeconds: 300 }] },
  bound: {
    schemes: [
      { kind: 'jwt', header: 'x-token', algorithm: 'HS256', bodyDigest: 'body', toleranceSeconds: 300 },
    ],
  },
  nested: { schemes: [{ kind: 'body-token', field: ['value', 0, 'state'] }] },
  echo: { schemes: [body64], handshakes: [{ kind: 'echo', parameter: 'validationToken' }] },
  ping: { schemes: [body64], handshakes: [{ kind: 'ping', field: 'webhook_id' }] },
  signedChallenge: {
    schemes: [body64],
    handshakes: [
      { kind: 'challenge', field: 'challenge', when: { type: 'verify' }, answer: 'json', signed: true },
    ],
  },
  challenge: {
    schemes: [body64],
    handshakes: [{ kind: 'challenge', field: 'challenge', answer: 'text', signed: false }],
  },
};

const connectorOf = ([id, declared]: [string, (typeof VENDORS)[string]]): [string, Connector] => [
  id.toLowerCase(),
  {
    id: id.toLowerCase(),
    webhooks: {
      contentTypes: ['application/json'],
      ...declared,
      // As shops do: the topic and the number of an event stand in headers.
      read: (_body: unknown, headers: DeliveryHeaders) => [
        { key: headers['x-id'] ?? null, topic: headers['x-topic'] ?? 'changed', recordId: null },
      ],
    },
  } as unknown as Connector,
];

let server: Server;
let base: string;
let accepted: NewEvent[];
let secrets: readonly string[];
let applicationSecrets: readonly string[];

beforeAll(async () => {
  server = createServer(
    door({
      connectors: new Map(Object.entries(VENDORS).map(connectorOf)),
      find: async (_connector, key) =>
        key === 'good'
          ? { id: 'connection', organisationId: 'organisation', account: 'account', secrets: () => secrets }
          : null,
      applicationSecrets: () => applicationSecrets,
      accept: async (events) => void accepted.push(...events),
      now: () => NOW,
      crash: () => {},
      onAnswer: () => {},
      onError: (error) => {
        throw error;
      },
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
});
beforeEach(() => {
  accepted = [];
  secrets = ['ours'];
  applicationSecrets = ['the-application’s'];
});
afterAll(() => server.close());

const hmac = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('base64');
const post = (to: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${base}/${to}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
const BODY = JSON.stringify({ id: 7, title: 'Éclairs' });

describe('a delivery', () => {
  it('is named and numbered by its headers, where the vendor says so there', async () => {
    const headers = { 'x-signed': hmac('ours', BODY), 'x-topic': 'orders/paid', 'x-id': 'e-1' };
    expect((await post('own/good', BODY, headers)).status).toBe(200);
    expect(accepted).toMatchObject([{ topic: 'orders/paid', eventKey: 'e-1', body: BODY }]);
  });

  it('is believed by the application’s secret where the scheme says so, and by no connection’s', async () => {
    expect((await post('application/good', BODY, { 'x-signed': hmac('ours', BODY) })).status).toBe(401);
    const good = hmac('the-application’s', BODY);
    expect((await post('application/good', BODY, { 'x-signed': good })).status).toBe(200);
    expect((await post('own/good', BODY, { 'x-signed': good })).status).toBe(401);
    applicationSecrets = [];
    const closed = await post('application/good', BODY, { 'x-signed': good });
    expect([closed.status, await closed.json()]).toMatchObject([401, { error: 'closed' }]);
    expect(accepted).toHaveLength(1);
  });

  it('is believed by the vendor’s public key', async () => {
    secrets = [PUBLIC_KEY];
    const by = (keys: typeof vendorKeys, text: string) =>
      sign('sha256', Buffer.from(text), keys.privateKey).toString('base64');
    const given = (signature: string, text = BODY) => post('rsa/good', text, { 'x-signed': signature });
    expect((await given(by(vendorKeys, BODY))).status).toBe(200);
    expect((await given(by(strangersKeys, BODY))).status).toBe(401);
    expect((await given(by(vendorKeys, BODY), `${BODY} `)).status).toBe(401);
    expect((await given('bm90IGEgc2lnbmF0dXJl')).status).toBe(401);
    expect((await post('rsa/good', BODY)).status).toBe(401);
    secrets = ['no key at all'];
    expect(await (await given(by(vendorKeys, BODY))).json()).toMatchObject({ error: 'closed' });
    expect(accepted).toHaveLength(1);
  });

  it.each([
    ['value', { value: [{ state: 'ours' }] }, 200],
    ['another value', { value: [{ state: 'theirs' }] }, 401],
    ['nothing there', { value: [] }, 401],
    ['the secret elsewhere', { state: 'ours' }, 401],
    ['something inherited', { value: 'ours' }, 401],
  ])('is believed by a secret deep in its body: %s', async (_what, body, status) => {
    expect((await post('nested/good', JSON.stringify(body))).status).toBe(status);
  });
});

describe('a signed token', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const rs256 = (claims: object, keys = vendorKeys, head: object = { alg: 'RS256', kid: 'k1' }) => {
    const text = `${part(head)}.${part(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), keys.privateKey).toString('base64url')}`;
  };
  const hs256 = (claims: object, secret = 'ours', alg = 'HS256') => {
    const text = `${part({ alg })}.${part(claims)}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  const statusOf = async (to: string, token: string, body = BODY) =>
    (await post(`${to}/good`, body, { 'x-token': token })).status;

  it('is believed by the vendor’s published keys while it lasts, and says whom it is for', async () => {
    const jwk = { ...vendorKeys.publicKey.export({ format: 'jwk' }), kid: 'k1' };
    secrets = [JSON.stringify({ keys: [jwk], claims: { aud: 'webhookId:5' } })];
    const claims = { aud: 'webhookId:5', exp: SECONDS + 60 };
    expect(await statusOf('jwt', rs256(claims))).toBe(200);
    expect(await statusOf('jwt', `Bearer ${rs256({ ...claims, aud: ['x', 'webhookId:5'] })}`)).toBe(200);
    expect(await statusOf('jwt', rs256({ ...claims, aud: 'webhookId:6' }))).toBe(401);
    expect(await statusOf('jwt', rs256(claims, strangersKeys))).toBe(401);
    expect(await statusOf('jwt', rs256(claims, vendorKeys, { alg: 'RS256', kid: 'k2' }))).toBe(401);
    expect(await statusOf('jwt', rs256({ ...claims, exp: SECONDS - 301 }))).toBe(400);
    expect(await statusOf('jwt', rs256({ ...claims, nbf: SECONDS + 301 }))).toBe(400);
    expect(await statusOf('jwt', rs256({ aud: 'webhookId:5' }))).toBe(400);
    expect(await statusOf('jwt', rs256({ aud: 'webhookId:5', iat: SECONDS - 200 }))).toBe(200);
    expect(accepted).toHaveLength(3);
  });

  it('of another algorithm than the scheme’s is none, whatever it was signed with', async () => {
    secrets = [PUBLIC_KEY];
    const claims = { exp: SECONDS + 60 };
    expect(await statusOf('jwt', rs256(claims, vendorKeys, { alg: 'RS256' }))).toBe(200);
    // The public key is everybody's: taken for a shared secret it would let everybody in.
    expect(await statusOf('jwt', hs256(claims, PUBLIC_KEY))).toBe(401);
    expect(await statusOf('jwt', hs256(claims, PUBLIC_KEY, 'RS256'))).toBe(401);
    expect(await statusOf('jwt', `${part({ alg: 'none' })}.${part(claims)}.`)).toBe(401);
    for (const odd of ['a.b.c', 'e30', '..', 'x']) expect(await statusOf('jwt', odd)).toBe(401);
  });

  it('that names the body’s digest holds for this body only', async () => {
    const digest = createHash('sha256').update(BODY).digest('hex');
    const token = hs256({ exp: SECONDS + 60, body: digest });
    expect(await statusOf('bound', token)).toBe(200);
    expect(await statusOf('bound', token, `${BODY} `)).toBe(401);
    expect(await statusOf('bound', hs256({ exp: SECONDS + 60 }))).toBe(401);
    expect(await statusOf('bound', hs256({ exp: SECONDS + 60, body: digest }, 'another'))).toBe(401);
  });
});

describe('a handshake', () => {
  afterEach(() => expect(accepted).toEqual([]));

  it('gives a token of the query back, decoded, as text that is never a page', async () => {
    const token = 'Validation: <b>état</b> & co';
    const answer = await post(`echo/good?validationToken=${encodeURIComponent(token)}`, '');
    expect([answer.status, await answer.text()]).toEqual([200, token]);
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await post('echo/bad?validationToken=x', '')).status).toBe(404);
    expect((await post(`echo/good?validationToken=${'x'.repeat(1_001)}`, '')).status).toBe(401);
    expect((await post('echo/good?validationToken=a%0d%0ab', '')).status).toBe(401);
    expect((await post('own/good?validationToken=x', '')).status).toBe(401);
  });

  it('is the unsigned form of one field, answered exactly 200; what else is unsigned is refused', async () => {
    const ping = (body: string, to = 'ping/good') => post(to, body, { 'content-type': FORM });
    expect((await ping('webhook_id=12')).status).toBe(200);
    expect((await ping('webhook_id=12', 'ping/bad')).status).toBe(404);
    expect((await ping('webhook_id=12&order=1')).status).toBe(415);
    expect((await ping('order=1')).status).toBe(415);
    expect((await post('ping/good', '{"webhook_id":12}')).status).toBe(401);
    expect((await ping('webhook_id=12', 'own/good')).status).toBe(415);
  });

  it('answers a signed challenge only to who can sign', async () => {
    const body = JSON.stringify({ type: 'verify', challenge: '3eZbrw1a' });
    expect((await post('signedchallenge/good', body)).status).toBe(401);
    const answer = await post('signedchallenge/good', body, { 'x-signed': hmac('ours', body) });
    expect([answer.status, await answer.json()]).toEqual([200, { challenge: '3eZbrw1a' }]);
  });

  it('answers a challenge that comes before anything can be signed', async () => {
    const answer = await post('challenge/good', JSON.stringify({ challenge: 'abc' }));
    expect([answer.status, await answer.text()]).toEqual([200, 'abc']);
    expect((await post('challenge/good', JSON.stringify({ challenge: 7 }))).status).toBe(401);
    const forged = { 'x-signed': hmac('theirs', '{"challenge":"abc"}') };
    expect((await post('challenge/good', '{"challenge":"abc"}', forged)).status).toBe(401);
  });
});

it('what says it is a challenge and does not say all that makes one is a delivery', async () => {
  const body = JSON.stringify({ type: 'message', challenge: 'abc' });
  const answer = await post('signedchallenge/good', body, { 'x-signed': hmac('ours', body) });
  expect([answer.status, accepted.length]).toEqual([200, 1]);
});
