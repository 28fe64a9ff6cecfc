import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { type Outcome, type RunContext, skipped } from '../../core/flow.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { ToldRow } from './event-body.ts';
import { forgetRefused, isToldAgain, recall } from './memory.ts';
import { readLot, SIZES } from './read-lot.ts';
import { isNotThere, readsWell } from './sentences.ts';
import type { Settings } from './settings.ts';
import { planSheet } from './sheet-plan.ts';
import type { Step } from './steps.ts';

type Again = { readonly isThere: boolean; readonly refused: Sentence | null };

const ROW_WORDS = (row: string) =>
  /^\d+$/.test(row)
    ? { en: `Row ${row}`, fr: `Ligne ${row}` }
    : { en: 'Further rows', fr: 'D’autres lignes' };

/**
 * A row that a run of the whole sheet could not send: it stands on the shelf with its reason. A retry reads it again, so
 * that it leaves the shelf once it was corrected. What only Zoho or a whole run can judge leaves it until the next run.
 */
export async function toldRow(context: RunContext<Settings, Step>, told: ToldRow): Promise<Outcome> {
  context.label(ROW_WORDS(told.row));
  if (told.refused === undefined) return skipped(readsWell);
  const refused = new LiaisonError('rejected', { sentence: told.refused });
  if (!(await isToldAgain(context, `row ${context.event.id}`))) throw refused;
  const row = Number(told.row);
  // Several rows together: the next run says of each.
  const again = Number.isInteger(row)
    ? await context.read('again', () => readAgain(context, row))
    : { isThere: true, refused: null };
  if (again.refused !== null) throw new LiaisonError('rejected', { sentence: again.refused });
  await forgetRefused(context, told.row, told.refused.en);
  return skipped(again.isThere ? readsWell : isNotThere);
}

async function readAgain(context: RunContext<Settings, Step>, row: number): Promise<Again> {
  const { client, settings } = context;
  const sheets = client(googleSheets);
  const plan = await planSheet(sheets, settings, await recall(context));
  if (row > plan.rowCount) return { isThere: false, refused: null };
  const lot = await readLot(sheets, {
    ...{ plan: { ...plan, rowCount: row }, from: { row, seen: null }, longest: new Map(), keys: [] },
    sizes: { ...SIZES, rows: 1 },
  });
  const [first] = lot?.refused ?? [];
  return { isThere: (lot?.lines.length ?? 0) > 0, refused: first?.sentence ?? null };
}
