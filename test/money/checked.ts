import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkMoney } from '../../server/engine/money/check.ts';
import { moneyPairs } from '../../server/engine/money/pairs.ts';
import type { MoneyResult } from '../../server/engine/money/result.ts';
import { keepMoneyPair, type MoneyAccount, moneyAccountsOf } from '../../server/store/money-accounts.ts';
import { ORGANISATION } from '../engine/rig.ts';
import type { Money } from './rig.ts';

const never = new AbortController().signal;

/** Makes a check as the product does, over the rig's accounts. */
export async function check(
  { world, rig: { database } }: Pick<Money, 'world' | 'rig'>,
  {
    patienceMs,
    beatMs = 20,
    ending = never,
    now,
  }: { patienceMs?: number; beatMs?: number; ending?: AbortSignal; now?: number } = {},
): Promise<MoneyAccount<MoneyResult>> {
  const [pairing] = await moneyPairs({ database, world }, ORGANISATION.id);
  if (pairing === undefined) throw new Error('nothing is held against anything');
  const id = await keepMoneyPair(database, ORGANISATION.id, pairing.pair, randomUUID());
  const timing = {
    now: () => now ?? Date.now(),
    random: Math.random,
    pause: (ms: number, signal?: AbortSignal) =>
      sleep(ms, undefined, signal ? { signal } : {}).catch(() => {}),
  };
  await checkMoney(
    { database, world, timing, beatMs, ...(patienceMs === undefined ? {} : { patienceMs }) },
    { id, organisationId: ORGANISATION.id },
    pairing,
    ending,
  );
  const [account] = await moneyAccountsOf<MoneyResult>(database, ORGANISATION.id);
  if (account === undefined) throw new Error('the account is gone');
  return account;
}

/** What a check found, in one line each: `edited 900 EUR`. */
export const told = ({ result }: MoneyAccount<MoneyResult>): string[] =>
  (result?.differences ?? []).map(({ reason, minor, currency }) => `${reason} ${minor} ${currency}`).sort();

/** What the two sides differ by, by currency. */
export function apart({ result }: MoneyAccount<MoneyResult>): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { currency, differenceMinor } of result?.days ?? [])
    sums[currency] = (sums[currency] ?? 0) + differenceMinor;
  return sums;
}
