import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createTestDatabase } from '../../../test/postgres/test-database.ts';
import type { Connector, OAuthAuthorisation, VendorAccount } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { createDoor } from '../../outbound/door.ts';
import { createOutbound } from '../../outbound/outbound.ts';
import {
  type FakeVendor,
  fakeConnector,
  silentLog,
  startFakeVendor,
} from '../../outbound/testing/fake-vendor.ts';
import { markReconnect } from '../../store/connections.ts';
import { openDatabase } from '../../store/database.ts';
import { parseKeyring } from '../../vault/keyring.ts';
import { createTokens } from '../../vault/tokens.ts';
import { openVault } from '../../vault/vault.ts';
import type { ConnectDeps } from '../deps.ts';

/** A connector whose `identify` asks the fake vendor, with two data centres. */
function crm(): Connector {
  const base = fakeConnector();
  return {
    ...base,
    id: 'crm',
    titles: { en: 'Acme CRM', fr: 'CRM Acme' },
    hosts: {
      'accounts.acme.example': 'crm-accounts',
      'accounts.acme-eu.example': 'crm-accounts-eu',
      'api.acme.example': 'crm',
      'api.acme-eu.example': 'crm',
    },
    authorisation: {
      ...(base.authorisation as OAuthAuthorisation),
      scopes: [
        { scope: 'records.read', reason: { en: 'Read the records.', fr: 'Lire les enregistrements.' } },
        { scope: 'Hooks.write', reason: { en: 'Be told of changes.', fr: 'Être prévenu des changements.' } },
      ],
      scopeSeparator: ',',
      refresh: { limit: { count: 10, perMs: 600_000 } },
      dataCentres: [
        { id: 'us', accountsUrl: 'https://accounts.acme.example', apiUrl: 'https://api.acme.example' },
        { id: 'eu', accountsUrl: 'https://accounts.acme-eu.example', apiUrl: 'https://api.acme-eu.example' },
      ],
    },
    client: (http) => http,
    identify: async (http) => {
      const { fetch, apiUrl } = http as { fetch: typeof globalThis.fetch; apiUrl: string };
      return (await (await fetch(`${apiUrl}/me`)).json()) as VendorAccount;
    },
  };
}

const keyed: Connector = {
  ...fakeConnector(),
  id: 'keyed',
  hosts: { 'api.keyed.example': 'keyed' },
  authorisation: { kind: 'key', header: 'Bearer {token}', instructions: { en: '', fr: '' } },
  identify: async (http) => {
    const { fetch } = http as { fetch: typeof globalThis.fetch };
    return (await (await fetch('https://api.keyed.example/me')).json()) as VendorAccount;
  },
};

/** Everything that connecting needs, over a real database and a vendor on a port of its own. */
export async function startRig() {
  const test = await createTestDatabase();
  const database = openDatabase(test.connectionString, { max: 6, onError: () => {} });
  const keyring = parseKeyring(randomBytes(32).toString('base64'));
  const vault = await openVault(database, keyring);
  const vendor = await startFakeVendor();
  const door = createDoor({ sandboxUrl: vendor.url });
  const naming = crm();
  const connectors = new Map<string, Connector>([
    ['crm', naming],
    ['keyed', keyed],
  ]);
  const oauthClient = (id: string) => ({ id: `client-${id}`, secret: `secret-${id}` });
  const tokens = createTokens({
    database,
    vault,
    door,
    connectors,
    oauthClient,
    clock: Date.now,
    log: silentLog,
  });
  const outbound = createOutbound({
    door,
    tokens,
    clock: Date.now,
    log: silentLog,
    onReconnect: async ({ id }) => void (await markReconnect(database, id)),
  });
  const deps: ConnectDeps = {
    database,
    vault,
    door,
    outbound,
    connectors,
    oauthClient,
    publicUrl: 'http://127.0.0.1:3000',
    clock: Date.now,
    randomBytes,
    randomUUID,
    log: silentLog,
  };
  return {
    deps,
    vendor,
    connectors,
    crm: naming,
    keyed,
    async close() {
      door.close();
      await vendor.close();
      await database.close();
      await test.drop();
    },
  };
}

export const ACCOUNT: VendorAccount = {
  id: 'org-1',
  name: 'Atelier Lumen',
  facts: {
    organisationId: 'org-1',
    organisationName: 'Atelier Lumen',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    currency: 'EUR',
  },
};

export interface VendorState {
  account: VendorAccount;
  grant: Record<string, unknown>;
  /** Set by the test to the challenge of the consent that it gives. */
  challenge: string | null;
  revoked: string[];
  deleted: string[];
}

/** A vendor that checks the code, the verifier and the redirect URI, and knows whose token it gave. */
export function behave(vendor: FakeVendor): VendorState {
  const state: VendorState = {
    account: ACCOUNT,
    grant: {
      access_token: 'access-1',
      refresh_token: 'refresh-1',
      expires_in: 3600,
      scope: 'records.read Hooks.write',
    },
    challenge: null,
    revoked: [],
    deleted: [],
  };
  vendor.answer = (request, response, body) => {
    const url = new URL(request.url ?? '', 'http://vendor');
    const form = new URLSearchParams(body);
    const send = (status: number, json: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    if (url.pathname.startsWith('/_sandbox/consents/')) {
      const wish = JSON.parse(body) as Record<string, string>;
      state.challenge = wish.codeChallenge ?? null;
      return send(200, {
        code: 'good-code',
        location: 'eu',
        'accounts-server': 'https://accounts.acme-eu.example',
      });
    }
    if (url.pathname === '/_sandbox/keys') return send(200, { keyed: 'rk_test_sandbox' });
    if (url.pathname.endsWith('/oauth/revoke')) {
      state.revoked.push(form.get('token') ?? '');
      return send(200, {});
    }
    if (url.pathname.endsWith('/oauth/token')) {
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      const isGood =
        form.get('code') === 'good-code' &&
        form.get('redirect_uri') === 'http://127.0.0.1:3000/oauth/callback' &&
        form.get('client_secret') === 'secret-crm' &&
        challenge === state.challenge;
      return send(200, isGood ? state.grant : { error: 'invalid_code' });
    }
    if (request.method === 'DELETE') {
      state.deleted.push(url.pathname);
      return send(200, {});
    }
    const accepted = [`Bearer ${String(state.grant.access_token)}`, 'Bearer rk_test_sandbox'];
    return accepted.includes(request.headers.authorization ?? '')
      ? send(200, state.account)
      : send(401, { error: 'invalid token' });
  };
  return state;
}

export async function failureOf(promise: Promise<unknown>): Promise<LiaisonError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof LiaisonError) return error;
  throw new Error(`expected a LiaisonError, got ${String(error)}`);
}
