import type { Database, Sql } from '../store/database.ts';
import { listenTo, notify, notifyMany } from '../store/notifications.ts';

/** What processes of one deployment tell each other through PostgreSQL, at commit. */
export const CHANNELS = {
  work: 'liaison_work',
  runs: 'liaison_runs',
  directory: 'liaison_directory',
  syncs: 'liaison_syncs',
} as const;

export type Channel = keyof typeof CHANNELS;

export interface RunChange {
  readonly organisationId: string;
  readonly id: string;
}

// A notification carries at most 8,000 bytes; sixty ids with their organisation stay well below.
const IDS_PER_NOTIFICATION = 60;

/** What is told of runs on their channel, in as few notifications as can carry it. */
export function runPayloads(changes: readonly RunChange[]): string[] {
  const payloads: string[] = [];
  for (let start = 0; start < changes.length; start += IDS_PER_NOTIFICATION) {
    const part = changes.slice(start, start + IDS_PER_NOTIFICATION);
    payloads.push(JSON.stringify(part.map((change) => [change.organisationId, change.id])));
  }
  return payloads;
}

/** Tells that these runs changed, and, where `work` says so, that there is something to do. */
export async function announceRuns(
  sql: Sql,
  changes: readonly RunChange[],
  { work = false }: { readonly work?: boolean } = {},
): Promise<void> {
  await notifyMany(sql, CHANNELS.runs, runPayloads(changes), { channel: CHANNELS.work, isTold: work });
}

export async function announce(sql: Sql, channel: 'work' | 'directory'): Promise<void> {
  await notify(sql, CHANNELS[channel], '');
}

export interface SyncChanged {
  readonly organisationId: string;
  readonly integration: string;
}

/** Something of a sync changed: its phase, its progress, its records. */
export async function announceSync(sql: Sql, { organisationId, integration }: SyncChanged): Promise<void> {
  await notify(sql, CHANNELS.syncs, JSON.stringify([organisationId, integration]));
}

export function readSyncChange(payload: string): SyncChanged {
  const [organisationId, integration] = JSON.parse(payload) as [string, string];
  return { organisationId, integration };
}

export function readRunChanges(payload: string): RunChange[] {
  const pairs = JSON.parse(payload) as [string, string][];
  return pairs.map(([organisationId, id]) => ({ organisationId, id }));
}

/**
 * Listens on a connection of its own, and listens again when it breaks. Notifications may be lost while
 * it is broken: whoever depends on them also looks by itself from time to time.
 */
export async function listen(
  database: Database,
  handlers: Readonly<Record<Channel, (payload: string) => void>>,
  onError: (error: Error) => void,
): Promise<{ close: () => Promise<void> }> {
  let closed = false;
  let close = async (): Promise<void> => {};

  async function connect(): Promise<void> {
    const client = await database.dedicated();
    let stands = false;
    client.on('notification', (message) => {
      const channel = (Object.keys(CHANNELS) as Channel[]).find((key) => CHANNELS[key] === message.channel);
      if (channel !== undefined) handlers[channel](message.payload ?? '');
    });
    client.once('end', () => {
      if (stands) again(500);
    });
    try {
      await listenTo(client, Object.values(CHANNELS));
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    stands = true;
    close = () => client.end();
    // Stopped while it was being made: nobody else would end it.
    if (closed) await client.end();
  }
  function again(inMs: number): void {
    if (closed) return;
    setTimeout(() => {
      if (closed) return;
      connect().then(
        // Whatever was announced meanwhile was announced to nobody.
        () => handlers.directory(''),
        (error: Error) => {
          onError(error);
          again(1_000);
        },
      );
    }, inMs).unref();
  }

  await connect();
  return {
    async close() {
      closed = true;
      await close();
    },
  };
}
