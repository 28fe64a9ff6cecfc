import type { Request } from 'express';
import { z } from 'zod';
import type { Table } from './simulator.ts';

const rate = z.number().min(0).max(1);

/**
 * What a vendor is asked to get wrong. Faults of requests and of deliveries may stand together;
 * `rate`, `count`, `methods` and `path` choose the requests.
 */
export const faultSchema = z.strictObject({
  /** Answer this status instead of doing the work. */
  status: z.number().int().min(200).max(599).optional(),
  /** Body of that answer: an object is sent as JSON, text as it is. Default: the vendor's own error body. */
  body: z.unknown().optional(),
  contentType: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** Value of `Retry-After`: seconds, or an HTTP date. */
  retryAfter: z.union([z.number(), z.string()]).optional(),
  /** Share of the chosen requests that fail; 1 when absent. */
  rate: rate.optional(),
  /** Only the next so many requests, then the fault is gone. */
  count: z.number().int().positive().optional(),
  methods: z.array(z.string()).optional(),
  /** Regular expression on the path below the vendor's prefix. */
  path: z.string().refine(isPattern, 'is no regular expression').optional(),
  /** Wait before anything is done. */
  latencyMs: z.number().min(0).optional(),
  /** Reset the connection before the work. */
  drop: z.boolean().optional(),
  /** Take the request and never answer, without doing the work. */
  hang: z.boolean().optional(),
  /** Do the work, then break the answer; `true`: reset the connection. */
  commitThenFail: z
    .union([
      z.enum(['reset', '500', 'timeout']),
      z.boolean().transform((wanted) => (wanted ? 'reset' : undefined)),
    ])
    .optional(),
  /** Do the work, then send only the first half of the answer's body, as if it were whole. */
  truncate: z.boolean().optional(),
  /** Do the work, then send the body one byte in so many milliseconds. */
  dripMs: z.number().min(1).optional(),
  /**
   * Do the work of a reading request (GET, and what `methods` names), then answer 200 with every list in the
   * answer empty and nothing more to come: what a lost permission looks like where a vendor hides it.
   */
  empty: z.boolean().optional(),
  /** Writes stay out of lists and of what changed for so long; for vendors whose reads lag behind. */
  lagMs: z.number().min(0).optional(),
  /** Send every webhook twice. */
  duplicate: z.boolean().optional(),
  /** Calls that the vendor takes in a minute, instead of its own number; for vendors that count by the minute. */
  requestsPerMinute: z.number().int().positive().optional(),
  /** The fault ends by itself after so many seconds. */
  forSeconds: z.number().positive().optional(),
  /** Hold webhooks back for random moments, so that they arrive in another order. */
  reorder: z.boolean().optional(),
  /** Lose this share of the webhooks for good, silently. */
  loseDeliveries: rate.optional(),
});

export type Fault = z.infer<typeof faultSchema>;

interface HeldFault {
  readonly fault: Fault;
  /** Requests still to fail; null: no end. */
  readonly left: number | null;
  /** Epoch milliseconds at which it ends by itself; absent: never. */
  readonly until?: number;
}

export interface Faults {
  set(vendor: string, fault: Fault): void;
  clear(vendor: string): void;
  show(vendor: string): Fault | null;
  /** The fault that this request meets, or null. Counts it down. */
  meet(vendor: string, request: Request): Fault | null;
}

export function openFaults(table: Table<HeldFault>, random: () => number, clock: () => Date): Faults {
  const held = (vendor: string): HeldFault | undefined => {
    const row = table.get(vendor);
    if (row?.until === undefined || row.until > clock().getTime()) return row;
    table.delete(vendor);
    return undefined;
  };
  return {
    set(vendor, fault) {
      const ends =
        fault.forSeconds === undefined ? {} : { until: clock().getTime() + fault.forSeconds * 1000 };
      table.put(vendor, { fault, left: fault.count ?? null, ...ends });
    },
    clear: (vendor) => void table.delete(vendor),
    show: (vendor) => held(vendor)?.fault ?? null,
    meet(vendor, request) {
      const row = held(vendor);
      if (!row || !touchesRequests(row.fault) || !chooses(row.fault, request)) return null;
      if (random() >= (row.fault.rate ?? 1)) return null;
      if (row.left === 1) table.delete(vendor);
      else if (row.left !== null) table.put(vendor, { ...row, left: row.left - 1 });
      return row.fault;
    },
  };
}

function touchesRequests(fault: Fault): boolean {
  const { status, latencyMs, drop, hang, commitThenFail, truncate, dripMs, empty } = fault;
  return [status, latencyMs, drop, hang, commitThenFail, truncate, dripMs, empty].some(
    (part) => part !== undefined && part !== false,
  );
}

function chooses(fault: Fault, request: Request): boolean {
  if (fault.methods && !fault.methods.some((method) => method.toUpperCase() === request.method)) return false;
  if (fault.empty && !fault.methods && request.method !== 'GET') return false;
  return fault.path === undefined || new RegExp(fault.path).test(request.path);
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
