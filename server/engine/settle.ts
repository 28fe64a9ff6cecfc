import type { Database } from '../store/database.ts';
import { passingFailure } from '../store/database-failure.ts';
import { groupCommit } from '../store/group-commit.ts';
import { type EndedRun, endRuns, type PostponedRun, postponeRuns } from '../store/runs.ts';
import type { CrashPoints } from './crash-point.ts';
import { CHANNELS, runPayloads } from './notify.ts';

export type Settlement = { readonly organisationId: string; readonly owner: string } & (
  | { readonly kind: 'ended'; readonly run: EndedRun }
  | { readonly kind: 'postponed'; readonly run: PostponedRun }
);

/**
 * Writes how runs ended, and takes them off the queue, in one statement for all that end together. The steps are
 * on disk: a settlement lost in a crash of PostgreSQL is made again, and nothing else is.
 */
export function settler(database: Database, crash: CrashPoints): (settlement: Settlement) => Promise<void> {
  const told = (settlements: readonly Settlement[]) => ({
    channel: CHANNELS.runs,
    payloads: runPayloads(settlements.map(({ organisationId, run }) => ({ organisationId, id: run.id }))),
  });
  return groupCommit<Settlement, void>(
    async (settlements) => {
      for (const owner of new Set(settlements.map((settlement) => settlement.owner))) {
        const own = settlements.filter((settlement) => settlement.owner === owner);
        const ended = own.filter((one) => one.kind === 'ended');
        const postponed = own.filter((one) => one.kind === 'postponed');
        const sql = database.repeatable;
        if (ended.length > 0)
          await endRuns(
            sql,
            owner,
            ended.map(({ run }) => run),
            told(ended),
          );
        if (postponed.length > 0)
          await postponeRuns(
            sql,
            owner,
            postponed.map(({ run }) => run),
            told(postponed),
          );
      }
      crash('after-settle-commit');
      return settlements.map(() => undefined);
    },
    { maxBatch: 200, isOfOne: (error) => passingFailure(error) === undefined },
  );
}
