import type { GoogleSheetsClient } from '../../../connectors/google-sheets/client.ts';
import type { Cell } from '../../../core/cells/cell.ts';
import { LiaisonError } from '../../../core/errors.ts';

/** What a test writes into a cell: a text as people see it, or a cell whole. */
export type Written = string | Cell;

export interface MemoryTab {
  readonly gid: number;
  title: string;
  rows: Written[][];
}

const refused = (kind: 'rejected' | 'gone', text: string): LiaisonError =>
  new LiaisonError(kind, { sentence: { en: text, fr: text } });

const cellOf = (written: Written): Cell =>
  typeof written === 'string' ? { value: written === '' ? null : written, shown: written } : written;

/** A spreadsheet in memory, whose tabs a test changes as people do. */
export class MemorySheet {
  locale = 'fr_FR';
  timeZone = 'Europe/Paris';
  /** How many calls were made. */
  calls = 0;
  tabs: MemoryTab[];

  constructor(...tabs: MemoryTab[]) {
    this.tabs = tabs;
  }

  tab(title: string): MemoryTab {
    const found = this.tabs.find((one) => one.title === title);
    if (found === undefined) throw refused('rejected', `Unable to parse range: '${title}'`);
    return found;
  }

  client(): GoogleSheetsClient {
    const place = (tab: MemoryTab) => ({ gid: tab.gid, title: tab.title, index: this.tabs.indexOf(tab) });
    const manner = () => ({ locale: this.locale, timeZone: this.timeZone });
    const client: Pick<GoogleSheetsClient, 'tabs' | 'grid'> = {
      tabs: async () => {
        this.calls += 1;
        return {
          ...manner(),
          title: 'Tableur',
          tabs: this.tabs.map((tab) => ({ ...place(tab), rowCount: 1_000, columnCount: 26 })),
        };
      },
      grid: async (_id, title) => {
        this.calls += 1;
        const tab = this.tab(title);
        return { ...manner(), tab: place(tab), rows: tab.rows.map((row) => row.map(cellOf)) };
      },
    };
    return client as GoogleSheetsClient;
  }
}
