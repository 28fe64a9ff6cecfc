import type { Request } from 'express';

/** How often a vendor was asked, whatever it answered. */
export interface VendorCalls {
  readonly total: number;
  /** By method and path, where every id is `{id}`: `GET /crm/v8/Contacts/{id}`. */
  readonly by: Readonly<Record<string, number>>;
}

/** Counts requests since the start, so that what a piece of work cost is a difference of two looks. */
export interface Calls {
  count(vendor: string, request: Pick<Request, 'method' | 'path'>): void;
  show(): Record<string, VendorCalls>;
}

/** A part of a path that holds this many digits is an id of something. */
const ID = /[^/:]*\d{6}[^/:]*/g;

export function openCalls(): Calls {
  const counts = new Map<string, Map<string, number>>();
  return {
    count(vendor, { method, path }) {
      const by = counts.get(vendor) ?? new Map<string, number>();
      counts.set(vendor, by);
      const name = `${method} ${path.replace(ID, '{id}')}`;
      by.set(name, (by.get(name) ?? 0) + 1);
    },
    show: () =>
      Object.fromEntries(
        [...counts].map(([vendor, by]) => {
          const total = [...by.values()].reduce((sum, one) => sum + one, 0);
          return [vendor, { total, by: Object.fromEntries(by) }] as const;
        }),
      ),
  };
}
