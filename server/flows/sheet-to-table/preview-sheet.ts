import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import { fieldsOfLine } from '../../connectors/zoho-analytics/sent-rows.ts';
import type { FlowPreview, SettingSource } from '../../core/flow.ts';
import { TYPE_FACTS } from './column-types.ts';
import { readLot, SIZES } from './read-lot.ts';
import { count, rowsWords } from './sentences.ts';
import type { Settings } from './settings.ts';
import { planSheet } from './sheet-plan.ts';

const SHOWN_ROWS = 5;
const SHOWN_REFUSED = 5;

/** The first rows as they would be sent, how many there are, and which would be refused. */
export async function previewSheet({ client, settings }: SettingSource<Settings>): Promise<FlowPreview> {
  const sheets = client(googleSheets);
  const plan = await planSheet(sheets, settings, null);
  const lot = await readLot(sheets, {
    ...{ plan, from: { row: 2, seen: null }, longest: new Map(), keys: [], sizes: SIZES },
  });
  const lines = lot?.lines ?? [];
  const header = plan.columns.map(({ header: name }) => name).join(' | ');
  const shown = lines.slice(0, SHOWN_ROWS).map((line) => fieldsOfLine(line).join(' | '));
  const refusedCount = lot?.refusedCount ?? 0;
  const total = lines.length + refusedCount;
  const isAll = lot?.next === null;
  const kinds = (language: 'en' | 'fr') =>
    plan.columns.map(({ header: name, type }) => `${name} : ${TYPE_FACTS[type].words[language]}`).join(', ');
  return {
    title: {
      en: 'The first rows, as they would be sent',
      fr: 'Les premières lignes, comme elles partiraient',
    },
    text: [header, ...shown].join('\n'),
    basis: {
      en: `The tab “${plan.title}” has ${isAll ? '' : 'more than '}${rowsWords(total).en}: ${count(lines.length).en} would be sent${isAll ? '' : ' of the first ones'}, ${count(refusedCount).en} refused. ${kinds('en').replaceAll(' : ', ': ')}.`,
      fr: `L’onglet «\u00a0${plan.title}\u00a0» a ${isAll ? '' : 'plus de '}${rowsWords(total).fr}\u00a0: ${count(lines.length).fr} partiraient${isAll ? '' : ' parmi les premières'}, ${count(refusedCount).fr} seraient refusées. ${kinds('fr')}.`,
    },
    warnings: (lot?.refused ?? []).slice(0, SHOWN_REFUSED).map(({ row, sentence }) => ({
      en: `Row ${row}: ${sentence.en}`,
      fr: `Ligne ${row}\u00a0: ${sentence.fr}`,
    })),
  };
}
