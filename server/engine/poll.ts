import { asLiaisonError } from '../core/errors.ts';
import type { PollTrigger } from '../core/flow.ts';
import { type CursorRow, moveCursor, postponeCursor, resetCursor, takeDueCursor } from '../store/cursors.ts';
import type { Database } from '../store/database.ts';
import { insertEvents } from '../store/inbox.ts';
import type { Timing, World } from './ports.ts';
import { storedError } from './stored-error.ts';

/** While one process polls a source no other does; one that dies at it leaves the source free after this. */
const HOLD_SECONDS = 120;
const PATIENCE_SECONDS = 60;

interface PollParts {
  readonly database: Database;
  readonly world: World;
  readonly timing: Timing;
}

async function poll(
  parts: PollParts,
  row: CursorRow,
  trigger: PollTrigger<unknown>,
  settings: unknown,
): Promise<number> {
  const connector = parts.world.connectors.get(trigger.connector);
  if (connector === undefined) throw new Error(`unknown connector ${trigger.connector}`);
  const http = await parts.world.open(row.organisationId, connector, {
    onExchange: () => {},
    signal: AbortSignal.timeout(PATIENCE_SECONDS * 1_000),
  });
  const client = connector.client(http);
  const result = await trigger.poll({ client: () => client as never, settings, cursor: row.cursor });
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

/**
 * Polls one due source, if there is one: what it found and the new cursor are one transaction.
 *
 * @returns null when nothing was due, else how many events it brought.
 */
export async function pollOnce(parts: PollParts): Promise<number | null> {
  const row = await takeDueCursor(parts.database, HOLD_SECONDS);
  if (row === null) return null;
  const flow = parts.world.flows.find((candidate) => candidate.id === row.flow);
  if (flow?.trigger.kind !== 'poll') return 0;
  try {
    const stored = (await parts.world.flowRows(row.organisationId)).find(
      (candidate) => candidate.flow === row.flow,
    );
    return await poll(parts, row, flow.trigger, flow.settings.parse(stored?.settings ?? {}));
  } catch (thrown) {
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
