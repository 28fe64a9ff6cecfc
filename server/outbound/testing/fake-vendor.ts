import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connector } from '../../core/connector.ts';
import { httpFailure } from '../../core/http-failure.ts';
import type { Log } from '../../core/log.ts';
import type { ConnectionRow } from '../../store/connections.ts';

/** A vendor for tests: a real HTTP server on a port of its own, standing where the sandbox stands. */
export interface FakeVendor {
  readonly url: string;
  readonly requests: { method: string; path: string; headers: http.IncomingHttpHeaders; body: string }[];
  /** Answers the next requests; replaced at will. */
  answer: (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void;
  close(): Promise<void>;
}

export async function startFakeVendor(): Promise<FakeVendor> {
  const requests: FakeVendor['requests'] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    vendor.answer(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const vendor: FakeVendor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (_request, response) => response.setHeader('content-type', 'application/json').end('{"ok":true}'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return vendor;
}

/** A connector of no vendor, with whatever a test wants to differ. */
export function fakeConnector(overrides: Partial<Connector<unknown>> = {}): Connector {
  return {
    id: 'acme',
    titles: { en: 'Acme', fr: 'Acme' },
    authorisation: {
      kind: 'oauth',
      authorizeUrl: 'https://accounts.acme.example/authorize',
      tokenUrl: 'https://accounts.acme.example/oauth/token',
      revokeUrl: 'https://accounts.acme.example/oauth/revoke',
      scopes: [{ scope: 'records.read', reason: { en: 'Reads records', fr: 'Lit les fiches' } }],
      scopeSeparator: ' ',
      pkce: true,
      header: 'Bearer {token}',
      refresh: {},
    },
    hosts: { 'api.acme.example': 'acme', 'accounts.acme.example': 'acme-accounts' },
    budgets: [],
    objects: [],
    client: (http) => http,
    identify: async () => ({ id: 'account-1', name: 'Account One' }),
    classify: (answer) => httpFailure(answer, { vendor: 'Acme' }),
    ...overrides,
  };
}

export function fakeConnection(overrides: Partial<ConnectionRow> = {}): ConnectionRow {
  return {
    id: 'cccccccc-0000-4000-8000-000000000001',
    organisationId: '0a0a0a0a-0000-4000-8000-000000000001',
    connector: 'acme',
    grantId: 'cccccccc-0000-4000-8000-0000000000aa',
    registration: 'acme',
    owner: null,
    hookKey: 'hook-key',
    account: { id: 'account-1', name: 'Account One' },
    dataCentre: null,
    state: 'active',
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...overrides,
  };
}

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
