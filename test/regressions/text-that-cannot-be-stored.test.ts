import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { ROUTES, type Route } from '../../server/api/contract.ts';
import { BASE_PATH } from '../../server/api/paths.ts';
import { type Api, createApi } from '../../server/api/router.ts';
import { exampleConnections, exampleFlows } from '../browser/memory-api/example-settings.ts';
import { MemoryServices } from '../browser/memory-api/memory-services.ts';

/**
 * PostgreSQL keeps no NUL and no half of a surrogate pair, and what is nested without end is read by nobody: it is
 * refused at the door, by name, and never becomes a fault of ours.
 */

const faults: object[] = [];
let api: Api;
let server: Server;
let url: string;

beforeAll(async () => {
  const organisation = {
    id: 'lumen',
    name: 'lumen',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  };
  const services = new MemoryServices([
    { organisation, runs: [], flows: exampleFlows(), connections: exampleConnections() },
  ]);
  api = createApi({
    services,
    session: () => ({ organisationId: 'lumen', role: 'admin', user: { id: 'u1', name: 'Hugo Marchetti' } }),
    mode: 'sandbox',
    sandboxUrl: null,
    version: '0.0.0',
    epoch: 'e1',
    log: { error: (facts) => faults.push(facts) },
  });
  server = createServer(express().use(BASE_PATH, api.router)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE_PATH}`;
});
afterAll(async () => {
  api.close();
  await new Promise((resolve) => server.close(resolve));
});

interface Refused {
  readonly status: number;
  readonly body: { readonly type: string; readonly fields?: readonly { field: string; detail: string }[] };
}

async function ask(method: string, path: string, text?: string): Promise<Refused> {
  const answer = await fetch(url + path, {
    method,
    headers: { 'accept-language': 'fr', ...(text !== undefined && { 'content-type': 'application/json' }) },
    ...(text !== undefined && { body: text }),
  });
  return { status: answer.status, body: (await answer.json()) as Refused['body'] };
}

const nested = (depth: number): string =>
  `{"filter":${'{"all":['.repeat(depth)}{"field":"Amount","is":"filled"}${']}'.repeat(depth)}}`;

const CANNOT = [String.raw`a\u0000b`, String.raw`\ud800`, String.raw`x\udc00y`];

it.each(CANNOT)('%s is refused in a name, in a value of a filter and in a setting', async (text) => {
  for (const [body, field] of [
    [`{"name":"${text}"}`, 'name'],
    [`{"filter":{"all":[{"field":"Deal_Name","is":"equals","value":"${text}"}]}}`, 'filter.all.0.value'],
    [`{"settings":{"template":"${text}"}}`, 'settings.template'],
    [`{"settings":{"${text}":1}}`, 'settings'],
  ] as const) {
    const { status, body: problem } = await ask('PATCH', '/integrations/deal-won-to-slack', body);
    expect(status).toBe(422);
    expect(problem.fields).toEqual([
      { field, detail: expect.stringMatching(/^Un de ses caractères ne peut/) },
    ]);
  }
});

it('NUL is refused in every question and in every address', async () => {
  for (const path of ['/records?search=a%00b', '/why?record=a%00b', '/why?record=a&object=%00'])
    expect((await ask('GET', path)).status).toBe(400);
  for (const { method, path } of Object.values(ROUTES) as Route[]) {
    if (!path.includes('/:')) continue;
    const { status } = await ask(
      method,
      path.replaceAll(/:\w+/g, 'a%00b'),
      method === 'GET' ? undefined : '{}',
    );
    expect([path, status >= 400 && status < 500]).toEqual([path, true]);
  }
});

it('what is nested without end is refused by name, and what people nest is not', async () => {
  for (const depth of [100, 2_000, 9_000]) {
    const { status, body } = await ask('PATCH', '/integrations/deal-won-to-slack', nested(depth));
    expect(status).toBe(422);
    expect(body.fields).toEqual([
      { field: 'filter', detail: 'L’imbrication est trop profonde. Utilisez moins de niveaux.' },
    ]);
  }
  const { body } = await ask('PATCH', '/integrations/deal-won-to-slack', nested(4));
  expect(JSON.stringify(body)).not.toContain('imbrication');
});

it('none of it is noted as a fault of ours', () => {
  expect(faults).toEqual([]);
});
