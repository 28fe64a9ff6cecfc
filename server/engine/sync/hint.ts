import type { Sync } from '../../core/sync-flow.ts';
import type { Sql } from '../../store/database.ts';
import type { InboxRow } from '../../store/inbox.ts';
import { addHints, type Hint, SOMETHING } from '../../store/sync-hints.ts';
import { wakeSyncs } from '../../store/syncs.ts';
import { SIDES } from './work.ts';

/**
 * An event of a synced object is a hint: however many there are, the side is asked once what changed.
 * Belongs in the transaction that marks the events as dispatched.
 */
export async function hint(
  sql: Sql,
  syncs: readonly Sync[],
  rows: readonly Pick<InboxRow, 'organisationId' | 'connector' | 'topic' | 'recordId'>[],
): Promise<void> {
  const hints: Hint[] = rows.flatMap(({ organisationId, connector, topic, recordId }) =>
    syncs.flatMap((sync) =>
      SIDES.filter((side) => {
        const { object } = sync[side];
        return object.connector.id === connector && object.topics.includes(topic);
      }).map((side) => ({ organisationId, flow: sync.id, side, recordId: recordId ?? SOMETHING })),
    ),
  );
  if (hints.length === 0) return;
  await addHints(sql, hints);
  await wakeSyncs(
    sql,
    hints.map(({ organisationId, flow }) => ({ organisationId, flow })),
  );
}
