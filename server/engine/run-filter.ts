import type { KeptFilter } from '../core/filter/filter.ts';
import { type Judged, judgeKept } from '../core/filter/judge.ts';
import { type Me, withMe } from '../core/filter/me.ts';
import type { Organisation, RunFilter } from '../core/flow.ts';

export interface FilterParts {
  readonly organisation: Organisation;
  /** Whose day it is judged by: when the run was made. */
  readonly now: Date;
  /** Whose integration it is; null: nobody's own. */
  readonly me: Me | null;
  readonly recall: () => Promise<boolean | null>;
  readonly topics: () => Promise<readonly string[]>;
  readonly remember: (fits: boolean) => void;
}

/** When a run was made: its id (UUID version 7) begins with it. However late it goes on, its day stays the same. */
export const runMadeAt = (runId: string): Date =>
  new Date(Number.parseInt(runId.replace('-', '').slice(0, 12), 16));

/** What a run asks of its integration's filter; null: every record takes part. */
export function runFilter(kept: KeptFilter | null | undefined, parts: FilterParts): RunFilter | null {
  if (!kept) return null;
  const { timeZone, currency } = parts.organisation;
  const own = withMe(kept, parts.me);
  const place = { timeZone, currency, now: parts.now };
  return {
    takes: kept.takes,
    judge: (subject): Judged => judgeKept(own, subject, place),
    async recall() {
      const fits = await parts.recall();
      return fits === null ? null : fits ? 'taken' : 'awaited';
    },
    remember: parts.remember,
    topics: parts.topics,
  };
}
