import { z } from 'zod';
import type { Connector } from '../core/connector.ts';
import type { KeyConnection } from '../core/key-connection.ts';
import type { ConnectionRow } from '../store/connections.ts';
import { beginConnect } from './begin.ts';
import type { ConnectDeps } from './deps.ts';
import { finishConnect } from './finish.ts';
import { FurtherConsent } from './further-consent.ts';
import { connectWithKey } from './key.ts';
import { hookUrl } from './subscribe.ts';
import { connectWithoutConsent } from './without-consent.ts';

const Consent = z.record(z.string(), z.string());

/**
 * Connects a connector to the sandbox's company without a browser: the simulator is told that a user
 * pressed Accept, and everything else is what a browser's visit would do.
 *
 * @param organisationId null for the connector whose account names the organisation.
 */
export async function connectInSandbox(
  deps: ConnectDeps,
  wish: {
    readonly organisationId: string | null;
    readonly connector: Connector;
    /** Which of the vendor's accounts consents; default: the company's own. */
    readonly account?: string;
    /** Further connectors of its family whose permissions the same consent gives; connected afterwards. */
    readonly alongside?: readonly Connector[];
    /** What the vendors' settings show, where it was read before; absent: it is asked for. */
    readonly keys?: SandboxKeys;
  },
): Promise<ConnectionRow> {
  const { organisationId, connector } = wish;
  if (connector.authorisation.kind === 'key') {
    if (organisationId === null) throw new Error(`${connector.id} cannot name an organisation`);
    const own = ownKey(wish.keys ?? (await sandboxKeys(deps)), connector);
    const connection = await connectWithKey(deps, { organisationId, connector, ...own });
    await enterAddress(deps, connector, connection, own.keys);
    return connection;
  }
  const sessionId = deps.randomBytes(32).toString('base64url');
  const { site } = connector;
  const at =
    site === undefined ? {} : { site: (wish.keys ?? (await sandboxKeys(deps)))[`${site.simulator} site`] };
  const { alongside } = wish;
  const visit = { organisationId, connector, alongside, sessionId, returnTo: '/', ...at };
  const known = await connectWithoutConsent(deps, visit);
  if (known !== null) return known;
  const { authorizeUrl } = connector.authorisation;
  const service = site?.simulator ?? connector.hosts[new URL(authorizeUrl).hostname] ?? '';
  const consent = async (address: URL): Promise<ConnectionRow> => {
    const query = await accepted(deps, service, address, wish.account);
    return (await finishConnect(deps, { query, sessionId })).connection;
  };
  try {
    return await consent(await beginConnect(deps, visit));
  } catch (thrown) {
    if (thrown instanceof FurtherConsent) return consent(thrown.address);
    throw thrown;
  }
}

/** What whoever owns a form does at a tool that only delivers: enters the address and the secret. */
async function enterAddress(
  deps: ConnectDeps,
  { id, webhooks }: Connector,
  connection: ConnectionRow,
  keys: Readonly<Record<string, string>> = {},
): Promise<void> {
  const secret = keys[webhooks?.enteredSecret ?? ''];
  if (secret === undefined) return;
  await deps.door.control(`acts/${id}`, { act: 'set-webhook', url: hookUrl(deps, connection), secret });
}

/** @returns the query that the browser of a user who accepts comes back with. */
async function accepted(
  deps: ConnectDeps,
  service: string,
  address: URL,
  account: string | undefined,
): Promise<URLSearchParams> {
  const asked = address.searchParams;
  const codeChallenge = asked.get('code_challenge');
  const callback = await deps.door.control(`consents/${service}`, {
    clientId: asked.get('client_id'),
    redirectUri: asked.get('redirect_uri'),
    scope: asked.get('scope') ?? '',
    state: asked.get('state'),
    ...(codeChallenge === null ? {} : { codeChallenge }),
    ...(account === undefined ? {} : { account }),
    parameters: Object.fromEntries(asked),
  });
  return new URLSearchParams({ state: asked.get('state') ?? '', ...Consent.parse(callback) });
}

/** The keys and addresses that the vendors' settings show, by what they are called there. */
export type SandboxKeys = Readonly<Record<string, string>>;

export const sandboxKeys = async ({ door }: Pick<ConnectDeps, 'door'>): Promise<SandboxKeys> =>
  Consent.parse(await door.control('keys'));

/** What an admin would copy from the vendor's settings: several keys come as one text, a site beside them. */
function ownKey(
  keys: SandboxKeys,
  { id, hosts, site, authorisation }: Connector,
): Pick<KeyConnection, 'key' | 'keys' | 'site'> {
  const services = [id, ...Object.values(hosts)];
  const key = services.map((service) => keys[service]).find((found) => found !== undefined);
  if (key === undefined) throw new Error(`the sandbox has no key for ${id}`);
  const isOne = authorisation.kind === 'key' && authorisation.fields === undefined;
  return {
    ...(isOne ? { key } : { keys: Consent.parse(JSON.parse(key)) }),
    ...(site === undefined ? {} : { site: keys[`${site.simulator} site`] }),
  };
}
