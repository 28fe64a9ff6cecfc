import type { RunSummary } from '../../../server/api/contract.ts';
import type { Sentence } from '../../../server/core/sentence.ts';

/** What a record is called in a list: its label; without one the id that people know it by, or what it is. */
export function recordName(record: RunSummary['record'], say: (sentence: Sentence) => string): string {
  if (record.label !== null) return record.label;
  return record.knownById || record.titles === null ? record.id : say(record.titles);
}
