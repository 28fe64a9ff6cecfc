import { z } from 'zod';
import { asLiaisonError, LiaisonError } from '../../core/errors.ts';
import { failureSentence } from '../../core/failure-sentences.ts';
import { readAnswer } from '../../core/read-answer.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { coqlCalls, coqlText, MOST_IN, MOST_ROWS, type QueryAnswer } from './coql.ts';
import { VENDOR } from './failures.ts';

/**
 * Where the CRM keeps through which stages each deal went, one row for each stay: `Modified_Time` is when it
 * began. The stage of deals is tracked in every organisation.
 * https://help.zoho.com/portal/en/community/topic/kaizen-107-field-trackers-in-zoho-crm
 */
const HISTORY = 'DealHistory';
/** Zoho lets no query walk through more rows. https://www.zoho.com/crm/developer/docs/api/v8/COQL-Limitations.html */
const MOST_PAGES = 50;

const rowSchema = z.object({
  id: z.string(),
  // Null: the deal is gone.
  Potential_Name: z.object({ id: z.string() }).nullish(),
  Stage: z.string().nullish(),
  Modified_Time: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
});
type Row = z.infer<typeof rowSchema>;

/** A deal that came into a stage from another one, or was made there. */
export interface StageEntry {
  /** Of the stay: the same whenever it is asked for. */
  readonly id: string;
  readonly dealId: string;
  /** Epoch milliseconds by Zoho's clock. */
  readonly at: number;
}

export function stageHistoryCalls(api: ZohoApi) {
  const { query } = coqlCalls(api);

  /** Rows in the order of their moments, page after page; each page begins behind the last row of the one before. */
  async function rows(where: string): Promise<{ rows: Row[]; at: number }> {
    const found: Row[] = [];
    let at: number | null = null;
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const last = found.at(-1);
      const behind = last === undefined ? '' : ` and ${after(last)}`;
      const answer = await query(
        `select Potential_Name, Stage, Modified_Time from ${HISTORY} where ${where}${behind}
         order by Modified_Time asc, id asc limit ${page === 1 ? 200 : MOST_ROWS}`.replaceAll(/\s+/g, ' '),
      );
      at ??= clockOf(answer);
      found.push(...readAnswer(z.array(rowSchema), answer.rows, VENDOR));
      if (!answer.more) return { rows: found, at };
    }
    throw new LiaisonError('unknown', {
      sentence: failureSentence('unknown', VENDOR),
      vendorMessage: 'More stages were changed than one query walks through.',
    });
  }

  return {
    /** What time Zoho has, in epoch milliseconds; asked of the history, so that one which cannot be read shows at once. */
    stageClock: async (): Promise<number> =>
      clockOf(await query(`select id from ${HISTORY} where id is not null limit 1`)),

    /**
     * When deals came into a stage since a moment (as Zoho writes it, included), oldest first. What the CRM notes
     * of a deal that stays where it is, is no entry. Costs one call where nothing came, another one for every
     * fifty deals that did.
     *
     * @param known ids of stays that need not be told again.
     */
    async stageEntries(
      stage: string,
      since: string,
      known: ReadonlySet<string>,
    ): Promise<{ entries: readonly StageEntry[]; at: number }> {
      const { rows: came, at } = await rows(
        `(Stage = ${coqlText(stage)} and Modified_Time >= ${coqlText(since)})`,
      );
      const fresh = came.filter(({ id }) => !known.has(id));
      const deals = [...new Set(fresh.flatMap(({ Potential_Name: deal }) => (deal ? [deal.id] : [])))];
      const entries: StageEntry[] = [];
      for (let from = 0; from < deals.length; from += MOST_IN) {
        entries.push(...entriesInto(stage, await historiesOf(deals.slice(from, from + MOST_IN))));
      }
      const wanted = new Set(fresh.map(({ id }) => id));
      return {
        entries: entries.filter(({ id }) => wanted.has(id)).sort((a, b) => a.at - b.at),
        at,
      };
    },

    /** When a deal last came into the stage, in epoch milliseconds; null when the CRM does not know, or does not tell. */
    async enteredStage(dealId: string, stage: string): Promise<number | null> {
      try {
        return entriesInto(stage, await historiesOf([dealId])).at(-1)?.at ?? null;
      } catch (thrown) {
        const error = asLiaisonError(thrown);
        if (error.kind === 'rejected') return null;
        throw error;
      }
    },
  };

  async function historiesOf(deals: readonly string[]): Promise<Row[]> {
    return (await rows(`(Potential_Name in (${deals.map(coqlText).join(', ')}))`)).rows;
  }
}

function clockOf({ at }: QueryAnswer): number {
  if (at !== null) return at;
  throw new LiaisonError('retry-later', {
    sentence: failureSentence('retry-later', VENDOR),
    vendorMessage: 'An answer came without a date.',
  });
}

function after({ Modified_Time: time, id }: Row): string {
  const moment = coqlText(time);
  return `(Modified_Time > ${moment} or (Modified_Time = ${moment} and id > ${coqlText(id)}))`;
}

/** Rows of any number of deals, oldest first: those where the stay before was in another stage. */
function entriesInto(stage: string, history: readonly Row[]): StageEntry[] {
  const before = new Map<string, string | null>();
  return history.flatMap(({ id, Potential_Name: deal, Stage, Modified_Time: time }) => {
    if (!deal) return [];
    const stood = before.get(deal.id);
    before.set(deal.id, Stage ?? null);
    return Stage === stage && stood !== stage ? [{ id, dealId: deal.id, at: Date.parse(time) }] : [];
  });
}
