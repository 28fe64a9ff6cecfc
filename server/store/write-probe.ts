import pg from 'pg';

/** Asks the database to store something, and waits for no longer than it is told. */
export interface WriteProbe {
  /** Rejects with what PostgreSQL or the network says when nothing was stored in time. */
  write(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A row that needs a page of its own, so that a full disk shows, and nothing of it is left: one transaction,
 * flushed to the disk. Vacuum gives the page back.
 */
const PROBE = `insert into write_probe (filler) values (repeat('.', 6000)); delete from write_probe`;

const isLate = (error: unknown): boolean => /timeout/i.test(String((error as Error).message));

/**
 * Over one connection of its own, which is cut when no answer comes: a database that is frozen is never asked
 * by more than one.
 */
export function writeProbe(connectionString: string, patienceMs: number): WriteProbe {
  let client: pg.Client | null = null;

  async function connected(): Promise<pg.Client> {
    if (client !== null) return client;
    const made = new pg.Client({
      connectionString,
      connectionTimeoutMillis: patienceMs,
      query_timeout: patienceMs,
      application_name: 'liaison probe',
    });
    made.on('error', () => {});
    made.once('end', () => {
      if (client === made) client = null;
    });
    client = made;
    await made.connect();
    return made;
  }

  /** Without a word to the server, which may not be there to hear it. */
  function cut(): void {
    const broken = client;
    client = null;
    const { stream } =
      (broken as unknown as { connection?: { stream?: { destroy(): void } } } | null)?.connection ?? {};
    stream?.destroy();
  }

  async function write(): Promise<void> {
    const wasKept = client !== null;
    try {
      await (await connected()).query(PROBE);
    } catch (error) {
      cut();
      // A session that was ended meanwhile is no sign of a database that does not store.
      if (!wasKept || isLate(error)) throw error;
      await write();
    }
  }

  return {
    write,
    async close() {
      const last = client;
      client = null;
      await last?.end().catch(() => {});
    },
  };
}
