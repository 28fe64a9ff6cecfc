import type { VendorDesk } from './simulator.ts';

/** One desk for each account, so that what is remembered of a desk is remembered. */
const opened = new WeakMap<VendorDesk, Map<string, VendorDesk>>();

/**
 * A desk whose tables are one account's own, beside those of the vendor's first account, which have the plain
 * names: `contacts`, `contacts of claire.fontaine@atelier-lumen.example`.
 *
 * @param name of the account; null: the first one, whose desk is the vendor's itself.
 */
export function accountDesk(desk: VendorDesk, name: string | null): VendorDesk {
  if (name === null) return desk;
  const made = opened.get(desk) ?? new Map<string, VendorDesk>();
  opened.set(desk, made);
  const own = made.get(name) ?? {
    ...desk,
    table: (table, options) => desk.table(`${table} of ${name}`, options),
  };
  made.set(name, own);
  return own;
}
