import { type SyncFlow, syncFor } from '../../core/sync-flow.ts';
import type { SyncObject } from '../../core/sync-object.ts';
import type { Sql } from '../../store/database.ts';
import type { InboxRow } from '../../store/inbox.ts';
import type { IntegrationRow } from '../../store/integrations.ts';
import { addHints, type Hint, SOMETHING } from '../../store/sync-hints.ts';
import { wakeSyncs } from '../../store/syncs.ts';
import { hears } from '../hears.ts';
import { SIDES } from './work.ts';

export interface HintParts {
  readonly syncs: readonly SyncFlow[];
  integrations(organisationId: string): Promise<readonly IntegrationRow[]>;
}

/**
 * An event of a synced object is a hint: however many there are, the side is asked once what changed.
 * Belongs in the transaction that marks the events as dispatched.
 */
export async function hint(
  sql: Sql,
  { syncs, integrations }: HintParts,
  rows: readonly (Pick<InboxRow, 'organisationId' | 'account' | 'connector' | 'topic' | 'recordId'> &
    Partial<Pick<InboxRow, 'connectionId'>>)[],
): Promise<void> {
  const hints: Hint[] = [];
  for (const row of rows) {
    const { organisationId, connector, topic, recordId } = row;
    const isOfIt = ({ connector: { id }, topics }: SyncObject) => id === connector && topics.includes(topic);
    const flows = new Map(syncs.flatMap((flow) => (flow.objects.some(isOfIt) ? [[flow.id, flow]] : [])));
    if (flows.size === 0) continue;
    for (const one of await integrations(organisationId)) {
      const flow = flows.get(one.flow);
      if (flow === undefined) continue;
      const sync = syncFor(flow, one);
      for (const side of SIDES) {
        if (isOfIt(sync[side].object) && hears(one, side, row))
          hints.push({ organisationId, integration: one.id, side, recordId: recordId ?? SOMETHING });
      }
    }
  }
  if (hints.length === 0) return;
  await addHints(sql, hints);
  await wakeSyncs(
    sql,
    hints.map(({ organisationId, integration }) => ({ organisationId, integration })),
  );
}
