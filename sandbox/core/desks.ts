import type { Deliveries } from './deliveries.ts';
import type { Faults } from './fault.ts';
import { digitSequences, randomId } from './identifiers.ts';
import type { Ledger } from './ledger.ts';
import type { Simulator, VendorDesk } from './simulator.ts';
import type { Tables } from './tables.ts';

/** Hands out one desk per simulator. Throws for a vendor that has no simulator. */
export function openDesks(
  simulators: readonly Simulator[],
  parts: {
    tables: Tables;
    ledger: Ledger;
    deliveries: Deliveries;
    faults: Faults;
    clock: () => Date;
    url: string;
    limitFactor: number;
  },
): (vendor: string) => VendorDesk {
  const { tables, ledger, deliveries, faults, clock, url, limitFactor } = parts;
  const digits = digitSequences(tables.table('sandbox', 'sequences', { kept: true }));
  const desks = new Map<string, VendorDesk>();
  const deskOf = (vendor: string): VendorDesk => {
    const desk = desks.get(vendor);
    if (!desk) throw new Error(`The sandbox has no simulator called "${vendor}".`);
    return desk;
  };
  for (const { vendor } of simulators) {
    desks.set(vendor, {
      vendor,
      table: (name, options) => tables.table(vendor, name, options),
      clock,
      id: randomId,
      digits,
      url: `${url}/${vendor}`,
      wrote: (entry) => ledger.add(vendor, entry),
      deliver: (delivery) => deliveries.queue(vendor, delivery),
      limitFactor,
      requestsPerMinute: () => faults.show(vendor)?.requestsPerMinute,
      lagMs: () => faults.show(vendor)?.lagMs ?? 0,
      other: deskOf,
    });
  }
  return deskOf;
}
