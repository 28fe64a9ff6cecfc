import { z } from 'zod';
import type { Connector } from '../core/connector.ts';
import type { ConnectionRow } from '../store/connections.ts';
import { beginConnect } from './begin.ts';
import type { ConnectDeps } from './deps.ts';
import { finishConnect } from './finish.ts';
import { connectWithKey } from './key.ts';

const Consent = z.record(z.string(), z.string());

/**
 * Connects a connector to the sandbox's company without a browser: the simulator is told that a user
 * pressed Accept, and everything else is what a browser's visit would do.
 *
 * @param organisationId null for the connector whose account names the organisation.
 */
export async function connectInSandbox(
  deps: ConnectDeps,
  wish: { organisationId: string | null; connector: Connector },
): Promise<ConnectionRow> {
  const { organisationId, connector } = wish;
  if (connector.authorisation.kind === 'key') {
    if (organisationId === null) throw new Error(`${connector.id} cannot name an organisation`);
    return connectWithKey(deps, { organisationId, connector, key: await sandboxKeyOf(deps, connector) });
  }
  const sessionId = deps.randomBytes(32).toString('base64url');
  const address = await beginConnect(deps, { organisationId, connector, sessionId, returnTo: '/' });
  const asked = address.searchParams;
  const codeChallenge = asked.get('code_challenge');
  const { hostname } = new URL(connector.authorisation.authorizeUrl);
  const callback = await deps.door.control(`consents/${connector.hosts[hostname]}`, {
    clientId: asked.get('client_id'),
    redirectUri: asked.get('redirect_uri'),
    scope: asked.get('scope') ?? '',
    state: asked.get('state'),
    ...(codeChallenge === null ? {} : { codeChallenge }),
  });
  const query = new URLSearchParams({ state: asked.get('state') ?? '', ...Consent.parse(callback) });
  return (await finishConnect(deps, { query, sessionId })).connection;
}

async function sandboxKeyOf(deps: ConnectDeps, connector: Connector): Promise<string> {
  const keys = Consent.parse(await deps.door.control('keys'));
  const services = [connector.id, ...Object.values(connector.hosts)];
  const key = services.map((service) => keys[service]).find((found) => found !== undefined);
  if (key === undefined) throw new Error(`the sandbox has no key for ${connector.id}`);
  return key;
}
