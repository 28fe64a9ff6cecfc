import { asLiaisonError, isOfOneRecord, LiaisonError } from '../core/errors.ts';
import type { Unwritten, WriteOutcome } from '../core/sync-object.ts';

/** One call of a batch that takes several, and the records that it writes. */
export interface WriteCall<Item> {
  readonly of: readonly Item[];
  /** One outcome for each, in order. */
  write(): Promise<readonly WriteOutcome[]>;
}

/** A call for one record. */
export const callOf = <Item>(item: Item, write: () => Promise<WriteOutcome>): WriteCall<Item> => ({
  of: [item],
  write: async () => [await write()],
});

/**
 * The calls of one batch, one after another. What a record is refused for is its own outcome and stops no other; any
 * other failure ends the batch: what was done before it stays done, and what comes after it is not sent.
 */
export async function inTurn<Item>(calls: readonly WriteCall<Item>[]): Promise<Map<Item, WriteOutcome>> {
  const outcomes = new Map<Item, WriteOutcome>();
  let end: LiaisonError | null = null;
  for (const { of, write } of calls) {
    if (of.length === 0) continue;
    const answered: readonly WriteOutcome[] =
      end === null ? await write().catch((thrown) => failed(thrown, of.length)) : unsent(end, of.length);
    for (const [at, item] of of.entries()) outcomes.set(item, answered[at] ?? unanswered());
    end ??= answered.map(endIn).find((error) => error !== null) ?? null;
  }
  return outcomes;
}

/** One of the writes that make a change, and the fields that it carries. */
export interface WriteStep {
  readonly fields: readonly string[];
  write(): Promise<unknown>;
}

/**
 * The writes that make one change, one after another.
 *
 * @returns what stays unwritten where one of them failed and others were done; null: nothing.
 * @throws LiaisonError where the first one failed.
 */
export async function inSteps(steps: readonly WriteStep[]): Promise<Unwritten | null> {
  for (const [at, { fields: own, write }] of steps.entries()) {
    try {
      await write();
    } catch (thrown) {
      if (at === 0) throw thrown;
      const error = asLiaisonError(thrown);
      const fields = steps.slice(at).flatMap((step) => step.fields);
      return { fields, error, ...(error.details.mayHaveHappened === true ? { inDoubt: own } : {}) };
    }
  }
  return null;
}

function failed(thrown: unknown, count: number): WriteOutcome[] {
  const error = asLiaisonError(thrown);
  const isOwn = count === 1 && isOfOneRecord(error);
  return Array.from({ length: count }, () =>
    isOwn ? { ok: false, error } : { ok: false, error, ofCall: true },
  );
}

function unsent({ kind, details }: LiaisonError, count: number): WriteOutcome[] {
  const error = new LiaisonError(kind, { ...details, mayHaveHappened: false });
  return Array.from({ length: count }, () => ({ ok: false, error, ofCall: true }));
}

/** The failure for which nothing more of the batch is sent; null: it goes on. */
function endIn(outcome: WriteOutcome): LiaisonError | null {
  const error = outcome.ok ? outcome.unwritten?.error : outcome.ofCall === true ? outcome.error : undefined;
  return error === undefined || isOfOneRecord(error) ? null : error;
}

const unanswered = (): WriteOutcome => ({
  ok: false,
  ofCall: true,
  error: new LiaisonError('unknown', {
    mayHaveHappened: true,
    sentence: {
      en: 'The application did not answer for this record. Liaison looks at it again.',
      fr: 'L’application n’a pas répondu pour cette fiche. Liaison la relit.',
    },
  }),
});
