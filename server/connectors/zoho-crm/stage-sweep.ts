import { z } from 'zod';
import type { LiaisonError } from '../../core/errors.ts';
import { type SweepResult, type SweepSource, turnedOnAt } from '../../core/flow.ts';
import { failure } from '../../kit/failures.ts';
import { zohoTime } from './channels.ts';
import type { ZohoCrmClient } from './client.ts';
import { VENDOR } from './failures.ts';

/**
 * The clock that stamps records may be so far from the one of answers, and a row become visible so much later
 * than it is stamped: so much of what was read is read again.
 */
export const OVERLAP_MS = 125_000;

export const stageCursorSchema = z.object({
  stage: z.string(),
  /** Epoch milliseconds by Zoho's clock. */
  from: z.number(),
  /** Stays that were told of already, of those that are read again. */
  known: z.array(z.object({ id: z.string(), at: z.number() })),
});
type Cursor = z.infer<typeof stageCursorSchema>;

/**
 * Deals that came into a stage since the cursor, each under the id of its stay there: a deal that is edited
 * while it stays is none, nor one that came before the flow was turned on or its stage chosen.
 *
 * @param topic under which the found are told.
 */
export async function sweepStage(
  client: ZohoCrmClient,
  about: { readonly stage: string; readonly topic: string },
  { cursor, onForMs, graceMs }: Pick<SweepSource<unknown>, 'cursor' | 'onForMs' | 'graceMs'>,
): Promise<SweepResult> {
  const { stage, topic } = about;
  const read = cursor === null ? null : stageCursorSchema.safeParse(cursor);
  if (read?.success === false) throw lost();
  const before: Cursor | null = read?.data ?? null;
  if (before === null || before.stage !== stage) {
    const from = turnedOnAt(await client.stageClock(), before === null ? onForMs : 0);
    return { events: [], cursor: { stage, from, known: [] } satisfies Cursor };
  }
  const known = new Set(before.known.map(({ id }) => id));
  const { entries, at } = await client.stageEntries(stage, zohoTime(before.from), known);
  const settled = entries.filter((entry) => entry.at >= before.from && at - entry.at >= graceMs);
  const from = Math.max(before.from, at - OVERLAP_MS);
  const again = [...before.known, ...settled.map(({ id, at: moment }) => ({ id, at: moment }))];
  return {
    events: settled.map((entry) => ({
      key: entry.id,
      topic,
      recordId: entry.dealId,
      body: { id: entry.dealId, module: 'Deals', stage, entered: new Date(entry.at).toISOString() },
      ageMs: at - entry.at,
    })),
    cursor: { stage, from, known: again.filter((one) => one.at >= from - 1_000) } satisfies Cursor,
  };
}

const lost = (): LiaisonError => failure('cursor-lost', VENDOR);
