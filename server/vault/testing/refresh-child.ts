import { createDoor } from '../../outbound/door.ts';
import { createOutbound } from '../../outbound/outbound.ts';
import { fakeConnector, silentLog } from '../../outbound/testing/fake-vendor.ts';
import { connectionById } from '../../store/connections.ts';
import { openDatabase } from '../../store/database.ts';
import { parseKeyring } from '../keyring.ts';
import { createTokens } from '../tokens.ts';
import { openVault } from '../vault.ts';

/** One of several processes that need the same fresh token at the same moment. */
export interface ChildWish {
  readonly connectionString: string;
  readonly vendorUrl: string;
  readonly key: string;
  readonly connectionId: string;
  readonly name: string;
  readonly requests: number;
  readonly timing: { readonly timeoutMs: number; readonly leaseMs: number };
}

process.once('message', async (wish: ChildWish) => {
  const database = openDatabase(wish.connectionString, { max: 4, onError: () => {} });
  const vault = await openVault(database, parseKeyring(wish.key));
  const door = createDoor({ sandboxUrl: wish.vendorUrl });
  const connector = fakeConnector();
  const tokens = createTokens({
    database,
    vault,
    door,
    connectors: new Map([[connector.id, connector]]),
    oauthClient: () => ({ id: wish.name, secret: 'secret' }),
    clock: Date.now,
    log: silentLog,
    timing: wish.timing,
  });
  const outbound = createOutbound({
    door,
    tokens,
    clock: Date.now,
    log: silentLog,
    onReconnect: async () => {},
  });
  const connection = await connectionById(database, wish.connectionId);
  if (connection === null) throw new Error('no such connection');

  process.send?.('ready');
  process.once('message', async () => {
    const { fetch } = outbound.open(connector, connection);
    const outcomes = await Promise.all(
      Array.from({ length: wish.requests }, () =>
        fetch('https://api.acme.example/records').then(
          (answer) => String(answer.status),
          (error: Error) => error.message,
        ),
      ),
    );
    door.close();
    await database.close();
    process.send?.(outcomes);
    process.disconnect();
  });
});
