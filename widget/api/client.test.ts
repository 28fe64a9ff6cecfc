import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError, call, callWith, openEvents, speakFor } from './client.ts';

let server: Server;
let seen: (string | undefined)[];
let good: string | null;
const realFetch = globalThis.fetch;

beforeEach(async () => {
  seen = [];
  good = null;
  server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    const isGood = request.headers.authorization === (good === null ? undefined : `Bearer ${good}`);
    response.writeHead(isGood ? 200 : 401, {
      'content-type': isGood ? 'application/json' : 'application/problem+json',
    });
    response.end(JSON.stringify(isGood ? { flows: [] } : { status: 401, detail: 'no' }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // A page's addresses are relative, and it has a language.
  globalThis.fetch = (address, init) => realFetch(new URL(String(address), base), init);
  Object.assign(globalThis, { document: { documentElement: { lang: 'fr' } } });
});
afterEach(async () => {
  globalThis.fetch = realFetch;
  Reflect.deleteProperty(globalThis, 'document');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it('a call carries the speaker’s token, and goes once more with a new one where it was refused', async () => {
  good = 'second';
  const refused: (string | null)[] = [];
  const silence = speakFor({
    token: async () => 'first',
    renewed: async (token) => {
      refused.push(token);
      return 'second';
    },
  });
  await call('listFlows');
  expect(seen).toEqual(['Bearer first', 'Bearer second']);
  expect(refused).toEqual(['first']);
  await openEvents(null, new AbortController().signal);
  expect(seen.slice(2)).toEqual(['Bearer first', 'Bearer second']);

  good = 'third';
  await expect(call('listFlows')).rejects.toMatchObject({ problem: { status: 401 } });
  expect(seen.slice(4)).toEqual(['Bearer first', 'Bearer second']);
  silence();
});

it('nothing is sent when nobody is signed in: a call must not be taken for somebody’s', async () => {
  const silence = speakFor({
    token: () => Promise.reject(new ApiError(null)),
    renewed: async () => null,
  });
  await expect(call('listFlows')).rejects.toThrow(ApiError);
  expect(seen).toEqual([]);
  silence();
  await call('listFlows');
  expect(seen).toEqual([undefined]);
});

it('what signing in itself asks is never renewed', async () => {
  const silence = speakFor({ token: async () => 'x', renewed: async () => 'y' });
  await expect(callWith('z', 'closeSession')).rejects.toThrow(ApiError);
  await expect(callWith(null, 'me')).resolves.toBeDefined();
  expect(seen).toEqual(['Bearer z', undefined]);
  silence();
});

it('a list in a question is asked as each of its own, whatever stands in it', async () => {
  let asked = '';
  globalThis.fetch = async (address) => {
    asked = String(address);
    return Response.json({ people: [] });
  };
  await call('mailPeople', { query: { address: ['a,b@x.example', 'c&d@x.example'] } });
  expect(new URL(asked, 'http://here').searchParams.getAll('address')).toEqual([
    'a,b@x.example',
    'c&d@x.example',
  ]);
});
