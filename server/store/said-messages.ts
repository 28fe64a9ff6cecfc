import type { Sql } from './database.ts';
import type { IntegrationKey } from './integrations.ts';

export type SaidMessage =
  /** In this caller's hand. `isAgain`: an earlier try may have reached the vendor. */
  | { readonly state: 'mine'; readonly marker: string; readonly isAgain: boolean; readonly begunAt: Date }
  | { readonly state: 'said'; readonly messageId: string }
  /** In another's hand. */
  | { readonly state: 'busy' };

/** How long a name is remembered. */
const KEPT_DAYS = 30;

/** Takes a message in hand, under the name that its caller gave it. */
export async function takeSaidMessage(
  sql: Sql,
  { organisationId, integration }: IntegrationKey,
  wish: { readonly key: string; readonly marker: string; readonly leaseSeconds: number },
): Promise<SaidMessage> {
  await sql.query(`delete from said_messages where begun_at < now() - make_interval(days => $1)`, [
    KEPT_DAYS,
  ]);
  const key = [organisationId, integration, wish.key];
  const [mine] = await sql.query<{ marker: string; begunAt: Date }>(
    `insert into said_messages as m (organisation_id, integration, key, marker, taken_until)
     values ($1, $2, $3, $4, now() + make_interval(secs => $5))
     on conflict (organisation_id, integration, key) do update set taken_until = excluded.taken_until
       where m.message_id is null and m.taken_until < now()
     returning marker, begun_at as "begunAt"`,
    [...key, wish.marker, wish.leaseSeconds],
  );
  if (mine !== undefined) return { state: 'mine', isAgain: mine.marker !== wish.marker, ...mine };
  const [held] = await sql.query<{ messageId: string | null }>(
    `select message_id as "messageId" from said_messages where organisation_id = $1 and integration = $2 and key = $3`,
    key,
  );
  return held?.messageId == null ? { state: 'busy' } : { state: 'said', messageId: held.messageId };
}

/** It is there; or, with null, it may be, and whoever asks again looks first. */
export async function settleSaidMessage(
  sql: Sql,
  { organisationId, integration }: IntegrationKey,
  key: string,
  messageId: string | null,
): Promise<void> {
  await sql.query(
    `update said_messages set message_id = $4, taken_until = now() - interval '1 second'
     where organisation_id = $1 and integration = $2 and key = $3`,
    [organisationId, integration, key, messageId],
  );
}
