import { asLiaisonError, isOfOneRecord, LiaisonError } from '../../core/errors.ts';
import type { WriteOutcome } from '../../core/sync-object.ts';
import { storable } from '../../store/storable.ts';
import { markReread } from '../../store/sync-records.ts';
import { beginWrites, endWrites, forgetWrites, type WriteEnd } from '../../store/sync-writes.ts';
import { storedError } from '../stored-error.ts';
import { doneOf, doubtfulOf } from './partly-written.ts';
import { withoutRefusedValues } from './refused-fields.ts';
import { withCompanions, withinFields } from './sendable.ts';
import { call, objectsOf, type SideAtWork, type SyncAtWork } from './work.ts';
import { asNewWrite, type WriteItem } from './write-item.ts';

export interface Sent {
  readonly item: WriteItem;
  /** The journal's id of the write; null when it was refused before it was sent. */
  readonly writeId: string | null;
  readonly outcome: WriteOutcome;
}

/** One whose outcome is a call's failure. */
type Failed = Sent & { readonly outcome: { readonly ok: false; readonly error: LiaisonError } };
const isFailed = (one: Sent): one is Failed => !one.outcome.ok && one.outcome.ofCall === true;

function ask(
  work: SyncAtWork,
  side: SideAtWork,
  items: readonly WriteItem[],
): Promise<readonly WriteOutcome[]> {
  const { object, client, options } = side;
  switch (items[0]?.operation) {
    case 'create':
      return call(work, () =>
        object.create(
          client,
          items.map((item) => ({ marker: item.marker ?? '', values: item.whole })),
          options,
        ),
      );
    case 'update':
      return call(work, () =>
        object.update(
          client,
          items.map((item) => ({
            id: item.recordId ?? '',
            version: item.version,
            values: item.after ?? {},
            whole: item.whole,
          })),
          options,
        ),
      );
    default:
      return call(work, () =>
        object.remove(
          client,
          items.map((item) => item.recordId ?? ''),
          options,
        ),
      );
  }
}

/** What became of each of them; a batch that failed as a whole is a failure of the call for all of them. */
async function answers(
  work: SyncAtWork,
  side: SideAtWork,
  items: readonly WriteItem[],
): Promise<readonly WriteOutcome[]> {
  try {
    const answered = await ask(work, side, items);
    if (answered.length === items.length) return answered;
    throw new LiaisonError('unknown', {
      sentence: {
        en: 'The application answered for another number of records than it was sent. Liaison looks at each of them again.',
        fr: 'L’application a répondu pour un autre nombre de fiches que celui envoyé. Liaison les relit une à une.',
      },
      mayHaveHappened: true,
    });
  } catch (thrown) {
    const error = asLiaisonError(thrown);
    return items.map(() => ({ ok: false, error, ofCall: true }));
  }
}

/** What is not known to have happened, or not: it is looked at before anything else is decided on it. */
async function leaveOpen(work: SyncAtWork, open: readonly Pick<Sent, 'item' | 'writeId'>[]): Promise<void> {
  if (open.length === 0) return;
  const items = open.map(({ item }) => item);
  await work.database.transaction(async (sql) => {
    await endWrites(
      sql,
      objectsOf(work),
      idsOf(open).map((id) => ({ id, state: 'unknown', recordId: null, after: null, error: null })),
    );
    for (const side of ['left', 'right'] as const) {
      const doubtful = items.flatMap((item) =>
        item.side === side && item.recordId !== null ? item.recordId : [],
      );
      await markReread(sql, work.key, side, doubtful);
    }
  });
}

const idsOf = (sent: readonly Pick<Sent, 'writeId'>[]): string[] =>
  sent.flatMap(({ writeId }) => writeId ?? []);

/** What may have been written beside what was: a write of its own, looked at before anything is decided on it. */
async function leaveDoubtful(work: SyncAtWork, passId: string, sent: readonly Sent[]): Promise<void> {
  const items = sent.flatMap((one) => doubtfulOf(work, one) ?? []);
  if (items.length === 0) return;
  const ids = await beginWrites(work.database, work.key, passId, items.map(asNewWrite(work.settings.rules)));
  await leaveOpen(
    work,
    items.map((item, index) => ({ item, writeId: ids[index] as string })),
  );
}

function lesserOf(work: SyncAtWork, { item, outcome }: Sent): WriteItem | null {
  if (outcome.ok || outcome.error.kind !== 'rejected') return null;
  return withoutRefusedValues(work, item, [outcome.error]);
}

/** The journal tells of a write that was refused, also where the rest of it is written by the next one. */
async function endRefused(work: SyncAtWork, sent: readonly Sent[]): Promise<void> {
  await endWrites(
    work.database,
    objectsOf(work),
    sent.flatMap(({ writeId, outcome }): WriteEnd[] => {
      if (writeId === null || outcome.ok) return [];
      const error = storable(storedError(outcome.error));
      return [{ id: writeId, state: 'failed', recordId: null, after: null, error }];
    }),
  );
}

/**
 * Sends one batch of one operation on one side. The writes are remembered before they are sent, so that
 * none is ever repeated blindly. A batch that the vendor refuses as a whole is halved until the culprit
 * is alone. Of a record that is refused for some of its values the rest is written. Where a batch takes several
 * calls, what was done before one of them failed is kept.
 *
 * @param options.blameAlone a record that fails alone is to blame, whatever the failure says.
 * @param options.store keeps what became of the records; called once for each batch that was answered.
 * @throws LiaisonError when a batch failed as a whole and no record is to blame.
 */
export async function sendBatch(
  work: SyncAtWork,
  passId: string,
  items: readonly WriteItem[],
  options: { blameAlone: boolean; store: (sent: readonly Sent[]) => Promise<void> },
): Promise<void> {
  const [first] = items;
  if (first === undefined) return;
  const side = work.sides[first.side];
  const fitting = withinFields(work, side, items);
  const { sendable, refused } = await withCompanions(work, passId, fitting.sendable);
  const unsent = [...fitting.refused, ...refused].map(
    ({ item, error }): Sent => ({ item, writeId: null, outcome: { ok: false, error } }),
  );
  if (unsent.length > 0) await options.store(unsent);
  if (sendable.length === 0) return;
  const ids = await beginWrites(
    work.database,
    work.key,
    passId,
    sendable.map(asNewWrite(work.settings.rules)),
  );
  work.crash('after-intent-commit');
  /** Keeps what became of them; what was refused for some of its values is sent again without those. */
  async function keep(sent: readonly Sent[]): Promise<void> {
    const lesser = sent.map((one) => lesserOf(work, one));
    await endRefused(
      work,
      sent.filter((_, index) => lesser[index] !== null),
    );
    const whole = sent.filter((_, index) => lesser[index] === null);
    // First: what is in doubt may not be forgotten where the process comes to its end between the two.
    await leaveDoubtful(work, passId, whole);
    if (whole.length > 0) await options.store(whole.map((one) => doneOf(work, one)));
    await sendBatch(
      work,
      passId,
      lesser.filter((item) => item !== null),
      options,
    );
  }
  /** What a call failed for is nothing that became of its records, unless one of them is to blame. */
  async function meet(failed: readonly Failed[]): Promise<void> {
    const errors = failed.map(({ outcome }) => outcome.error);
    const open = failed.filter(({ outcome }) => outcome.error.details.mayHaveHappened === true);
    const unsent = idsOf(failed.filter((one) => !open.includes(one)));
    const [first] = failed;
    const error = errors.find((one) => !isOfOneRecord(one)) ?? errors[0];
    if (first === undefined || error === undefined) return;
    await leaveOpen(work, open);
    const isAlone = options.blameAlone && sendable.length === 1;
    const blamed = open.length === 0 && !work.ending.aborted && (isOfOneRecord(error) || isAlone);
    if (blamed && failed.length === 1) return keep([{ ...first, outcome: { ok: false, error } }]);
    await forgetWrites(work.database, unsent);
    if (!blamed) throw error;
    const items = failed.map(({ item }) => item);
    const half = Math.ceil(items.length / 2);
    await sendBatch(work, passId, items.slice(0, half), options);
    await sendBatch(work, passId, items.slice(half), options);
  }
  const answered = await answers(work, side, sendable);
  const sent = sendable.map(
    (item, index): Sent => ({
      item,
      writeId: ids[index] as string,
      outcome: answered[index] as WriteOutcome,
    }),
  );
  const failed = sent.filter(isFailed);
  if (failed.length < sent.length) {
    work.crash('after-vendor-write');
    await keep(sent.filter((one) => !isFailed(one)));
    work.crash('after-result-commit');
  }
  await meet(failed);
}
