import type { SideRecord, WriteOutcome } from '../core/sync-object.ts';

/** The outcome of a write after which the vendor holds this, of the fields that were written. */
export const storedAs = ({ id, version, values }: SideRecord): WriteOutcome & { ok: true } => ({
  ok: true,
  id,
  version,
  values,
});
