import { gzipSync } from 'node:zlib';
import { LogLevel, WebClient } from '@slack/web-api';
import Stripe from 'stripe';
import type { Connector, OAuthAuthorisation } from '../core/connector.ts';
import { asLiaisonError, type LiaisonError } from '../core/errors.ts';
import { createDoor, type Door } from './door.ts';
import type { Exchange } from './exchange.ts';
import { createOutbound, type OpenOptions, type TokenSource } from './outbound.ts';
import {
  type FakeVendor,
  fakeConnection,
  fakeConnector,
  silentLog,
  startFakeVendor,
} from './testing/fake-vendor.ts';

const CANARY = 'canary-token-5f1c9e';
let vendor: FakeVendor;
let door: Door;
let exchanges: Exchange[];
let reconnects: string[];
/** How each call ended, as the connection's health is told: a kind of failure, or null. */
let logged: string[];
let outcomes: (string | null)[];

beforeEach(async () => {
  vendor = await startFakeVendor();
  door = createDoor({ sandboxUrl: vendor.url });
  exchanges = [];
  logged = [];
  reconnects = [];
  outcomes = [];
});

afterEach(async () => {
  door.close();
  await vendor.close();
});

function open(
  options: { connector?: Connector; tokens?: Partial<TokenSource> } & Omit<OpenOptions, 'tokens'> = {},
) {
  const outbound = createOutbound({
    door,
    tokens: { authorization: async () => CANARY, renew: async () => 'second-token', ...options.tokens },
    clock: Date.now,
    log: {
      info: () => void logged.push('info'),
      warn: () => void logged.push('warn'),
      error: () => void logged.push('error'),
    },
    onReconnect: async (connection) => {
      reconnects.push(connection.id);
    },
    onOutcome: (_connection, error) => void outcomes.push(error?.kind ?? null),
  });
  const { connector = fakeConnector(), tokens: _, ...rest } = options;
  return outbound.open(connector, fakeConnection(), {
    onExchange: (exchange) => exchanges.push(exchange),
    ...rest,
  });
}

async function failureOf(promise: Promise<unknown>): Promise<LiaisonError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome) return asLiaisonError(outcome.error);
  throw new Error('expected a failure');
}

describe('where requests go', () => {
  it('goes to the simulator of the host, with path, query, body and the token in the declared form', async () => {
    const answer = await open().fetch('https://api.acme.example/v1/records?page=2', {
      method: 'POST',
      headers: { authorization: 'Bearer the-sdk-put-this', 'content-type': 'application/json' },
      body: '{"name":"Pélissier"}',
    });
    expect(await answer.json()).toEqual({ ok: true });
    expect(vendor.requests).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/acme/v1/records?page=2',
        body: '{"name":"Pélissier"}',
      }),
    ]);
    expect(vendor.requests[0]!.headers.authorization).toBe(`Bearer ${CANARY}`);
  });

  it('gives a host that wants the token in another form that form, and no other host', async () => {
    const plain = fakeConnector();
    const authorisation = {
      ...(plain.authorisation as OAuthAuthorisation),
      hostHeaders: { 'accounts.acme.example': 'OAuth {token}' },
    };
    const { fetch } = open({ connector: { ...plain, authorisation } });
    await fetch('https://accounts.acme.example/me');
    await fetch('https://api.acme.example/me');
    expect(vendor.requests.map(({ headers }) => headers.authorization)).toEqual([
      `OAuth ${CANARY}`,
      `Bearer ${CANARY}`,
    ]);
  });

  it('accepts a Request, a URL and form bodies', async () => {
    const { fetch } = open();
    await fetch(
      new Request('https://api.acme.example/a', { method: 'PUT', body: new URLSearchParams({ a: 'b c' }) }),
    );
    await fetch(new URL('https://API.acme.example:443/b'));
    // A body whose length is not told is none, or the beginning of the next request.
    await fetch('https://api.acme.example/c', { method: 'DELETE', body: new URLSearchParams({ d: 'e' }) });
    expect(vendor.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['PUT', '/acme/a', 'a=b+c'],
      ['GET', '/acme/b', ''],
      ['DELETE', '/acme/c', 'd=e'],
    ]);
  });

  it.each([
    'https://evil.example/',
    'https://api.acme.example.evil.example/',
    'https://evil.example/api.acme.example',
    'https://api.acme.example@evil.example/',
    'https://user:password@api.acme.example/',
    'https://user@api.acme.example/',
    'https://api.acme.example:8443/',
    'https://api.acme.example:22/',
    'http://api.acme.example/',
    'https://api.acme.example./',
    'https://xapi.acme.example/',
    'https://acme.example/',
    'https://api.acme.example%00.evil.example/',
    'https://[::1]/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://constructor/',
    'https://__proto__/',
    'file:///etc/passwd',
    'gopher://api.acme.example/',
    'data:text/plain,hello',
    '//api.acme.example/',
    '/v1/records',
    '',
  ])('refuses %s before anything is sent', async (address) => {
    const asText = await failureOf(open().fetch(address));
    expect(asText.kind).toBe('rejected');
    expect(asText.details.mayHaveHappened).toBeFalsy();
    expect(vendor.requests).toEqual([]);
  });

  it.each([
    ['https://api.acme.example/../%2e%2e/acme-accounts/oauth/token', '/acme/acme-accounts/oauth/token'],
    ['https://api.acme.example\\@evil.example/', '/acme/@evil.example/'],
    ['https://api.acme.example//evil.example/', '/acme//evil.example/'],
  ])('%s stays with the simulator of its host', async (address, path) => {
    await open().fetch(address);
    expect(vendor.requests.map((request) => request.path)).toEqual([path]);
  });

  it('refuses the hosts of other data centres than the connection’s', async () => {
    const base = fakeConnector();
    if (base.authorisation.kind !== 'oauth') throw new Error('unreachable');
    const connector = fakeConnector({
      hosts: { 'api.acme.example': 'acme', 'api.acme-us.example': 'acme' },
      authorisation: {
        ...base.authorisation,
        dataCentres: [
          { id: 'eu', accountsUrl: 'https://accounts.acme.example', apiUrl: 'https://api.acme.example' },
          {
            id: 'us',
            accountsUrl: 'https://accounts.acme-us.example',
            apiUrl: 'https://api.acme-us.example',
          },
        ],
      },
    });
    const outbound = createOutbound({
      door,
      tokens: { authorization: async () => CANARY, renew: async () => CANARY },
      clock: Date.now,
      log: silentLog,
      onReconnect: async () => {},
    });
    const http = outbound.open(connector, fakeConnection({ dataCentre: 'eu' }));
    expect(http.apiUrl).toBe('https://api.acme.example');
    await http.fetch('https://api.acme.example/');
    expect((await failureOf(http.fetch('https://api.acme-us.example/'))).kind).toBe('rejected');
    expect(vendor.requests).toHaveLength(1);
  });
});

describe('what answers become', () => {
  it.each([301, 302, 303, 307, 308])('never follows a %i', async (status) => {
    vendor.answer = (_request, response) =>
      response.writeHead(status, { location: 'https://evil.example/' }).end('moved');
    const connector = fakeConnector({ classify: () => null });
    expect((await failureOf(open({ connector }).fetch('https://api.acme.example/'))).kind).toBe('unknown');
    expect(vendor.requests).toHaveLength(1);
  });

  it.each([
    [422, 'info'],
    [404, 'info'],
    [401, 'warn'],
    [429, 'warn'],
    [500, 'warn'],
  ])('a %i is logged as %s: what is an answer to a question troubles no operator', async (status, level) => {
    vendor.answer = (_request, response) => response.writeHead(status).end();
    await failureOf(open().fetch('https://api.acme.example/'));
    expect(logged).toEqual([level]);
  });

  it('a refused connection has certainly not happened', async () => {
    await vendor.close();
    const error = await failureOf(open().fetch('https://api.acme.example/', { method: 'POST', body: '{}' }));
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', false]);
  });

  it.each([
    ['POST', true],
    ['GET', false],
  ])(
    'a connection that is reset after a %s was sent: may have happened is %s',
    async (method, mayHaveHappened) => {
      vendor.answer = (request) => request.socket.resetAndDestroy();
      const error = await failureOf(open().fetch('https://api.acme.example/', { method }));
      expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', mayHaveHappened]);
    },
  );

  it('an answer that drips stops at the timeout, and a write may have happened', async () => {
    const drips: NodeJS.Timeout[] = [];
    vendor.answer = (_request, response) => {
      response.writeHead(200);
      drips.push(setInterval(() => response.write(' '), 20));
    };
    const error = await failureOf(
      open({ timeoutMs: 150 }).fetch('https://api.acme.example/', { method: 'POST', body: '{}' }),
    );
    for (const drip of drips) clearInterval(drip);
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
    expect(error.details.vendorMessage).toContain('in time');
  });

  it('an answer cut short may have happened', async () => {
    vendor.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":', () => response.destroy());
    };
    const error = await failureOf(open().fetch('https://api.acme.example/', { method: 'PATCH', body: '{}' }));
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
  });

  it('JSON cut short inside a complete answer is no success', async () => {
    vendor.answer = (_request, response) => response.end('{"id":');
    const error = await failureOf(open().fetch('https://api.acme.example/', { method: 'POST', body: '{}' }));
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
  });

  it('reads compressed answers, and stops at 10 MB also when they are small on the wire', async () => {
    const bodies = [gzipSync('{"ok":"zipped"}'), gzipSync(Buffer.alloc(11 * 1024 * 1024, ' '))];
    vendor.answer = (_request, response) =>
      response.setHeader('content-encoding', 'gzip').end(bodies.shift());
    const { fetch } = open();
    expect(await (await fetch('https://api.acme.example/')).json()).toEqual({ ok: 'zipped' });
    const error = await failureOf(fetch('https://api.acme.example/'));
    expect(error.details.vendorMessage).toContain('larger');
  });

  it('a 204 is a success without a body', async () => {
    vendor.answer = (_request, response) => response.writeHead(204).end();
    const answer = await open().fetch('https://api.acme.example/');
    expect([answer.status, await answer.text()]).toEqual([204, '']);
  });

  it('a caller that gives up is told so, and a stopped server sends nothing', async () => {
    const stop = new AbortController();
    vendor.answer = () => stop.abort();
    const { fetch } = open({ signal: stop.signal });
    expect((await failureOf(fetch('https://api.acme.example/', { method: 'POST' }))).kind).toBe(
      'retry-later',
    );
    expect((await failureOf(fetch('https://api.acme.example/'))).details.mayHaveHappened).toBe(false);
    expect(vendor.requests).toHaveLength(1);
  });
});

describe('401', () => {
  it('renews once, repeats once, and the caller notices nothing', async () => {
    vendor.answer = (request, response) => {
      const isNew = request.headers.authorization === 'Bearer second-token';
      response.writeHead(isNew ? 200 : 401).end(isNew ? '{"ok":1}' : '{"error":"expired"}');
    };
    const refused: string[] = [];
    const renew: TokenSource['renew'] = async (_connection, token) => {
      refused.push(token);
      return 'second-token';
    };
    const http = open({ tokens: { renew } });
    expect((await http.fetch('https://api.acme.example/', { method: 'POST', body: '{"a":1}' })).status).toBe(
      200,
    );
    expect(refused).toEqual([CANARY]);
    expect(vendor.requests.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
    expect(exchanges.map(({ status }) => status)).toEqual([401, 200]);
    expect(reconnects).toEqual([]);
  });

  it('for ever: reconnect, the connection is marked, two requests at most', async () => {
    vendor.answer = (_request, response) => response.writeHead(401).end('{"error":"revoked"}');
    expect((await failureOf(open().fetch('https://api.acme.example/'))).kind).toBe('reconnect');
    expect(vendor.requests).toHaveLength(2);
    expect(reconnects).toEqual([fakeConnection().id]);
  });

  it('with a key that cannot be renewed: reconnect after one request', async () => {
    vendor.answer = (_request, response) => response.writeHead(401).end('{"error":"revoked"}');
    const connector = fakeConnector({
      authorisation: { kind: 'key', header: 'Bearer {token}', instructions: { en: '', fr: '' } },
    });
    expect((await failureOf(open({ connector }).fetch('https://api.acme.example/'))).kind).toBe('reconnect');
    expect(vendor.requests).toHaveLength(1);
  });
});

describe('pauses', () => {
  it('a connection that was told to wait sends nothing until then', async () => {
    vendor.answer = (_request, response) => response.writeHead(429, { 'retry-after': '120' }).end('{}');
    const { fetch } = open();
    const first = await failureOf(fetch('https://api.acme.example/'));
    const second = await failureOf(fetch('https://api.acme.example/'));
    expect([first.kind, second.kind]).toEqual(['rate-limited', 'rate-limited']);
    expect(first.details.retryAt! - Date.now()).toBeGreaterThan(115_000);
    expect(second.details.retryAt).toBe(first.details.retryAt);
    expect(vendor.requests).toHaveLength(1);
  });
});

describe('what is recorded', () => {
  it('holds no secret, in any place where one can stand', async () => {
    vendor.answer = (_request, response) =>
      response
        .writeHead(200, {
          'content-type': 'application/json',
          'x-request-id': `req ${CANARY}`,
          'set-cookie': CANARY,
        })
        .end(
          JSON.stringify({
            access_token: 'canary-a',
            nested: [{ client_secret: 'canary-b' }],
            echo: `t=${CANARY}`,
          }),
        );
    const { fetch } = open();
    await fetch(`https://api.acme.example/?api_key=canary-c&page=2&x=${CANARY}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'canary-d', cookie: 'canary-e' },
      body: JSON.stringify({
        password: 'canary-f',
        headers: [{ name: 'X-Hook-Secret', value: 'canary-g' }],
        ok: 'kept',
      }),
    });
    await fetch('https://api.acme.example/', {
      method: 'POST',
      body: new URLSearchParams({ 'metadata[secret]': 'canary-h', amount: '12500' }),
    });
    const text = JSON.stringify(exchanges);
    expect(text).not.toContain('canary');
    expect(text).toContain('kept');
    expect(text).toContain('amount=12500');
    expect(text).toContain('page=2');
    expect(exchanges[0]!.url).toContain('https://api.acme.example/');
  });

  it('is cut at 8 kB, stays on one line, and keeps no NUL', async () => {
    vendor.answer = (_request, response) =>
      response.writeHead(500).end(`<html>\r\n\u0000\u2028${'é'.repeat(600_000)}`);
    const error = await failureOf(open().fetch('https://api.acme.example/', { method: 'POST', body: '{}' }));
    expect(error.kind).toBe('retry-later');
    const body = exchanges[0]!.responseBody!;
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(8192);
    expect(body).not.toMatch(/[\p{Cc}\p{Zl}]/u);
    expect(exchanges[0]!.error).toContain('retry-later');
  });

  it('the vendor’s words in an error are redacted too', async () => {
    vendor.answer = (_request, response) =>
      response.writeHead(400).end(`bad token ${CANARY}\nsecret=canary-z`);
    const connector = fakeConnector();
    const classify: Connector['classify'] = (answer) => {
      const error = connector.classify(answer);
      if (error) Object.assign(error.details, { vendorMessage: answer.text });
      return error;
    };
    const error = await failureOf(
      open({ connector: { ...connector, classify } }).fetch('https://api.acme.example/'),
    );
    expect(error.details.vendorMessage).toBe('bad token [redacted] secret=[redacted]');
  });
});

describe('vendor SDKs', () => {
  it('Stripe’s works through it, and its errors carry ours', async () => {
    const connector = fakeConnector({ hosts: { 'api.stripe.com': 'stripe' } });
    const http = open({ connector });
    const stripe = new Stripe('placeholder', {
      httpClient: Stripe.createFetchHttpClient(http.fetch),
      maxNetworkRetries: 0,
    });
    vendor.answer = (_request, response) => response.end('{"id":"cus_1","object":"customer"}');
    expect((await stripe.customers.retrieve('cus_1')).id).toBe('cus_1');
    expect(vendor.requests[0]!.headers.authorization).toBe(`Bearer ${CANARY}`);
    vendor.answer = (_request, response) =>
      response.writeHead(429, { 'retry-after': '7' }).end('{"error":{}}');
    expect((await failureOf(stripe.customers.create({ email: 'a@b.example' }))).kind).toBe('rate-limited');
  });

  it('Slack’s works through it, and its errors carry ours', async () => {
    const connector = fakeConnector({ hosts: { 'slack.com': 'slack' } });
    const http = open({ connector });
    const slack = new WebClient('placeholder', {
      fetch: http.fetch,
      retryConfig: { retries: 0 },
      logLevel: LogLevel.ERROR,
    });
    expect((await slack.chat.postMessage({ channel: '#ventes', text: '🎉' })).ok).toBe(true);
    expect(vendor.requests[0]!.headers.authorization).toBe(`Bearer ${CANARY}`);
    expect(vendor.requests[0]!.body).toContain('%F0%9F%8E%89');
    vendor.answer = (_request, response) => response.writeHead(503).end('busy');
    const error = await failureOf(slack.chat.postMessage({ channel: '#ventes', text: 'x' }));
    expect([error.kind, error.details.mayHaveHappened]).toEqual(['retry-later', true]);
  });
});

describe('how a call ended', () => {
  it('is told once for each call, whatever it took: a token that was renewed on the way is no failure', async () => {
    vendor.answer = (request, response) => {
      const isNew = request.headers.authorization === 'Bearer second-token';
      response.writeHead(isNew ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
    };
    const { fetch } = open();
    await fetch('https://api.acme.example/v1/records');
    vendor.answer = (_request, response) => void response.writeHead(503).end();
    await failureOf(fetch('https://api.acme.example/v1/records'));
    await failureOf(
      open({
        tokens: { authorization: () => Promise.reject(new Error('away')) },
      }).fetch('https://api.acme.example/v1/records'),
    );
    expect(outcomes).toEqual([null, 'retry-later', 'retry-later']);
  });

  it('is not told of what we stopped ourselves, nor of what no vendor was asked', async () => {
    const stop = new AbortController();
    vendor.answer = () => stop.abort();
    await failureOf(open({ signal: stop.signal }).fetch('https://api.acme.example/v1/records'));
    await failureOf(open().fetch('https://elsewhere.example/v1/records'));
    expect(outcomes).toEqual([]);
  });
});
