import type { Request } from 'express';
import { users } from '../company/index.ts';
import { bodyOf } from '../core/body.ts';
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

/** What a call costs: a query by its limit, a write by its records, anything else one. */
export function costOf(request: Request): number {
  const json = bodyOf(request).json as { select_query?: unknown; data?: unknown } | undefined;
  if (typeof json?.select_query === 'string') {
    const limit = Number(/\blimit\s+(\d+)/i.exec(json.select_query)?.[1] ?? 0);
    return limit > 1_000 ? 3 : limit > 200 ? 2 : 1;
  }
  return Array.isArray(json?.data) ? Math.max(1, Math.ceil(json.data.length / 10)) : 1;
}

/**
 * Takes credits. Answers the headers that tell what is left, which the CRM sends from the half on; throws
 * a 429 when none is left.
 */
export function spend(desk: VendorDesk, cost: number): Record<string, string> {
  const now = desk.clock().getTime();
  const held = spentBy.get(desk);
  const { since, credits } = held && now - held.since < DAY_MS ? held : { since: now, credits: 0 };
  const budget = CREDITS_PER_DAY * desk.limitFactor;
  if (credits >= budget) throw new CrmFailure(429, bodyOfStatus(429));
  const spent = credits + cost;
  spentBy.set(desk, { since, credits: spent });
  return spent >= budget / 2 ? { 'X-API-CREDITS-REMAINING': String(Math.max(0, budget - spent)) } : {};
}
