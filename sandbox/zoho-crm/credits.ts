import { users } from '../company/index.ts';
import type { VendorDesk } from '../core/simulator.ts';
import { bodyOfStatus, CrmFailure } from './failure.ts';

/** Enterprise edition: https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html */
const CREDITS_PER_DAY = 50_000 + 1_000 * users.length;
const DAY_MS = 86_400_000;

interface Spent {
  readonly since: number;
  readonly credits: number;
}

// In memory: a restart forgives what was spent, which no caller can come to depend on.
const spentBy = new WeakMap<VendorDesk, Spent>();

/**
 * Takes one credit. Answers the headers that tell what is left, which the CRM sends from the half on; throws
 * a 429 when none is left.
 */
export function spend(desk: VendorDesk): Record<string, string> {
  const now = desk.clock().getTime();
  const held = spentBy.get(desk);
  const { since, credits } = held && now - held.since < DAY_MS ? held : { since: now, credits: 0 };
  const budget = CREDITS_PER_DAY * desk.limitFactor;
  if (credits >= budget) throw new CrmFailure(429, bodyOfStatus(429));
  spentBy.set(desk, { since, credits: credits + 1 });
  return credits + 1 >= budget / 2 ? { 'X-API-CREDITS-REMAINING': String(budget - credits - 1) } : {};
}
