import { fillableFields } from '../../../connectors/zoho-crm/fillable-fields.ts';
import { asLiaisonError, type LiaisonError } from '../../../core/errors.ts';
import type { ClientOf, Outcome, RunContext } from '../../../core/flow.ts';
import type { Label } from '../../../core/label.ts';
import type { Step } from '../lead-of-row.ts';
import { pollRows } from '../poll-rows.ts';
import { rowToLead } from '../row-to-lead.ts';
import { type Settings, settings } from '../settings.ts';
import type { MemoryCrm } from './memory-crm.ts';
import type { MemorySheet } from './memory-sheet.ts';

/** How one run ended. */
export interface Ended {
  readonly recordId: string;
  readonly label: Label | null;
  readonly body: Record<string, unknown>;
  readonly outcome: Outcome | null;
  readonly error: LiaisonError | null;
}

/**
 * The flow over a sheet and a CRM in memory, as the engine plays it: each look's cursor and events are kept, each
 * event is a run, and links outlive runs.
 */
export class PlayedFlow {
  settings: Settings;
  cursor: unknown = null;
  readonly runs: Ended[] = [];
  readonly #links = new Map<string, string>();
  readonly #keys = new Set<string>();
  readonly #sheet: MemorySheet;
  readonly #crm: MemoryCrm;

  constructor(sheet: MemorySheet, crm: MemoryCrm, wish: Record<string, unknown> = {}) {
    this.#sheet = sheet;
    this.#crm = crm;
    this.settings = settings.parse({ spreadsheetId: 'sheet-1', begin: 'all', ...wish });
  }

  set(wish: Record<string, unknown>): void {
    this.settings = settings.parse({ ...this.settings, ...wish });
  }

  /** One look, and the runs of what it found. @returns those runs. */
  async look(): Promise<Ended[]> {
    const { cursor, events } = await pollRows(
      this.#sheet.client(),
      this.settings,
      // As the database gives it back.
      JSON.parse(JSON.stringify(this.cursor)),
      async () => fillableFields(await this.#crm.client().fields('Leads')),
    );
    this.cursor = cursor;
    const ended: Ended[] = [];
    for (const event of events) {
      if (this.#keys.has(event.key)) throw new Error(`the key ${event.key} was there before`);
      this.#keys.add(event.key);
      ended.push(await this.run(event));
    }
    return ended;
  }

  /** A run of one event; also how one from the shelf is taken up again. */
  async run({ recordId, body }: Pick<Ended, 'recordId' | 'body'>): Promise<Ended> {
    let label: Label | null = null;
    const sent: Record<string, unknown> = JSON.parse(JSON.stringify(body));
    const context: RunContext<Settings, Step> = {
      filter: null,
      event: {
        id: '1',
        connector: 'google-sheets',
        topic: 'sheet-row-to-lead',
        recordId,
        body: sent,
        receivedAt: new Date(0),
      },
      settings: this.settings,
      organisation: { id: '1', name: 'A', locale: 'fr-FR', timeZone: 'Europe/Paris', currency: 'EUR' },
      client: (() => this.#crm.client()) as unknown as ClientOf,
      role: () => {
        throw new Error('it has no roles that several connectors can take');
      },
      read: async (_step, fetch) => JSON.parse(JSON.stringify(await fetch())),
      write: async (_step, { send }) => send(''),
      exclusively: (_key, work) => work(),
      once: async () => true,
      onceForAll: async () => true,
      files: async () => [],
      file: async () => null,
      linked: async (left) => this.#links.get(left) ?? null,
      linkedElsewhere: async () => [],
      link: async (left, right) => void this.#links.set(left, right),
      beginRuns: async () => {},
      isOn: async () => true,
      about: async () => {},
      forItem: () => context,
      keep: async () => {},
      kept: async () => [],
      forget: async () => {},
      topics: async () => [],
      label: (named) => {
        label = named;
      },
    };
    const ended = await rowToLead(context).then(
      (outcome) => ({ recordId, body, label, outcome, error: null }),
      (thrown: unknown) => ({ recordId, body, label, outcome: null, error: asLiaisonError(thrown) }),
    );
    this.runs.push(ended);
    return ended;
  }
}
