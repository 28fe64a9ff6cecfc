import { byText } from './json-value.ts';
import type { SyncRules } from './mapping.ts';
import { matchGroup } from './match.ts';
import { mergePair } from './merge.ts';
import type { KnownRecord, Operation, PlanInput } from './plan.ts';
import { planCreate } from './plan-create.ts';
import { planLink } from './plan-links.ts';
import { rulesWithout } from './withheld.ts';

/**
 * What a sync would do for what changed: pure, and the same for the same input whatever its order. Links
 * come first, by id; then new pairs, records to make, and records that are left alone, with the reason.
 *
 * Running it again after its operations were done gives nothing. A record that it left alone for being
 * ambiguous is to be given to it again, as not excluded, once it or its group changed.
 */
export function planSync(rules: SyncRules, input: PlanInput): Operation[] {
  const links = [...input.links].sort((a, b) => byText(a.link.id, b.link.id));
  const operations = links.map((entry) => planLink(rules, entry));

  // Groups that overlap are one: matching looks at all records by their keys, however they were gathered.
  const { pairs, ambiguous, lonely } = matchGroup(rules, distinct(input.groups.flat()));
  for (const { left, right, by } of pairs) {
    const merge = mergePair(rulesWithout(rules, left, right), null, left.values, right.values);
    const ids = { leftId: left.id, rightId: right.id };
    operations.push({ kind: 'pair', linkId: null, matchedBy: by, ...ids, ...merge });
  }
  operations.push(...lonely.map((record) => planCreate(rules, record)));
  for (const { record, reason } of ambiguous) {
    operations.push({ kind: 'exclude', code: 'ambiguous', side: record.side, id: record.id, reason });
  }
  return operations.filter((operation) => operation !== null);
}

function distinct(records: readonly KnownRecord[]): KnownRecord[] {
  return [...new Map(records.map((record) => [`${record.side}:${record.id}`, record])).values()];
}
