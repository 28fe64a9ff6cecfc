import type { SyncRules } from './mapping.ts';
import { mergePair } from './merge.ts';
import type { KnownRecord, Operation } from './plan.ts';
import { PARTED } from './plan-links.ts';
import { rulesWithout } from './withheld.ts';

/** A record without a link, and the one that it was linked with until one of the two stopped fitting. */
export interface Parted {
  readonly record: KnownRecord;
  readonly former: KnownRecord;
}

/**
 * What becomes of two that were linked: a pair again where both fit, as two that meet for the first time; while the
 * former counterpart takes no part, the one that does waits for it. Null: it goes its own way, the other is gone or
 * somebody else's.
 */
export function planParted(rules: SyncRules, { record, former }: Parted): Operation | null {
  if (former.deleted || former.linkId !== null || record.excluded !== null) return null;
  if (former.excluded !== null && former.excluded.code !== 'parted')
    return { kind: 'exclude', code: 'parted', side: record.side, id: record.id, reason: waitsFor(former) };
  const [left, right] = record.side === 'left' ? [record, former] : [former, record];
  const merge = mergePair(rulesWithout(rules, left, right), null, left.values, right.values);
  return { kind: 'pair', linkId: null, matchedBy: [], leftId: left.id, rightId: right.id, ...merge };
}

const waitsFor = ({ excluded }: KnownRecord) =>
  excluded === null || excluded.leaving !== undefined
    ? PARTED
    : {
        en: `Its counterpart takes no part: ${excluded.en}`,
        fr: `Sa contrepartie ne participe pas\u00a0: ${excluded.fr}`,
      };
