import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../server/store/database.ts';
import { until } from './liaison-process.ts';

const EVERY_MS = 250;

/** A flow that looks at its source as often as the engine lets it, whatever its settings say and whatever failed. */
export interface EagerLooks {
  /** Resolves when the source was looked at twice more: what was there at the first of them is done or under way. */
  twice(): Promise<void>;
  stop(): Promise<void>;
}

export function lookEagerly(connectionString: string, flow: string): EagerLooks {
  const database = openDatabase(connectionString, { max: 1, onError() {} });
  const end = new AbortController();
  const nudging = (async () => {
    while (!end.signal.aborted) {
      await database.query('update cursors set next_at = now() where integration = $1', [flow]);
      await sleep(EVERY_MS, undefined, { signal: end.signal }).catch(() => {});
    }
  })();
  const looks = async (): Promise<number> => {
    const [row] = await database.query<{ version: string }>(
      'select min(version) as version from cursors where integration = $1',
      [flow],
    );
    return Number(row?.version ?? 0);
  };
  return {
    async twice() {
      // The one that is under way began before.
      const before = await looks();
      await until(async () => (await looks()) >= before + 3);
    },
    async stop() {
      end.abort();
      await nudging;
      await database.close();
    },
  };
}
