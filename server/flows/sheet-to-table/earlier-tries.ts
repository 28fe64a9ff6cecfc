import { z } from 'zod';
import { zohoAnalytics } from '../../connectors/zoho-analytics/connector.ts';
import type { Workspace } from '../../connectors/zoho-analytics/tables.ts';
import type { RunContext } from '../../core/flow.ts';
import type { Settings } from './settings.ts';
import type { Step } from './steps.ts';
import { joinStretches, rowsOutside, type Stretches } from './stretches.ts';
import { MARKER, markOf } from './target-table.ts';

/**
 * Rows that are added stand in the table from the moment in which their lot is sent, also where its answer is lost and
 * all begins anew. What is sent again is written over itself; a row that went from the sheet meanwhile is not sent again,
 * and must be taken out.
 */

type Context = RunContext<Settings, Step>;

const stretches = z.array(z.tuple([z.number(), z.number()]));
const schema = z.object({
  /** Rows of the lot as it was sent before, if it was. */
  earlier: stretches,
  /** Rows of the lot as it was sent last. */
  latest: stretches,
});

/** What is known of a lot by the number of its round and its own. */
const subjectOf = ({ event }: Pick<Context, 'event'>, lot: string): string => `sent ${event.id} ${lot}`;

/** Remembers which rows a lot adds, before it is sent. */
export async function noteSent(
  context: Pick<Context, 'event' | 'kept' | 'keep'>,
  lot: string,
  latest: Stretches,
): Promise<void> {
  const subject = subjectOf(context, lot);
  const [found] = await context.kept([subject]);
  const before = schema.safeParse(found?.fact).data;
  const earlier = before === undefined ? [] : joinStretches([...before.earlier, ...before.latest]);
  await context.keep({ subject, key: 'rows', fact: { earlier, latest } });
}

export interface Tries {
  readonly workspace: Workspace;
  readonly table: string;
  readonly slot: string;
  /** Lots of rounds that were begun anew. */
  readonly earlier: readonly string[];
  /** Lots of the round that counts. */
  readonly latest: readonly string[];
  /** Rows that were sent in it. */
  readonly sent: Stretches;
  /** Of these, those that Zoho did not take: what an earlier try made of them is not wanted either. */
  readonly refusedByZoho: readonly number[];
}

/** As many are named in one call. */
const PER_CALL = 200;

/** Takes out of the table what only earlier tries of this run added to it. */
export async function takeOutEarlier(context: Context, tries: Tries): Promise<void> {
  const subjects = [...tries.earlier, ...tries.latest].map((lot) => subjectOf(context, lot));
  const facts = await context.kept(subjects);
  const isEarlier = new Set(tries.earlier.map((lot) => subjectOf(context, lot)));
  const before = joinStretches(
    facts.flatMap(({ subject, fact }) => {
      const { earlier, latest } = schema.parse(fact);
      return isEarlier.has(subject) ? [...earlier, ...latest] : earlier;
    }),
  );
  const refused = tries.refusedByZoho.filter((row) =>
    before.some(([first, last]) => first <= row && row <= last),
  );
  const gone = [...rowsOutside(before, tries.sent), ...refused];
  for (let at = 0; at < gone.length; at += PER_CALL) {
    const [first, ...more] = gone
      .slice(at, at + PER_CALL)
      .map((row) => markOf(tries.slot, context.event.topic, row));
    if (first === undefined) break;
    await context.forItem(`from-${at + 1}`).write('take-out', {
      send: () =>
        context
          .client(zohoAnalytics)
          .deleteRows(tries.workspace, tries.table, { column: MARKER, values: [first, ...more] }),
    });
  }
  if (facts.length > 0) await context.forget(facts);
}
