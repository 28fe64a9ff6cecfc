import { asLiaisonError } from '../core/errors.ts';
import { connectionById } from '../store/connections.ts';
import type { ConnectDeps } from './deps.ts';

/**
 * Asks a vendor whether an account still lets Liaison in, of which it said that it does not: what says so is only a
 * hint. One that does not is found out by the way out itself, as at every other call.
 */
export async function askAccess(deps: ConnectDeps, connectionId: string): Promise<void> {
  const connection = await connectionById(deps.database, connectionId);
  const connector = deps.connectors.get(connection?.connector ?? '');
  if (connection === null || connector === undefined || connection.state !== 'active') return;
  try {
    await connector.identify(connector.client(deps.outbound.open(connector, connection)));
  } catch (thrown) {
    const { kind } = asLiaisonError(thrown);
    deps.log.info({ connection: connection.id, kind }, 'an account may have let Liaison out');
  }
}
