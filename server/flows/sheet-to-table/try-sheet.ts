import { googleSheets } from '../../connectors/google-sheets/connector.ts';
import type { FlowTrial, TrialSource } from '../../core/trial.ts';
import { recordIdOf } from './look-at-clock.ts';
import type { Settings } from './settings.ts';
import { planSheet } from './sheet-plan.ts';

/** What a try of it is asked for with: there is one whole sheet. */
const WHOLE = 'sheet';

/** The whole sheet is what a run is about; of a long one, a try plays the first lot. */
export const sheetTrial: FlowTrial<Settings> = {
  async records({ client, settings }: TrialSource<Settings>, search) {
    const plan = await planSheet(client(googleSheets), settings, null);
    if (search !== null && !plan.title.toLowerCase().includes(search.toLowerCase())) return [];
    return [
      {
        id: WHOLE,
        title: plan.title,
        detail: {
          en: `${plan.columns.length} columns`,
          fr: `${plan.columns.length} colonnes`,
        },
      },
    ];
  },

  async event({ settings }, record) {
    if (record !== WHOLE) return null;
    return { topic: '', recordId: recordIdOf(settings), body: { slot: 'try', firstLotOnly: true } };
  },
};
