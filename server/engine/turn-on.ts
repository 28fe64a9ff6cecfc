import type { Automation } from '../core/flow.ts';
import { looksAround, sourceOf } from '../core/trigger-of.ts';
import { ensureCursor, startCursor } from '../store/cursors.ts';
import type { Sql } from '../store/database.ts';
import { integrationsOf } from '../store/integrations.ts';

/**
 * An integration is turned on: a polled source goes on where it was read to, a sweep and a clock start now. What happened while
 * it was off was not to be done.
 */
export async function turnOn(
  sql: Sql,
  { organisationId, id }: { readonly organisationId: string; readonly id: string },
  flow: Automation,
): Promise<void> {
  const { trigger } = flow;
  if (!looksAround(flow)) return;
  if (trigger.kind === 'poll' && !trigger.beginsAnew) await ensureCursor(sql, organisationId, id);
  else await startCursor(sql, organisationId, id);
}

/** An account was disconnected: what happens there until it is connected again is not looked for. */
export async function forgetSweeps(
  sql: Sql,
  flows: ReadonlyMap<string, Automation>,
  {
    organisationId,
    connector,
    account,
  }: { organisationId: string; connector: string; account: { id: string } },
): Promise<void> {
  for (const { id, flow, roles } of await integrationsOf(sql, organisationId)) {
    const declared = flows.get(flow);
    if (declared === undefined || declared.trigger.kind === 'poll' || !looksAround(declared)) continue;
    if (sourceOf(declared, roles) !== connector) continue;
    const bound = roles.filter((one) => one.connector === connector);
    if (bound.length === 0 || bound.some(({ accountId }) => accountId === account.id))
      await startCursor(sql, organisationId, id);
  }
}
