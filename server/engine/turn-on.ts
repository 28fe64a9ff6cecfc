import type { Automation } from '../core/flow.ts';
import { looksAround, sidesOf, sourceOf } from '../core/trigger-of.ts';
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
  else for (const { side } of sidesOf(flow)) await startCursor(sql, organisationId, id, side);
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
    const bound = roles.filter((one) => one.connector === connector);
    const isMeant = bound.length === 0 || bound.some(({ accountId }) => accountId === account.id);
    for (const one of sidesOf(declared))
      if (isMeant && sourceOf(one.flow, roles) === connector)
        await startCursor(sql, organisationId, id, one.side);
  }
}
