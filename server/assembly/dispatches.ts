import type { ConnectDeps } from '../connect/deps.ts';
import { startDispatcher } from '../receivers/dispatcher.ts';
import { openReceiverSecrets } from '../vault/receiver-secrets.ts';
import type { Beginning } from './beginning.ts';
import type { Ground } from './ground.ts';

const PATIENCE_MS = 2_000;

/** From here on other applications are told what Liaison does. */
export function beginDispatches(
  { log, stops }: Pick<Beginning, 'log' | 'stops'>,
  { database, timing, onError }: Ground,
  { door, vault }: Pick<ConnectDeps, 'door' | 'vault'>,
): void {
  const dispatcher = startDispatcher({
    database,
    way: door,
    secrets: (receiverId) => openReceiverSecrets(vault, database, receiverId),
    ...timing,
    log,
    onError,
  });
  stops.add(() => dispatcher.stop(PATIENCE_MS));
}
