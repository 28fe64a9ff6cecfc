import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MoneyRounds, moneyRounds } from '../../server/engine/money/rounds.ts';
import type { Money } from './rig.ts';

/** The product's rounds over the rig's accounts, each by a process of its own. @param now the moment that it takes for now. */
export function roundsOver(
  { rig, world, engine }: Pick<Money, 'rig' | 'world' | 'engine'>,
  now: () => number = Date.now,
): MoneyRounds {
  return moneyRounds({
    database: rig.database,
    world,
    timing: {
      now,
      random: Math.random,
      pause: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}).catch(() => {}),
    },
    beatMs: 20,
    ifFree: engine.ifFree,
    log: { info() {}, warn() {}, error() {} },
    newId: randomUUID,
    ending: new AbortController().signal,
  });
}
