import type {
  LiveRecord,
  RecordActivity,
  RecordCard,
  RecordPage,
  Why,
} from '../../../server/api/contract.ts';
import type { RecordAddress, RecordServices } from '../../../server/api/record/record-services.ts';

/** What one record's page shows, open to the test. */
export interface MemoryRecord {
  /** What is kept: what a page that is opened is told at once. */
  page: RecordPage;
  /** What vendors say when they are asked; waited for, so that a test decides when a vendor answers. */
  fresh: Map<string, () => RecordCard | Promise<RecordCard>>;
  activity: RecordActivity;
  why?: Why;
}

/** `RecordServices` over plain objects, with the test as its vendors. */
export class MemoryRecords implements RecordServices {
  readonly records = new Map<string, MemoryRecord>();
  readonly #listeners = new Set<(record: LiveRecord) => void>();
  /** Every call that asked for something to be done. */
  readonly done: string[] = [];
  /** What an action makes of the record. */
  afterAct: (record: MemoryRecord) => void = () => undefined;

  put(record: MemoryRecord): void {
    this.records.set(`${record.page.module} ${record.page.id}`, record);
  }

  tell(record: LiveRecord): void {
    for (const listener of this.#listeners) listener(record);
  }

  async page(_organisationId: string, record: RecordAddress) {
    return this.#found(record)?.page ?? null;
  }

  async card(_organisationId: string, record: RecordAddress, connector: string) {
    return (await this.#found(record)?.fresh.get(connector)?.()) ?? null;
  }

  async act(organisationId: string, record: RecordAddress, connector: string, action: string) {
    const found = this.#found(record);
    if (found === undefined) return null;
    this.done.push(`${connector} ${action}`);
    this.afterAct(found);
    return this.card(organisationId, record, connector);
  }

  async activity(_organisationId: string, record: RecordAddress) {
    return this.#found(record)?.activity ?? null;
  }

  async why(_asker: unknown, record: RecordAddress) {
    const found = this.#found(record);
    return found === undefined ? null : (found.why ?? { about: [], lines: [] });
  }

  async sync(_organisationId: string, record: RecordAddress) {
    const found = this.#found(record);
    if (found === undefined) return null;
    this.done.push('sync');
    return { asked: found.activity.syncs.length };
  }

  live(_organisationId: string, onRecord: (record: LiveRecord) => void) {
    this.#listeners.add(onRecord);
    return () => void this.#listeners.delete(onRecord);
  }

  #found({ module, id }: RecordAddress): MemoryRecord | undefined {
    return this.records.get(`${module} ${id}`);
  }
}
