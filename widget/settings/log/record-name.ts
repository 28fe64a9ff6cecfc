import type { RunSummary } from '../../../server/api/contract.ts';
import type { Label } from '../../../server/core/label.ts';

/** What a record is called in a list: its label; without one the id that people know it by, or what it is. */
export function recordName(record: RunSummary['record'], say: (label: Label) => string): string {
  if (record.label !== null) return say(record.label);
  return record.knownById || record.titles === null ? record.id : say(record.titles);
}
