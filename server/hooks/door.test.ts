import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Connector, SignatureScheme } from '../core/connector.ts';
import type { NewEvent } from '../store/inbox.ts';
import { type DoorConnection, door } from './door.ts';

const SECRET = 'whsec_test';
const NOW = 1_795_000_000_000;

const signed: SignatureScheme = {
  kind: 'hmac-sha256',
  header: 'X-Signature',
  encoding: 'hex',
  toleranceSeconds: 300,
  read(header) {
    const parts = header.split(',').map((part) => part.split('=') as [string, string]);
    return {
      timestamp: parts.find(([key]) => key === 't')?.[1] ?? null,
      signatures: parts.filter(([key]) => key === 'v1').map(([, value]) => value),
    };
  },
  prefix: (timestamp) => `${timestamp}.`,
};

const vendor = {
  id: 'vendor',
  webhooks: {
    schemes: [signed, { kind: 'body-token', field: 'token' }],
    contentTypes: ['application/json', 'application/x-www-form-urlencoded'],
    read: (body: Record<string, unknown>) =>
      typeof body.type !== 'string'
        ? null
        : ((body.ids as string[] | undefined) ?? ['1']).map((recordId) => ({
            key: typeof body.id === 'string' ? body.id : null,
            topic: String(body.type),
            recordId,
          })),
  },
} as unknown as Connector;

let server: Server;
let url: string;
let accepted: NewEvent[];
let storageWorks: boolean;
let storageAnswers: boolean;
let secrets: Record<string, string[]>;
let asked: [string, string][];
let left: string[];
const quiet = {
  id: 'quiet',
  webhooks: {
    schemes: [{ kind: 'secret-header', header: 'x-token' }],
    contentTypes: ['application/json'],
    headersAsBody: ['x-channel', 'x-number'],
    read: (body: Record<string, unknown>) =>
      typeof body['x-channel'] !== 'string'
        ? null
        : [{ key: `${body['x-channel']}:${body['x-number']}`, topic: 'changed', recordId: null }],
  },
} as unknown as Connector;
const many = {
  id: 'many',
  webhooks: {
    schemes: [{ ...signed, secretOf: 'application' }],
    contentTypes: ['application/json'],
    accountOf: (body: Record<string, unknown>) => (typeof body.shop === 'string' ? body.shop : null),
    leavingTopics: ['left'],
    privacy: (body: Record<string, unknown>) =>
      typeof body.forget !== 'string'
        ? null
        : { kind: 'forget', key: body.forget, account: 'a', person: null, records: [] },
    read: (body: Record<string, unknown>) =>
      typeof body.type !== 'string' ? null : [{ key: null, topic: body.type, recordId: null }],
  },
} as unknown as Connector;
const listed = {
  id: 'listed',
  webhooks: {
    schemes: [{ kind: 'secret-header', header: 'x-token' }, { kind: 'from-address' }],
    contentTypes: ['application/json'],
    read: vendor.webhooks?.read,
  },
} as unknown as Connector;
let proxies: number;
const connectors = new Map([
  ['many', many],
  ['listed', listed],
  ['vendor', vendor],
  ['quiet', quiet],
]);

beforeEach(async () => {
  accepted = [];
  asked = [];
  left = [];
  storageWorks = true;
  proxies = 0;
  storageAnswers = true;
  secrets = { 'hmac-sha256': [SECRET], 'body-token': ['tok'] };
  const connection: DoorConnection = {
    id: 'c',
    organisationId: 'o',
    account: 'a',
    secrets: (kind) => secrets[kind] ?? [],
  };
  const handle = door({
    connectors,
    find: async (_connector, key) => (key === 'good-key' ? connection : null),
    accept: async (events) => {
      if (!storageWorks) throw new Error('disk full');
      if (!storageAnswers) await new Promise(() => {});
      accepted.push(...events);
    },
    applicationSecrets: (connector) => (connector === 'many' ? ['application'] : []),
    acceptPrivacy: async (connector, { key }) => {
      if (!storageWorks) throw new Error('disk full');
      asked.push([connector, key]);
    },
    onLeaving: (connection) => left.push(connection),
    get proxies() {
      return proxies;
    },
    now: () => NOW,
    crash: () => {},
    onAnswer: () => {},
    onError: () => {},
    patience: { bodyMs: 300, storageMs: 300 },
  });
  server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/vendor/good-key`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function signature(body: string, seconds = NOW / 1_000, secret = SECRET): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

const deliver = (body: string, headers: Record<string, string> = {}, to = url) =>
  fetch(to, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

const BODY = '{"id":"evt_1","type":"paid"}';
const NUL = '{"id":"evt_\\u0000","type":"paid"}';
const LONG = `{"id":"${'e'.repeat(5_000)}","type":"paid"}`;
const TWICE = '{"id":"evt_1","type":"paid","id":"evt_2"}';
const PROTO = '{"id":"evt_1","type":"paid","__proto__":{"x":1}}';

describe('the open door', () => {
  it('stores what is rightly signed, and says so only then', async () => {
    const answer = await deliver(BODY, { 'x-signature': signature(BODY) });
    expect(answer.status).toBe(200);
    expect(accepted).toMatchObject([{ eventKey: 'evt_1', topic: 'paid', organisationId: 'o', body: BODY }]);
  });

  it('takes a second signature while a secret is rotated', async () => {
    secrets['hmac-sha256'] = ['new-secret', SECRET];
    const right = signature(BODY);
    const answer = await deliver(BODY, { 'x-signature': right.replace('v1=', 'v0=ignored,v1=00,v1=') });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['without a signature', BODY, {}, 401],
    ['with an empty one', BODY, { 'x-signature': '' }, 401],
    ['with a wrong one', BODY, { 'x-signature': signature(BODY, NOW / 1_000, 'other') }, 401],
    ['with a truncated one', BODY, { 'x-signature': signature(BODY).slice(0, -2) }, 401],
    ['with a longer one', BODY, { 'x-signature': `${signature(BODY)}00` }, 401],
    ['with one in no known form', BODY, { 'x-signature': 'garbage' }, 400],
    ['over another body', '{"id":"evt_1", "type":"paid"}', { 'x-signature': signature(BODY) }, 401],
    ['stamped six minutes ago', BODY, { 'x-signature': signature(BODY, NOW / 1_000 - 360) }, 400],
    ['stamped six minutes ahead', BODY, { 'x-signature': signature(BODY, NOW / 1_000 + 360) }, 400],
    ['that is not JSON', '{"id":', { 'x-signature': signature('{"id":') }, 400],
    ['that is JSON but no object', '[1]', { 'x-signature': signature('[1]') }, 400],
    ['of a shape nobody sends', '{"x":1}', { 'x-signature': signature('{"x":1}') }, 400],
    ['whose id holds a NUL', NUL, { 'x-signature': signature(NUL) }, 400],
    ['whose id has no end', LONG, { 'x-signature': signature(LONG) }, 400],
    ['that names a key twice', TWICE, { 'x-signature': signature(TWICE) }, 400],
    ['that names __proto__', PROTO, { 'x-signature': signature(PROTO) }, 400],
    ['of another content type', BODY, { 'x-signature': signature(BODY), 'content-type': 'text/xml' }, 415],
    ['that is compressed', BODY, { 'x-signature': signature(BODY), 'content-encoding': 'gzip' }, 415],
    ['with the wrong token', '{"type":"t","token":"no"}', {}, 401],
  ])('refuses a delivery %s, and stores nothing', async (_name, body, headers, status) => {
    const answer = await deliver(body, headers as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toHaveProperty('message');
    expect(accepted).toEqual([]);
  });

  it('is closed, not open, when no secret is set', async () => {
    secrets = {};
    expect((await deliver(BODY, { 'x-signature': signature(BODY, NOW / 1_000, '') })).status).toBe(401);
    expect((await deliver('{"type":"t","token":"undefined"}')).status).toBe(401);
    expect(accepted).toEqual([]);
  });

  it('answers 413 above 1 MB, announced or not, without reading on', async () => {
    const big = 'x'.repeat(1_000_001);
    expect((await deliver(big, { 'x-signature': signature(big) })).status).toBe(413);

    const endless = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
    endless.on('error', () => {});
    const answered = once(endless, 'response');
    const push = () => {
      while (!endless.destroyed && endless.write('x'.repeat(65_536)));
    };
    endless.on('drain', push);
    push();
    const [answer] = (await answered) as [{ statusCode: number }];
    expect(answer.statusCode).toBe(413);
    endless.destroy();
    expect(accepted).toEqual([]);
  });

  it.each([
    ['too large', () => url, 413],
    ['to no address', () => url.replace('good-key', 'bad-key'), 404],
  ])('answers a sender that closes its connection, and still writes: %s', async (_name, to, status) => {
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const request = httpRequest(to(), { method: 'POST', headers, agent: false });
    const answered = once(request, 'response');
    // In pieces: what is written after the answer came must not cost the answer.
    for (let piece = 0; piece < 40; piece += 1)
      if (!request.write('x'.repeat(100_000))) await Promise.race([once(request, 'drain'), answered]);
    request.end();
    const [answer] = (await answered) as [IncomingMessage];
    expect(answer.statusCode).toBe(status);
    let text = '';
    for await (const part of answer) text += part;
    expect(JSON.parse(text)).toHaveProperty('message');
  });

  it('makes one event per record of a delivery, each with its own key', async () => {
    const body = '{"type":"t","token":"tok","ids":["1","2","3"]}';
    expect((await deliver(body)).status).toBe(200);
    expect(accepted.map((event) => event.recordId)).toEqual(['1', '2', '3']);
    expect(new Set(accepted.map((event) => event.eventKey)).size).toBe(3);
  });

  it('gives the same body the same key, where the vendor numbers nothing', async () => {
    const body = '{"type":"t","token":"tok"}';
    await deliver(body);
    await deliver(body);
    expect(accepted[0]?.eventKey).toBe(accepted[1]?.eventKey);
  });

  it('reads forms', async () => {
    const answer = await deliver('type=t&token=tok', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer.status).toBe(200);
    expect(accepted).toMatchObject([{ topic: 't' }]);
  });

  it('does not acknowledge what could not be stored', async () => {
    storageWorks = false;
    expect((await deliver(BODY, { 'x-signature': signature(BODY) })).status).toBe(503);
  });

  it('believes a secret in the address, where the vendor signs nothing, and answers its trials', async () => {
    const schemes: readonly SignatureScheme[] = [{ kind: 'url-secret', parameter: 'secret' }];
    const webhooks = vendor.webhooks;
    const trusting = {
      ...vendor,
      id: 'trusting',
      webhooks: { ...webhooks, schemes, handshakes: [{ kind: 'trial' }] },
    };
    connectors.set('trusting', trusting as Connector);
    secrets['url-secret'] = ['s3cret'];
    const to = url.replace('vendor', 'trusting');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(to)).status).toBe(200);
    expect((await fetch(to, { method: 'POST' })).status).toBe(200);
    expect((await deliver('type=t', form, to)).status).toBe(401);
    expect((await deliver('type=t', form, `${to}?secret=`)).status).toBe(401);
    expect((await deliver('type=t&secret=s3cret', form, `${to}?secret=s3cre`)).status).toBe(401);
    expect((await fetch(to.replace('good-key', 'bad-key'))).status).toBe(404);
    expect(accepted).toEqual([]);
    expect((await deliver('type=t', form, `${to}?secret=s3cret`)).status).toBe(200);
    expect(accepted).toMatchObject([{ topic: 't', connector: 'trusting' }]);
  });

  it('knows no other address and no other method', async () => {
    expect((await deliver(BODY, {}, url.replace('good-key', 'bad-key'))).status).toBe(404);
    expect((await deliver(BODY, {}, url.replace('vendor', 'nobody'))).status).toBe(404);
    expect((await fetch(url)).status).toBe(405);
  });
});

describe('a vendor that says everything in headers', () => {
  const said = { 'x-token': 'tok', 'x-channel': 'c1', 'x-number': '7', 'x-other': 'no' };
  const deliver = (headers: Record<string, string>): Promise<Response> => {
    secrets['secret-header'] = ['tok'];
    return fetch(url.replace('/vendor/', '/quiet/'), { method: 'POST', headers });
  };

  it('is read from the headers it declares when the body is empty, with or without a content type', async () => {
    const answers = [
      await deliver({ ...said, 'content-type': 'application/json; utf-8' }),
      await deliver(said),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(accepted).toHaveLength(2);
    expect(accepted[1]).toEqual(
      expect.objectContaining({
        eventKey: 'c1:7',
        topic: 'changed',
        body: '{"x-channel":"c1","x-number":"7"}',
      }),
    );
  });

  it('is refused without its secret, and when the headers say nothing', async () => {
    const json = { 'content-type': 'application/json' };
    const { 'x-token': _token, ...unsigned } = said;
    expect((await deliver({ ...unsigned, ...json })).status).toBe(401);
    expect((await deliver({ 'x-token': 'wrong', 'x-channel': 'c1', ...json })).status).toBe(401);
    expect((await deliver({ 'x-token': 'tok', ...json })).status).toBe(400);
    expect(accepted).toEqual([]);
  });
});

describe('the patience of the door', () => {
  it('says 503 while the database does not answer, and never that it was received', async () => {
    storageAnswers = false;
    const answer = await deliver(BODY, { 'x-signature': signature(BODY) });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: 'storage' });
  });

  it('lets go of a sender that trickles, however steadily, and says why', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let said = '';
    socket.on('data', (part: Buffer) => {
      said += part.toString();
    });
    socket.on('error', () => {});
    // A drip may meet the closed door, which is no failure of either.
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.write(
      'POST /hooks/vendor/good-key HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{',
    );
    const drip = setInterval(() => socket.write(' '), 50);
    socket.once('data', () => clearInterval(drip));
    const began = performance.now();
    await closed;
    clearInterval(drip);
    expect(said).toMatch(/^HTTP\/1\.1 408 .*"error":"incomplete"/s);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(accepted).toEqual([]);
  });
});

describe('a vendor that signs all customers’ deliveries with one secret', () => {
  const sent = (body: object, key = 'good-key', secret = 'application') => {
    const text = JSON.stringify(body);
    const to = url.replace('vendor/good-key', `many/${key}`);
    return deliver(text, { 'x-signature': signature(text, NOW / 1_000, secret) }, to);
  };

  it('is refused where it delivers what is of another account', async () => {
    expect((await sent({ type: 'paid', shop: 'a' })).status).toBe(200);
    const refused = await sent({ type: 'paid', shop: 'b' });
    expect([refused.status, await refused.json()]).toEqual([
      401,
      expect.objectContaining({ error: 'other-account' }),
    ]);
    expect((await sent({ type: 'paid' })).status).toBe(200);
    expect(accepted).toHaveLength(2);
  });

  it('has an account asked that is said to have left, once that is stored', async () => {
    expect((await sent({ type: 'paid' })).status).toBe(200);
    expect(left).toEqual([]);
    expect((await sent({ type: 'left' })).status).toBe(200);
    expect(left).toEqual(['c']);
    storageWorks = false;
    expect((await sent({ type: 'left' })).status).toBe(503);
    expect(left).toEqual(['c']);
  });

  it('passes on what people may ask at the application’s address, signed and stored, and nothing else there', async () => {
    expect((await sent({ forget: 'r1' }, 'application')).status).toBe(200);
    expect(asked).toEqual([['many', 'r1']]);
    expect((await sent({ forget: 'r2' }, 'application', 'other')).status).toBe(401);
    expect((await sent({ type: 'paid' }, 'application')).status).toBe(400);
    storageWorks = false;
    expect((await sent({ forget: 'r3' }, 'application')).status).toBe(503);
    expect(asked).toHaveLength(1);
    expect(accepted).toEqual([]);
    const to = url.replace('good-key', 'application');
    expect((await deliver(BODY, { 'x-signature': signature(BODY) }, to)).status).toBe(404);
  });
});

describe('whoever has no secret to send', () => {
  const reason = async (answer: Response) => [
    answer.status,
    ((await answer.json()) as { error?: string }).error ?? null,
  ];
  const send = async (list: string | null, headers: Record<string, string> = {}) => {
    secrets = { 'secret-header': ['tok'], 'from-address': list === null ? [] : [list] };
    return reason(await deliver(BODY, headers, url.replace('/vendor/', '/listed/')));
  };

  it('is believed from an address that is listed, and from no other', async () => {
    expect(await send('198.51.100.7 127.0.0.0/16')).toEqual([200, null]);
    expect(await send('198.51.100.7')).toEqual([401, 'from-elsewhere']);
    expect(accepted).toHaveLength(1);
  });

  it('is refused as one without a secret where no address is listed', async () => {
    expect(await send(null)).toEqual([401, 'unsigned']);
    expect(accepted).toEqual([]);
  });

  it('gains nothing by an address when it sends a wrong secret', async () => {
    expect(await send('127.0.0.1', { 'x-token': 'wrong' })).toEqual([401, 'bad-signature']);
    expect(await send('198.51.100.7', { 'x-token': 'tok' })).toEqual([200, null]);
  });

  it('does not name its own address: what a header says counts as far as one’s own proxies wrote it', async () => {
    const spoofed = { 'x-forwarded-for': '198.51.100.7' };
    expect(await send('198.51.100.7', spoofed)).toEqual([401, 'from-elsewhere']);
    proxies = 1;
    expect(await send('198.51.100.7', spoofed)).toEqual([200, null]);
    expect(await send('198.51.100.7', { 'x-forwarded-for': '198.51.100.7, 203.0.113.9' })).toEqual([
      401,
      'from-elsewhere',
    ]);
    // Nothing came by the proxy, or not so that it is known: an address that is not known is not listed.
    expect(await send('127.0.0.1')).toEqual([401, 'unsigned']);
  });
});
