import pg from 'pg';
import { noteDatabaseFailure } from './database-failure.ts';

/** Runs SQL. Inside `transaction` the same shape is bound to one connection. */
export interface Sql {
  /**
   * Rows of one statement; values travel as parameters, never inside the text.
   *
   * @param name given to a statement that is asked again and again: PostgreSQL plans it once per connection.
   */
  query<Row = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
    name?: string,
  ): Promise<Row[]>;
}

export interface Database extends Sql {
  /**
   * Statements by themselves whose commit does not wait for the disk: for what is simply done again if PostgreSQL
   * itself crashes within a second of it (a taken run, a settled run).
   */
  readonly repeatable: Sql;
  /**
   * Commits when `work` resolves, rolls back when it rejects.
   *
   * @param options `repeatable`: the commit does not wait for the disk. Only for work that is simply done
   *   again if PostgreSQL itself crashes within a second of it (a taken job, a settled run). `onLost`: called
   *   when the connection dies meanwhile, and with it every lock that the transaction held.
   */
  transaction<T>(
    work: (sql: Sql) => Promise<T>,
    options?: { readonly repeatable?: true; readonly onLost?: () => void },
  ): Promise<T>;
  /** A connection of its own, outside the pool, for LISTEN and for locks that live as long as it does. */
  dedicated(): Promise<pg.Client>;
  close(): Promise<void>;
}

/** One gives events their runs, one takes and one settles. */
const REPEATABLE_AT_ONCE = 3;

// bigint ids come back as strings by default, which is what we want: ids are strings.
/** What every session asks for: a machine that vanished from the network is noticed within about eleven seconds. */
export const TCP_KEEPALIVE =
  '-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3';

/**
 * Opens a pool on one PostgreSQL.
 *
 * @param connectionString `postgres://…`, any PostgreSQL from 14 on.
 */
export function openDatabase(
  connectionString: string,
  options: { max?: number; onError: (error: Error) => void },
): Database {
  const config: pg.PoolConfig = {
    connectionString,
    max: options.max ?? 12,
    options: TCP_KEEPALIVE,
    application_name: 'liaison',
  };
  const pool = new pg.Pool(config);
  const repeatable = new pg.Pool({
    ...config,
    max: REPEATABLE_AT_ONCE,
    // The tables of the queue are empty one moment and deep the next: a plan for the one must do for the other.
    options: `${TCP_KEEPALIVE} -c synchronous_commit=off -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off`,
  });
  let closed = false;
  // The pool does not wait for its connections to end: a database that stops meanwhile says so on them.
  for (const one of [pool, repeatable])
    one.on('error', (error) => {
      if (!closed) options.onError(error);
    });

  const noted = (error: unknown): never => {
    throw noteDatabaseFailure(error);
  };
  const bind = (client: pg.Pool | pg.PoolClient): Sql => ({
    async query<Row>(text: string, values: readonly unknown[] = [], name?: string) {
      // Several statements in one text give several results: their rows come one after the other.
      const result: pg.QueryResult | pg.QueryResult[] = await (name === undefined
        ? client.query(text, values as unknown[])
        : client.query({ name, text, values: values as unknown[] })
      ).catch(noted);
      return (Array.isArray(result) ? result.flatMap((one) => one.rows) : result.rows) as Row[];
    },
  });

  return {
    ...bind(pool),
    repeatable: bind(repeatable),
    async transaction(work, options) {
      const client = await (options?.repeatable === true ? repeatable : pool).connect().catch(noted);
      let broken: Error | undefined;
      // A connection that dies between two statements says so by an event, which ends the process if nobody listens.
      const onBroken = (error: Error): void => {
        broken = error;
        options?.onLost?.();
      };
      client.on('error', onBroken);
      try {
        await client.query('begin').catch(noted);
        const result = await work(bind(client));
        await client.query('commit').catch(noted);
        return result;
      } catch (error) {
        await client.query('rollback').catch((rollbackError: Error) => {
          broken = rollbackError;
        });
        throw error;
      } finally {
        client.off('error', onBroken);
        client.release(broken);
      }
    },
    async dedicated() {
      const client = new pg.Client({ connectionString, options: TCP_KEEPALIVE, application_name: 'liaison' });
      client.on('error', options.onError);
      await client.connect().catch(noted);
      return client;
    },
    async close() {
      closed = true;
      await Promise.all([pool.end(), repeatable.end()]);
    },
  };
}
