import type { Connector } from '../core/connector.ts';
import type { ConnectionRow } from '../store/connections.ts';

/** The hosts that a connection reaches: its own site and nothing else where it has one, its connector's otherwise. */
export function reachOf(
  connector: Pick<Connector, 'id' | 'hosts' | 'site'>,
  { site = null }: Pick<ConnectionRow, 'site'>,
): Pick<Connector, 'id' | 'hosts'> {
  if (connector.site === undefined) return connector;
  const hosts = site === null ? {} : { [new URL(site).hostname]: connector.site.simulator };
  return { id: connector.id, hosts };
}
