import { asLiaisonError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { type Awaited, awaitedThings, waitingFor } from '../store/awaited.ts';
import type { Database } from '../store/database.ts';
import type { IfFree } from './exclusive.ts';
import { integrationOf } from './integration-of.ts';
import { openClients } from './open-clients.ts';
import { isOwnTrouble } from './own-trouble.ts';
import type { Timing, World } from './ports.ts';
import { replay } from './replay.ts';

export interface TakeUpParts {
  readonly database: Database;
  readonly world: World;
  readonly timing: Timing;
  readonly log: Log;
  readonly ifFree: IfFree;
  readonly ending: AbortSignal;
}

const PATIENCE_MS = 60_000;
const SHORTEST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 600_000;

/** Asked often at first, while somebody may be adding it, and every ten minutes in the end. */
const pauseOf = ({ forMs }: Awaited): number =>
  Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, forMs / 20));

/**
 * Runs that wait on the shelf for something that is missing at a vendor go on by themselves once it is there. It is the
 * vendor that is asked, once for all of them: a run that was only tried again would leave the shelf and come back to it,
 * and its alert with it.
 *
 * @returns what asks where it is due.
 */
export function takerUp(parts: TakeUpParts): () => Promise<void> {
  const asked = new Map<string, number>();
  return async () => {
    const things = await awaitedThings(parts.database);
    const keyOf = (one: Awaited): string => `${one.organisationId} ${one.integration} ${one.what}`;
    const current = new Set(things.map(keyOf));
    for (const key of asked.keys()) if (!current.has(key)) asked.delete(key);
    for (const one of things) {
      const last = asked.get(keyOf(one)) ?? Number.NEGATIVE_INFINITY;
      if (parts.ending.aborted || parts.timing.now() < last + pauseOf(one)) continue;
      asked.set(keyOf(one), parts.timing.now());
      await parts.ifFree(`awaited ${keyOf(one)}`, async (lost) => {
        if (!(await isThere(parts, one, AbortSignal.any([parts.ending, lost])))) return;
        await replay(parts, one.organisationId, waitingFor(one));
      });
    }
  };
}

async function isThere(parts: TakeUpParts, one: Awaited, ending: AbortSignal): Promise<boolean> {
  const { world, log } = parts;
  const flow = world.flows.find(({ id }) => id === one.flow);
  const integration = await integrationOf(world, one.organisationId, one.integration);
  if (flow?.isThere === undefined || integration === null) return false;
  const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), ending]);
  try {
    const accounts = await openClients(world, integration, flow, { onExchange: () => undefined, signal });
    return await flow.isThere(one.what, accounts);
  } catch (thrown) {
    if (isOwnTrouble(thrown)) throw thrown;
    const { kind, message } = asLiaisonError(thrown);
    const facts = { integration: one.integration, what: one.what, kind, reason: message };
    log.warn(facts, 'whether what runs wait for is there could not be asked');
    return false;
  }
}
