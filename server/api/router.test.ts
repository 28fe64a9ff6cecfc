import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { exampleRun, runIdOf } from '../../test/browser/memory-api/example-runs.ts';
import { exampleConnections, exampleFlows } from '../../test/browser/memory-api/example-settings.ts';
import { type MemoryOrganisation, MemoryServices } from '../../test/browser/memory-api/memory-services.ts';
import { LiaisonError } from '../core/errors.ts';
import { ROUTES, type Route } from './contract.ts';
import { BASE_PATH, PATHS, type RouteName } from './paths.ts';
import { type Api, createApi } from './router.ts';
import type { Session } from './session/session.ts';

const MADE_AT = Date.parse('2026-11-20T09:15:00Z');

function world(id: string, runs: MemoryOrganisation['runs']): MemoryOrganisation {
  return {
    organisation: { id, name: id, locale: 'fr-FR', timeZone: 'Europe/Paris', currency: 'EUR' },
    runs,
    flows: exampleFlows(),
    connections: exampleConnections(),
  };
}

let services: MemoryServices;
let session: Session | null;
let logged: object[];
let api: Api;
let server: Server;
let url: string;

beforeEach(async () => {
  services = new MemoryServices([
    world('lumen', [exampleRun(1, 'done', MADE_AT), exampleRun(3, 'shelved', MADE_AT + 60_000)]),
    world('other', [exampleRun(7, 'shelved', MADE_AT)]),
  ]);
  session = { organisationId: 'lumen', role: 'admin', user: { id: 'u1', name: 'Hugo Marchetti' } };
  logged = [];
  api = createApi({
    services,
    session: () => session,
    mode: 'sandbox',
    sandboxUrl: 'http://127.0.0.1:3001/',
    version: '0.0.0',
    epoch: 'e1',
    log: { error: (facts) => logged.push(facts) },
  });
  server = createServer(express().use(BASE_PATH, api.router)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE_PATH}`;
});

afterEach(async () => {
  api.close();
  await new Promise((resolve) => server.close(resolve));
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers });
const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(url + path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
// biome-ignore lint/suspicious/noExplicitAny: what came over the wire is looked into freely
const read = async (answer: globalThis.Response): Promise<any> => answer.json();

describe('answers', () => {
  it('says who asks and how Liaison runs', async () => {
    expect(await read(await get('/me'))).toEqual({
      organisation: {
        id: 'lumen',
        name: 'lumen',
        locale: 'fr-FR',
        timeZone: 'Europe/Paris',
        currency: 'EUR',
      },
      user: { id: 'u1', name: 'Hugo Marchetti' },
      role: 'admin',
      mode: 'sandbox',
      sandboxUrl: 'http://127.0.0.1:3001/',
      locale: 'fr-FR',
    });
  });

  it('filters and pages the runs', async () => {
    const first = await read(await get('/runs?limit=1'));
    expect(first.runs.map((run: { id: string }) => run.id)).toEqual([runIdOf(3)]);
    const second = await read(await get(`/runs?limit=1&cursor=${first.next}`));
    expect(second.runs.map((run: { id: string }) => run.id)).toEqual([runIdOf(1)]);
    expect(second.next).toBeNull();
    expect((await read(await get('/runs?state=shelved'))).runs).toHaveLength(1);
    expect((await read(await get('/runs/counts'))).shelved).toBe(1);
  });

  it('lets out nothing that the contract does not name', async () => {
    const leaky = { ...exampleRun(1, 'done', MADE_AT), token: 'secret', owner: 7 };
    services.put('lumen', leaky);
    const run = await read(await get(`/runs/${runIdOf(1)}`));
    expect(run.steps).toHaveLength(2);
    expect(JSON.stringify(run)).not.toContain('"token":"secret"');
    expect((await read(await get('/runs'))).runs[0]).not.toHaveProperty('steps');
  });

  it('replays what failed, one by one and all together', async () => {
    const one = await send('POST', `/runs/${runIdOf(3)}/replay`);
    expect([one.status, (await read(one)).state]).toEqual([200, 'waiting']);
    expect(await read(await send('POST', '/runs/replay', {}))).toEqual({ replayed: 0 });
  });

  it('changes flows and connections', async () => {
    const flow = await read(await send('PATCH', '/integrations/stripe-payment-to-books', { enabled: true }));
    expect(flow.enabled).toBe(true);
    const key = await read(await send('POST', '/connections/stripe/key', { key: 'rk_test_x' }));
    expect(key.state).toBe('active');
    expect((await read(await send('POST', `/connections/${key.id}/disconnect`))).state).toBe('absent');
  });
});

/** Roles of routes that change something; of `owner` the one person may, whose own it is. */
const CHANGING: ReadonlySet<string> = new Set(['admin', 'owner']);

describe('refusals', () => {
  it('are problem details with a sentence and an action, in the language of the caller', async () => {
    const french = await get('/runs/nothing', { 'accept-language': 'fr-CA, en;q=0.5' });
    expect(french.status).toBe(404);
    expect(french.headers.get('content-type')).toMatch('application/problem+json');
    expect(french.headers.get('content-language')).toBe('fr');
    expect(await read(french)).toEqual({
      type: 'urn:liaison:problem:not-found',
      title: 'Introuvable',
      status: 404,
      detail: 'Il n’y a rien à cette adresse.',
      action: 'Revenez à la liste.',
    });
    expect((await read(await get('/runs/nothing'))).title).toBe('Not found');
  });

  it('name the field that is wrong', async () => {
    const query = await get('/runs?limit=0&from=yesterday', { 'accept-language': 'fr' });
    expect(query.status).toBe(400);
    const { fields } = await read(query);
    expect(fields.map(({ field }: { field: string }) => field).sort()).toEqual(['from', 'limit']);
    expect(fields[0].detail).not.toMatch(/invalid input|too small/i);
    const body = await send('PATCH', '/integrations/deal-won-to-slack', { enabled: 'yes' });
    expect([body.status, (await read(body)).fields[0].field]).toEqual([422, 'enabled']);
  });

  it('meet a request without a session on every route, save the two that sign in', async () => {
    session = null;
    const routes = Object.values<Route>(ROUTES);
    expect(routes.filter(({ role }) => role === 'anyone').map(({ path }) => path)).toEqual([
      PATHS.openSession.path,
      PATHS.renewSession.path,
    ]);
    for (const route of routes.filter(({ role }) => role !== 'anyone')) {
      const answer = await send(route.method, filled(route.path), route.body ? {} : undefined);
      expect([route.path, answer.status]).toEqual([route.path, 401]);
    }
  });

  it('meet a rep on every route that changes something', async () => {
    session = { organisationId: 'lumen', role: 'rep', user: null };
    for (const route of Object.values<Route>(ROUTES).filter(({ role }) => CHANGING.has(role))) {
      const answer = await send(route.method, filled(route.path), route.body ? {} : undefined);
      expect([route.path, answer.status]).toEqual([route.path, 403]);
    }
    expect(
      Object.entries<Route>(ROUTES)
        .filter(([, { method, role }]) => method !== 'GET' && !CHANGING.has(role))
        .map(([name]) => name),
      // Their own session is what a rep may change, accounts of their own, what is a rep's own work beside a record,
      // and what they set up for themselves.
    ).toEqual([
      'openSession',
      'renewSession',
      'closeSession',
      'replayRun',
      'makeIntegration',
      'joinPersonal',
      'declinePersonal',
      'endPersonal',
      'setKey',
      'disconnect',
      'syncRecord',
      'actOnRecord',
      'makeMailPerson',
      // It reads what it is sent.
      'suggestMailPerson',
      'logMail',
      'setMailConversation',
      // What they themselves let an application do.
      'endAccess',
      'retryShelf',
      // It only reads.
      'checkMoney',
      'cancelMoneyCheck',
    ]);
    const forAll = await send('POST', '/integrations', { flow: 'deal-won-to-slack', owner: 'organisation' });
    expect(forAll.status).toBe(403);
    expect((await get('/runs')).status).toBe(200);
  });

  it('answer an id of another organisation exactly like one that does not exist', async () => {
    const foreign = await get(`/runs/${runIdOf(7)}`);
    const unknown = await get(`/runs/${runIdOf(99)}`);
    expect(foreign.status).toBe(404);
    expect(await foreign.text()).toBe(await unknown.text());
    expect((await send('POST', `/runs/${runIdOf(7)}/replay`)).status).toBe(404);
    expect((await services.getRun('other', runIdOf(7)))?.state).toBe('shelved');
  });

  it('say why a run that is done is not replayed', async () => {
    const answer = await send('POST', `/runs/${runIdOf(1)}/replay`);
    expect(answer.status).toBe(409);
    expect((await read(answer)).detail).toMatch('succeeded');
  });

  it('refuse bodies that are too large, not JSON, or broken', async () => {
    const broken = await fetch(`${url}/runs/replay`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"flow":',
    });
    expect(broken.status).toBe(400);
    expect((await send('POST', '/runs/replay', { record: 'x'.repeat(200_000) })).status).toBe(413);
    const form = await fetch(`${url}/runs/replay`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(form.status).toBe(415);
    expect((await send('DELETE', '/runs')).status).toBe(405);
    expect((await get('/runs/%E0%A4%A')).status).toBe(404);
  });

  it('show nothing of what broke inside, and note it', async () => {
    services.listFlows = async () => {
      throw new Error('select * from flows: password "x"');
    };
    const answer = await get('/integrations');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/select|password|\.ts/);
    expect(logged).toHaveLength(1);
  });

  it('refuse to send an answer that breaks the contract', async () => {
    services.listConnections = async () => [{ connector: 'slack' }] as never;
    expect((await get('/connections')).status).toBe(500);
  });

  it('pass on what a vendor said', async () => {
    services.setKey = async () => {
      throw new LiaisonError('rejected', {
        sentence: { en: 'Stripe does not know this key.', fr: 'Stripe ne connaît pas cette clé.' },
        vendorMessage: 'Invalid API Key provided',
      });
    };
    const answer = await send('POST', '/connections/stripe/key', { key: 'rk' }, { 'accept-language': 'fr' });
    expect(answer.status).toBe(422);
    expect(await read(answer)).toMatchObject({
      type: 'urn:liaison:problem:rejected',
      detail: 'Stripe ne connaît pas cette clé.',
      vendorMessage: 'Invalid API Key provided',
    });
  });
});

describe('live', () => {
  it('sends each change of a run of the organisation, and of no other', async () => {
    const line = await openLive();
    services.put('other', exampleRun(8, 'done', MADE_AT));
    services.put('lumen', exampleRun(9, 'running', MADE_AT));
    const event = await line.next();
    expect(event).toMatchObject({ id: 'e1-1', event: 'run' });
    expect(JSON.parse(event.data!)).toMatchObject({ id: runIdOf(9), state: 'running' });
    expect(JSON.parse(event.data!)).not.toHaveProperty('steps');
    await line.close();
  });

  it('sends a client that comes back what it missed, once', async () => {
    const line = await openLive();
    services.put('lumen', exampleRun(9, 'running', MADE_AT));
    await line.next();
    await line.close();
    services.put('lumen', exampleRun(9, 'done', MADE_AT));
    const again = await openLive('e1-1');
    expect(JSON.parse((await again.next()).data!)).toMatchObject({ state: 'done' });
    services.put('lumen', exampleRun(10, 'waiting', MADE_AT));
    expect(await again.next()).toMatchObject({ id: 'e1-3' });
    await again.close();
  });

  it('tells a client whose place is unknown to read its lists again', async () => {
    for (const place of ['another-process-7', 'e1-999', 'e1-x']) {
      const line = await openLive(place);
      expect((await line.next()).event).toBe('reset');
      await line.close();
    }
  });

  it('lets a client that was cut off before its first event come back to where it was', async () => {
    const leave = new AbortController();
    const answer = await fetch(`${url}/live`, { signal: leave.signal });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!/^id: (.+)$/m.test(text)) text += (await reader.read()).value;
    const place = /^id: (.+)$/m.exec(text)?.[1];
    leave.abort();
    await reader.read().catch(() => undefined);
    services.put('lumen', exampleRun(9, 'done', MADE_AT));
    const again = await openLive(place);
    expect(await again.next()).toMatchObject({ event: 'run', id: 'e1-1' });
    await again.close();
  });

  it('shares one subscription among clients and ends every stream at close', async () => {
    const [first, second] = [await openLive(), await openLive()];
    expect(services.listening('lumen')).toBe(1);
    api.close();
    expect(await first.ended()).toBe(true);
    expect(await second.ended()).toBe(true);
    expect(services.listening('lumen')).toBe(0);
  });
});

describe('the OpenAPI document', () => {
  it('names every route of the contract, with references that all resolve', async () => {
    const document = await read(await get('/openapi.json'));
    for (const [name, route] of Object.entries<Route>(ROUTES)) {
      const operation = document.paths[route.path.replaceAll(/:(\w+)/g, '{$1}')][route.method.toLowerCase()];
      expect(operation.operationId).toBe(name as RouteName);
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, target]) => target!,
    );
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      expect(reference).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(Object.keys(document.components.schemas)).toContain(reference.split('/').at(-1));
    }
    expect(JSON.stringify(document)).not.toContain('$id');
  });
});

/** A path of the contract with ids that look right. */
function filled(path: string): string {
  return path.replace('/runs/:id', `/runs/${runIdOf(1)}`).replaceAll(/:\w+/g, 'deal-won-to-slack');
}

async function openLive(lastId?: string) {
  const leave = new AbortController();
  const answer = await fetch(`${url}/live`, {
    signal: leave.signal,
    headers: lastId === undefined ? {} : { 'last-event-id': lastId },
  });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let over = false;
  const readMore = async () => {
    const { done, value } = await reader.read();
    over = done;
    text += value ?? '';
  };
  while (!text.includes('welcome')) await readMore();
  text = text.slice(text.indexOf('\n\n') + 2);
  return {
    async next(): Promise<Record<string, string>> {
      while (!text.includes('\n\n')) await readMore();
      if (!/^event:/m.test(text.slice(0, text.indexOf('\n\n')))) {
        text = text.slice(text.indexOf('\n\n') + 2);
        return this.next();
      }
      const block = text.slice(0, text.indexOf('\n\n'));
      text = text.slice(block.length + 2);
      return Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)));
    },
    async ended() {
      while (!over) await readMore();
      return over;
    },
    async close() {
      leave.abort();
      await reader.read().catch(() => undefined);
    },
  };
}
