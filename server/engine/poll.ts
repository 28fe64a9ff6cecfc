import type { Connector } from '../core/connector.ts';
import { asLiaisonError } from '../core/errors.ts';
import type { Automation, PollTrigger } from '../core/flow.ts';
import {
  type CursorRow,
  dueCursors,
  moveCursor,
  postponeCursor,
  resetCursor,
  stillDue,
} from '../store/cursors.ts';
import type { Database } from '../store/database.ts';
import { insertEvents } from '../store/inbox.ts';
import type { IfFree } from './exclusive.ts';
import type { Timing, World } from './ports.ts';
import { storedError } from './stored-error.ts';

const LOOKED_AT = 20;
const PATIENCE_SECONDS = 60;

interface PollParts {
  readonly database: Database;
  readonly world: World;
  readonly timing: Timing;
  readonly ifFree: IfFree;
  /** Aborted when this process has waited long enough for what it has in hand. */
  readonly ending: AbortSignal;
}

type Polled = Automation & { readonly trigger: PollTrigger<unknown> };

const isPolled = (flow: Automation): flow is Polled => flow.trigger.kind === 'poll';

async function poll(parts: PollParts, row: CursorRow, flow: Polled): Promise<number> {
  const { trigger } = flow;
  const connector = parts.world.connectors.get(trigger.connector);
  if (connector === undefined) throw new Error(`unknown connector ${trigger.connector}`);
  const stored = (await parts.world.flowRows(row.organisationId)).find((one) => one.flow === row.flow);
  const settings = flow.settings.parse(stored?.settings ?? {});
  const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE_SECONDS * 1_000), parts.ending]);
  const open = async <Client>(one: Connector<Client>): Promise<Client> =>
    one.client(await parts.world.open(row.organisationId, one, { onExchange: () => {}, signal }));
  const client = await open(connector);
  const result = await trigger.poll({ client: () => client as never, open, settings, cursor: row.cursor });
  return parts.database.transaction(async (sql) => {
    const moved = await moveCursor(sql, row, result.cursor, trigger.everySeconds(settings));
    if (!moved) return 0;
    return insertEvents(
      sql,
      result.events.map((event) => ({
        organisationId: row.organisationId,
        connectionId: null,
        connector: trigger.connector,
        eventKey: `${row.flow} ${event.key}`,
        topic: row.flow,
        recordId: event.recordId,
        contentType: 'application/json',
        body: JSON.stringify(event.body),
      })),
      [`${trigger.connector} ${row.flow}`],
    );
  });
}

async function pollOrPostpone(parts: PollParts, row: CursorRow, flow: Polled): Promise<number> {
  try {
    return await poll(parts, row, flow);
  } catch (thrown) {
    // Cut off by a stop, not by the vendor: the source stays due for whoever polls next.
    if (parts.ending.aborted) return 0;
    const error = asLiaisonError(thrown);
    if (error.kind === 'cursor-lost') await resetCursor(parts.database, row);
    else {
      const told =
        error.details.retryAt === undefined ? 0 : (error.details.retryAt - parts.timing.now()) / 1_000;
      await postponeCursor(parts.database, row, storedError(error), Math.max(told, 15));
    }
    return 0;
  }
}

/**
 * Polls the source that waits longest, if one is due that no other process has in hand: what it found and
 * the new cursor are one transaction.
 *
 * @returns null when nothing was to be polled, else how many events it brought.
 */
export async function pollOnce(parts: PollParts): Promise<number | null> {
  const flows = parts.world.flows.filter(isPolled);
  const ids = flows.map(({ id }) => id);
  for (const due of await dueCursors(parts.database, ids, LOOKED_AT)) {
    const flow = flows.find(({ id }) => id === due.flow);
    if (flow === undefined) continue;
    let found = 0;
    // A process that dies at it lets go at once, so that the next one need not wait for anything.
    const mine = await parts.ifFree(`poll ${due.organisationId} ${due.flow}`, async () => {
      // Another process may have polled it between the look and the lock.
      const row = await stillDue(parts.database, due);
      if (row !== null) found = await pollOrPostpone(parts, row, flow);
    });
    if (mine) return found;
  }
  return null;
}
