import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fault } from '../../sandbox/core/fault.ts';
import { startSandbox } from '../../sandbox/core/host.ts';
import type { Simulator } from '../../sandbox/core/simulator.ts';
import type { Connector, VendorAccount } from '../../server/core/connector.ts';
import { ownScopes } from '../../server/core/registration.ts';
import { createDoor } from '../../server/outbound/door.ts';
import type { Exchange } from '../../server/outbound/exchange.ts';
import { createOutbound, type OpenOptions } from '../../server/outbound/outbound.ts';
import { fakeConnection, silentLog } from '../../server/outbound/testing/fake-vendor.ts';
import { endpointAt } from '../../server/vault/token-endpoint.ts';

const REDIRECT = 'http://127.0.0.1:3000/api/v1/oauth/callback';

export interface Connected<Client> {
  readonly client: Client;
  readonly account: VendorAccount;
  /** Every exchange since the connection, as the log would show it. */
  readonly exchanges: readonly Exchange[];
}

export interface LedgerLine {
  readonly vendor: string;
  readonly object: string;
  readonly id: string;
  readonly action: string;
  readonly marker: string | null;
  readonly record: Readonly<Record<string, unknown>>;
}

/** Each is seeded with what those before it have. */
const FIRST = ['zoho-accounts', 'google-accounts', 'microsoft-accounts', 'zoho-crm', 'zoho-books'];

/** The named simulators alone are loaded: most of what a suite takes to start is what it loads. */
async function simulatorsOf(only: readonly string[] | undefined): Promise<readonly Simulator[]> {
  if (only === undefined) return (await import('../../sandbox/index.ts')).simulators;
  const placed = [
    ...FIRST.filter((one) => only.includes(one)),
    ...only.filter((one) => !FIRST.includes(one)),
  ];
  const simulators: Simulator[] = [];
  for (const vendor of placed) {
    const module: Record<string, Partial<Simulator>> = await import(`../../sandbox/${vendor}/simulator.ts`);
    const simulator = Object.values(module).find((one) => one.vendor === vendor);
    if (simulator === undefined)
      throw new Error(`sandbox/${vendor}/simulator.ts has no simulator of ${vendor}`);
    simulators.push(simulator as Simulator);
  }
  return simulators;
}

/**
 * A sandbox of its own, and connectors opened against it through the real way out.
 *
 * @param options.only the simulators that are started; by default all of them.
 */
export async function openSandbox(
  name: string,
  {
    only,
    ...options
  }: {
    readonly limitFactor?: number;
    readonly only?: readonly string[];
    readonly random?: () => number;
  } = {},
) {
  const dataFolder = mkdtempSync(join(tmpdir(), `liaison-${name}-`));
  const folder = process.env.SANDBOX_RECORD_FOLDER;
  const record = folder === undefined ? undefined : join(folder, `conformance-${name}.ndjson`);
  const sandbox = await startSandbox({
    port: 0,
    dataFolder,
    simulators: await simulatorsOf(only),
    scenarios: [],
    record,
    ...options,
  });
  const door = createDoor({ sandboxUrl: sandbox.url });

  async function tokenOf(connector: Connector<never>): Promise<string> {
    const { authorisation, hosts } = connector;
    if (authorisation.kind === 'key') {
      const keys = (await door.control('keys')) as Record<string, string>;
      return keys[connector.id] ?? '';
    }
    const clientId = `sandbox-${connector.id}`;
    const scope = ownScopes(connector)
      .map((one) => one.scope)
      .join(authorisation.scopeSeparator);
    const { site } = connector;
    const at = (endpoint: string) =>
      new URL(endpointAt(endpoint, site === undefined ? null : 'https://site'));
    const serviceAt = (url: URL) => site?.simulator ?? hosts[url.hostname];
    const service = serviceAt(at(authorisation.authorizeUrl));
    const consent = (await door.control(`consents/${service}`, {
      clientId,
      redirectUri: REDIRECT,
      scope,
    })) as {
      code: string;
    };
    const tokenUrl = at(authorisation.tokenUrl);
    const asked = { grant_type: 'authorization_code', redirect_uri: REDIRECT, code: consent.code };
    const secret = `sandbox-secret-${connector.id}`;
    const basic = `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
    const answer = await fetch(`${sandbox.url}/${serviceAt(tokenUrl)}${tokenUrl.pathname}`, {
      method: 'POST',
      ...(authorisation.jsonTokenRequests
        ? {
            headers: {
              'content-type': 'application/json',
              authorization: basic,
              ...authorisation.jsonTokenRequests.headers,
            },
            body: JSON.stringify(asked),
          }
        : {
            body: new URLSearchParams({
              ...asked,
              client_id: clientId,
              client_secret: secret,
              ...authorisation.tokenParameters,
            }),
          }),
    });
    const tokens = (await answer.json()) as { access_token?: string };
    return tokens.access_token ?? '';
  }

  return {
    url: sandbox.url,

    /** Consents, exchanges the code, asks whose account it is, and opens the client, as the product does. */
    async connect<Client>(connector: Connector<Client>, wrongToken?: string): Promise<Connected<Client>> {
      const exchanges: Exchange[] = [];
      const onExchange = (exchange: Exchange) => void exchanges.push(exchange);
      const way = await this.way(connector, wrongToken, { onExchange });
      return { client: connector.client(way.open({ onExchange })), account: way.account, exchanges };
    },

    /** The same, as the engine is handed it: a way out for each run. */
    async way<Client>(connector: Connector<Client>, wrongToken?: string, asked: OpenOptions = {}) {
      const token = wrongToken ?? (await tokenOf(connector as Connector<never>));
      const outbound = createOutbound({
        door,
        tokens: { authorization: async () => token, renew: async () => token },
        clock: Date.now,
        log: silentLog,
        onReconnect: async () => {},
      });
      const { authorisation } = connector;
      const centres = authorisation.kind === 'oauth' ? authorisation : undefined;
      const isNamedByAccount = centres?.dataCentreFrom === 'account';
      const named = centres?.dataCentres !== undefined && !isNamedByAccount ? 'eu' : null;
      const site =
        connector.site === undefined
          ? null
          : (((await door.control('keys')) as Record<string, string>)[`${connector.site.simulator} site`] ??
            null);
      const row = fakeConnection({
        site,
        connector: connector.id,
        dataCentre: named,
        account: { id: '', name: '' },
      });
      const openAs = (account: VendorAccount, options: OpenOptions) => {
        const dataCentre = isNamedByAccount ? (account.facts?.dataCentre ?? null) : named;
        const connection = { ...row, account, dataCentre };
        return outbound.open(connector as Connector, connection, options);
      };
      const account = await connector.identify(connector.client(openAs(row.account, asked)));
      return { account, open: (options: OpenOptions) => openAs(account, options) };
    },

    /** A person does something at a vendor. */
    act: (vendor: string, wish: object): Promise<unknown> => door.control(`acts/${vendor}`, wish),

    /** The same, of several things after another. @returns what came of each; one that could not be done has an `error`. */
    async acts(
      vendor: string,
      wishes: readonly object[],
    ): Promise<readonly { id?: string; error?: string }[]> {
      if (wishes.length === 0) return [];
      return ((await door.control(`acts/${vendor}`, { acts: wishes })) as { done: never[] }).done;
    },

    /** Many more records at a vendor. */
    seed: (vendor: string, wish: object): Promise<unknown> => door.control(`seed/${vendor}`, wish),

    async fault(vendor: string, fault: Fault | null): Promise<void> {
      const method = fault === null ? 'DELETE' : 'PUT';
      const body = fault === null ? {} : { body: JSON.stringify(fault) };
      const answer = await fetch(`${sandbox.url}/_sandbox/faults/${vendor}`, { method, ...body });
      if (!answer.ok) throw new Error(await answer.text());
    },

    async ledger(vendor: string): Promise<LedgerLine[]> {
      return ((await door.control(`ledger?vendor=${vendor}`)) as { entries: LedgerLine[] }).entries;
    },

    /** The tables of a simulator, as its control interface shows them: the named ones, or every one. */
    async state(vendor: string, ...only: string[]): Promise<Record<string, Record<string, unknown>[]>> {
      const query = only.length === 0 ? '' : `?tables=${only.join()}`;
      return ((await door.control(`state/${vendor}${query}`)) as { tables: never }).tables;
    },

    async webhooks(): Promise<
      { vendor: string; url: string; secret: string; scheme: string; topics: string[] }[]
    > {
      return ((await door.control('webhooks')) as { webhooks: never[] }).webhooks;
    },

    async close(): Promise<void> {
      door.close();
      await sandbox.stop();
      rmSync(dataFolder, { recursive: true });
    },
  };
}

export type OpenSandbox = Awaited<ReturnType<typeof openSandbox>>;

/** The hosts that a client spoke to: all of them must be declared. */
export function hostsOf(exchanges: readonly Exchange[]): string[] {
  return [...new Set(exchanges.map((exchange) => new URL(exchange.url).hostname))];
}
