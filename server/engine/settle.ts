import type { Database } from '../store/database.ts';
import { passingFailure } from '../store/database-failure.ts';
import { type EndedRun, endRuns, postponeRun, type StoredError } from '../store/runs.ts';
import type { CrashPoints } from './crash-point.ts';
import { groupCommit } from './group-commit.ts';
import { announceRuns } from './notify.ts';
import type { Queue } from './queue.ts';

export type Settlement = { readonly organisationId: string; readonly owner: string } & (
  | { readonly kind: 'ended'; readonly run: EndedRun }
  | {
      readonly kind: 'postponed';
      readonly run: { id: string; attempt: number; inMs: number; error: StoredError; label: string | null };
    }
);

/** Writes how runs ended, and takes their jobs off the queue, in one transaction for all that end together. */
export function settler(
  database: Database,
  queue: Queue,
  crash: CrashPoints,
): (settlement: Settlement) => Promise<void> {
  return groupCommit<Settlement, void>(
    async (settlements) => {
      await database.transaction(
        async (sql) => {
          for (const owner of new Set(settlements.map((settlement) => settlement.owner))) {
            const ended = settlements.flatMap((s) =>
              s.kind === 'ended' && s.owner === owner ? [s.run] : [],
            );
            if (ended.length > 0) await queue.finish(sql, await endRuns(sql, owner, ended));
          }
          for (const settlement of settlements) {
            if (settlement.kind !== 'postponed') continue;
            const dueAt = await postponeRun(sql, settlement.owner, settlement.run);
            if (dueAt !== null) await queue.retry(sql, settlement.run.id, dueAt);
          }
          await announceRuns(
            sql,
            settlements.map(({ organisationId, run }) => ({ organisationId, id: run.id })),
          );
          // The steps are on disk: a settlement lost in a crash of PostgreSQL is made again, and nothing else is.
        },
        { repeatable: true },
      );
      crash('after-settle-commit');
      return settlements.map(() => undefined);
    },
    { maxBatch: 200, isOfOne: (error) => passingFailure(error) === undefined },
  );
}
