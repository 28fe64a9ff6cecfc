import type { Automation } from '../core/flow.ts';
import { ensureCursor, startCursor } from '../store/cursors.ts';
import type { Sql } from '../store/database.ts';

/**
 * A flow is turned on: a polled source goes on where it was read to, a sweep starts now. What happened while the
 * flow was off was not to be done.
 */
export async function turnOn(sql: Sql, organisationId: string, { id, trigger }: Automation): Promise<void> {
  if (trigger.kind === 'poll') await ensureCursor(sql, organisationId, id);
  else await startCursor(sql, organisationId, id);
}

/** An account was disconnected: what happens until one is connected again, which may be another one, is not looked for. */
export async function forgetSweeps(
  sql: Sql,
  flows: ReadonlyMap<string, Automation>,
  { organisationId, connector }: { organisationId: string; connector: string },
): Promise<void> {
  for (const { id, trigger } of flows.values()) {
    if (trigger.kind === 'event' && trigger.connector === connector)
      await startCursor(sql, organisationId, id);
  }
}
