import type { Sql } from './database.ts';
import type { InboxRow } from './inbox.ts';

/**
 * The newest answers to forms that were delivered to a connection and whose bodies are still kept, newest first. The
 * topic stands as it is, so that the index of these alone is used.
 */
export function receivedBy(
  sql: Sql,
  connectionId: string,
  most: number,
): Promise<Pick<InboxRow, 'topic' | 'recordId' | 'contentType' | 'body' | 'receivedAt'>[]> {
  return sql.query(
    `select i.topic, i.record_id as "recordId", i.content_type as "contentType", b.body, i.received_at as "receivedAt"
     from inbox i join event_bodies b on b.event_id = i.id and b.received_at = i.received_at
     where i.connection_id = $1 and i.topic = 'answer' order by i.id desc limit $2`,
    [connectionId, most],
    'received-by',
  );
}
