import { dayIn } from '../../core/day-in.ts';
import type { Log } from '../../core/log.ts';
import {
  forgetMoneyPairs,
  keepMoneyPair,
  type MoneyAccount,
  moneyAccount,
  moneyAccountsByAge,
  moneyPairsOf,
} from '../../store/money-accounts.ts';
import { organisationsWith } from '../../store/money-knowledge.ts';
import type { IfFree } from '../exclusive.ts';
import { type CheckParts, checkMoney } from './check.ts';
import { keyOf, moneyPairs, type Pairing } from './pairs.ts';

/** In the organisation's zone: the day before is over everywhere, and nobody works yet. */
const NIGHT_HOUR = 3;
/** A check that failed is tried again after this long by itself. */
const AGAIN_AFTER_MS = 3_600_000;
/** A process that makes a check says so every second. */
const DEAD_AFTER_MS = 60_000;
/** Checks that one process makes at once. */
const CHECKS_AT_ONCE = 3;
/** How often it is looked for accounts to be checked. */
const PAIRS_EVERY_MS = 60_000;

export interface MoneyParts extends CheckParts {
  readonly ifFree: IfFree;
  readonly log: Log;
  readonly newId: () => string;
  /** Aborted when this process is to stop. */
  readonly ending: AbortSignal;
}

export interface MoneyRounds {
  /** Makes every check that is due or asked for; called while it is at it, it is the same round. */
  round(): Promise<void>;
  /** Makes those that were asked for in an organisation, whatever the round is at. */
  asked(organisationId: string): Promise<void>;
  /** The organisation's accounts that are kept, as its integrations now have them, each with its id. Changes nothing. */
  pairsOf(organisationId: string): Promise<ReadonlyMap<string, Pairing>>;
  /** The same, after each that its integrations have is kept; forgets none. */
  keepPairs(organisationId: string): Promise<ReadonlyMap<string, Pairing>>;
}

type Aged = Omit<MoneyAccount, 'result'>;

/** Whether a check is to be made now. */
function isDue(account: Aged, timeZone: string, now: number): boolean {
  const isUnderWay = account.beatAt !== null && now - account.beatAt.getTime() < DEAD_AFTER_MS;
  if (isUnderWay) return false;
  if (account.askedAt !== null) return true;
  if (account.failedAt !== null && now - account.failedAt.getTime() < AGAIN_AFTER_MS) return false;
  const nightOf = (moment: number): string => dayIn(timeZone, moment - NIGHT_HOUR * 3_600_000);
  // One that nobody asked for yet is first looked at in the night, with all the others.
  const since = account.checkedAt ?? account.keptAt;
  return nightOf(since.getTime()) < nightOf(now);
}

export function moneyRounds(parts: MoneyParts): MoneyRounds {
  const { database, world, timing, log, ifFree } = parts;
  let pairsAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | null = null;

  async function pairsOf(organisationId: string): Promise<ReadonlyMap<string, Pairing>> {
    const [pairings, kept] = await Promise.all([
      moneyPairs({ database, world }, organisationId),
      moneyPairsOf(database, organisationId),
    ]);
    const ids = new Map(kept.map((pair) => [keyOf(pair), pair.id]));
    return new Map(
      pairings.flatMap((pairing) => {
        const id = ids.get(keyOf(pairing.pair));
        return id === undefined ? [] : [[id, pairing]];
      }),
    );
  }

  async function keepPairs(organisationId: string): Promise<ReadonlyMap<string, Pairing>> {
    const kept = new Map<string, Pairing>();
    for (const pairing of await moneyPairs({ database, world }, organisationId))
      kept.set(await keepMoneyPair(database, organisationId, pairing.pair, parts.newId()), pairing);
    return kept;
  }

  /** Keeps every account that is booked now, and lets go of those that are not any more. */
  async function everyPair(): Promise<void> {
    const flows = world.flows.filter(({ booking }) => booking !== undefined).map(({ id }) => id);
    for (const organisationId of await organisationsWith(database, flows)) {
      // Looked for first: what somebody adds while the integrations are read is none of those that may be gone.
      const before = await moneyPairsOf(database, organisationId);
      const kept = await keepPairs(organisationId);
      const gone = before.flatMap(({ id }) => (kept.has(id) ? [] : [id]));
      if (gone.length > 0) await forgetMoneyPairs(database, organisationId, gone);
    }
  }

  async function everyPairNowAndThen(): Promise<void> {
    if (timing.now() - pairsAt < PAIRS_EVERY_MS) return;
    pairsAt = timing.now();
    await ifFree('money pairs', everyPair);
  }

  async function checkIfDue(account: Aged): Promise<void> {
    const { organisationId, id } = account;
    if (parts.ending.aborted) return;
    const { timeZone } = await world.organisation(organisationId);
    if (!isDue(account, timeZone, timing.now())) return;
    const pairing = (await pairsOf(organisationId)).get(id);
    if (pairing === undefined) return;
    await ifFree(`money ${id}`, async (lost) => {
      // Another process may have made it between the list and the lock.
      const still = await moneyAccount(database, organisationId, id);
      if (still === null || !isDue(still, timeZone, timing.now())) return;
      await checkMoney(parts, account, pairing, AbortSignal.any([parts.ending, lost]));
      log.info({ organisationId, account: id }, 'money was checked');
    });
  }

  /** Some at once: a vendor that does not answer keeps no other account waiting. */
  async function checkAll(accounts: readonly Aged[]): Promise<void> {
    const left = [...accounts];
    const hand = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await checkIfDue(next);
    };
    await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, hand));
  }

  async function once(): Promise<void> {
    await everyPairNowAndThen();
    await checkAll(await moneyAccountsByAge(database, null));
  }

  return {
    pairsOf,
    keepPairs,
    round() {
      underWay ??= once().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    async asked(organisationId) {
      const all = await moneyAccountsByAge(database, organisationId);
      await checkAll(all.filter(({ askedAt }) => askedAt !== null));
    },
  };
}
