import type { SignatureScheme, Subscription } from '../core/connector.ts';
import type { Sql } from './database.ts';

/** One standing order of ours at a vendor: deliver these topics to this address. */
export interface SubscriptionRow {
  readonly connectionId: string;
  readonly vendorId: string;
  readonly kind: SignatureScheme['kind'];
  readonly url: string;
  readonly topics: readonly string[];
  readonly expiresAt: Date | null;
  /** Less than a third of its life is left. */
  readonly isDue: boolean;
}

const COLUMNS = `connection_id as "connectionId", vendor_id as "vendorId", kind, url, topics, expires_at as "expiresAt",
  coalesce(clock_timestamp() > expires_at - (expires_at - created_at) / 3, false) as "isDue"`;

export async function listSubscriptions(sql: Sql, connectionId: string): Promise<SubscriptionRow[]> {
  return sql.query<SubscriptionRow>(
    `select ${COLUMNS} from subscriptions where connection_id = $1 order by vendor_id`,
    [connectionId],
  );
}

/** Makes the stored subscriptions of a connection be exactly these. Their lives count from now. */
export async function replaceSubscriptions(
  sql: Sql,
  connectionId: string,
  wish: { url: string; topics: readonly string[]; subscriptions: readonly Subscription[] },
): Promise<void> {
  await sql.query('delete from subscriptions where connection_id = $1', [connectionId]);
  for (const { vendorId, kind, expiresAt } of wish.subscriptions) {
    await sql.query(
      `insert into subscriptions (connection_id, vendor_id, kind, url, topics, expires_at, created_at)
       values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), clock_timestamp())
       on conflict (connection_id, vendor_id) do nothing`,
      [connectionId, vendorId, kind, wish.url, wish.topics, expiresAt ?? null],
    );
  }
}
