import type { Connector } from '../core/connector.ts';
import { asLiaisonError } from '../core/errors.ts';
import { type Automation, triggerRole } from '../core/flow.ts';
import { nobodyChose } from '../core/nobody-chose.ts';
import { roleOf } from '../core/roles.ts';
import {
  isWanted,
  looksAround,
  OFFERED_SWEEP_SECONDS,
  sidesOf,
  sourceOf,
  triggerAt,
} from '../core/trigger-of.ts';
import {
  type CursorRow,
  dueCursors,
  moveCursor,
  postponeCursor,
  resetCursor,
  stillDue,
} from '../store/cursors.ts';
import type { Database } from '../store/database.ts';
import { awaitedAmong, awaitsAny } from '../store/filter-memory.ts';
import { hasOpenRun } from '../store/queue.ts';
import type { IfFree } from './exclusive.ts';
import { accountOf, integrationOf } from './integration-of.ts';
import { isOwnTrouble } from './own-trouble.ts';
import type { Timing, World } from './ports.ts';
import { lookingAt } from './source.ts';
import { storedError } from './stored-error.ts';

const LOOKED_AT = 20;
const PATIENCE_SECONDS = 60;
const SHORTEST_PAUSE_SECONDS = 15;

export interface PollParts {
  readonly database: Database;
  readonly world: World;
  readonly timing: Timing;
  readonly ifFree: IfFree;
  /** Seconds between the looks of sweeps; null: as each declares. */
  readonly sweepSeconds: number | null;
  /** What sweeps leave to their next look, because it is younger. */
  readonly graceMs: number;
  /** Aborted when this process has waited long enough for what it has in hand, or no longer holds the source. */
  readonly ending: AbortSignal;
}

/** The role in which a connector's account is meant: the one that is looked at may have a role of any connector. */
const roleIn = (flow: Automation, one: Connector, source: Connector): string =>
  one.id === source.id ? triggerRole(flow) : (roleOf(flow.roles, one.id) ?? '');

async function look(parts: PollParts, row: CursorRow, flow: Automation): Promise<number> {
  const integration = await integrationOf(parts.world, row.organisationId, row.integration);
  if (integration === null) return 0;
  const settings = flow.settings.parse(integration.settings);
  if (!isWanted(flow, settings)) {
    await moveCursor(parts.database, row, null, OFFERED_SWEEP_SECONDS);
    return 0;
  }
  const from = sourceOf(flow, integration.roles);
  if (from === undefined) throw nobodyChose(flow.roles[triggerRole(flow)] ?? {});
  const connector = parts.world.connectors.get(from);
  const trigger = connector === undefined ? null : triggerAt(flow, connector);
  if (connector === undefined || trigger === null || trigger.kind === 'asked')
    throw new Error(`${flow.id} is not begun by ${from}`);
  const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE_SECONDS * 1_000), parts.ending]);
  const way = (one: Connector) =>
    parts.world.open(accountOf(integration, roleIn(flow, one, connector)), one, {
      onExchange: () => {},
      signal,
    });
  const open = async <Client>(one: Connector<Client>): Promise<Client> => one.client(await way(one as never));
  const http = await way(connector);
  const client = connector.client(http);
  const source = lookingAt(trigger, parts);
  const account = http.account.id;
  const { database } = parts;
  const awaits = integration.filter
    ? {
        any: () => awaitsAny(database, row),
        among: (ids: readonly string[]) => awaitedAmong(database, row, ids),
      }
    : null;
  const organisation = await parts.world.organisation(row.organisationId);
  const found = await source.look({
    ...{ client: () => client as never, open, settings, row, account, awaits, organisation },
    isOpen: (recordId) => hasOpenRun(database, { ...row, recordId }),
  });
  return parts.database.transaction(async (sql) => {
    const moved = await moveCursor(sql, row, found.cursor, found.more ? 0 : source.everySeconds(settings));
    return moved ? found.store(sql) : 0;
  });
}

async function lookOrPostpone(parts: PollParts, row: CursorRow, flow: Automation): Promise<number> {
  try {
    return await look(parts, row, flow);
  } catch (thrown) {
    // Cut off by a stop, not by the vendor: the source stays due for whoever looks next.
    if (parts.ending.aborted) return 0;
    // Our own database was away: nothing was read wrong, and the source stays due.
    if (isOwnTrouble(thrown)) throw thrown;
    const error = asLiaisonError(thrown);
    if (error.kind === 'cursor-lost') await resetCursor(parts.database, row);
    else {
      const told =
        error.details.retryAt === undefined ? 0 : (error.details.retryAt - parts.timing.now()) / 1_000;
      await postponeCursor(parts.database, row, storedError(error), Math.max(told, SHORTEST_PAUSE_SECONDS));
    }
    return 0;
  }
}

/**
 * Looks at the source that waits longest, if one is due that no other process has in hand: what it found and
 * the new cursor are one transaction. A source is what a flow polls, or what it sweeps for lost webhooks.
 *
 * @returns null when nothing was to be looked at, else how many events it brought.
 */
export async function pollOnce(parts: PollParts): Promise<number | null> {
  const { flows } = parts.world;
  const ids = parts.world.flows.filter(looksAround).map(({ id }) => id);
  for (const due of await dueCursors(parts.database, ids, LOOKED_AT)) {
    const declared = flows.find(({ id }) => id === due.flow);
    const flow = declared && sidesOf(declared).find(({ side }) => side === due.side)?.flow;
    if (flow === undefined) continue;
    let found = 0;
    // A process that dies at it lets go at once, so that the next one need not wait for anything.
    const mine = await parts.ifFree(
      `poll ${due.organisationId} ${due.integration}${due.side === 'first' ? '' : ` ${due.side}`}`,
      async (lost) => {
        // Another process may have looked between the list and the lock.
        const row = await stillDue(parts.database, due);
        const ending = AbortSignal.any([parts.ending, lost]);
        // What is begun by now would be cut off at once.
        if (row !== null && !ending.aborted) found = await lookOrPostpone({ ...parts, ending }, row, flow);
      },
    );
    if (mine) return found;
  }
  return null;
}
