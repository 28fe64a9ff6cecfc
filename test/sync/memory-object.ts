import type { Connector } from '../../server/core/connector.ts';
import { LiaisonError } from '../../server/core/errors.ts';
import type {
  Changes,
  FieldValues,
  SideRecord,
  SyncField,
  SyncObject,
  WriteOutcome,
} from '../../server/core/sync-object.ts';

/** One record as the pretended vendor holds it. */
export interface Held {
  id: string;
  version: number;
  /** When it was changed last, where the vendor has a clock. */
  second: number;
  values: Record<string, unknown>;
  deleted: boolean;
  /** Its place in the vendor's log of changes. */
  at: number;
  marker: string | null;
}

type Trouble = 'refuse' | 'lose-answer' | 'unreachable' | 'limit' | 'stale-version';

export interface MemoryVendor {
  readonly object: SyncObject;
  readonly records: Map<string, Held>;
  /** Vendor calls, by name, since the last `forget`. */
  readonly calls: Record<string, number>;
  /** Records written by Liaison: id and operation. */
  readonly written: { id: string; operation: 'create' | 'update' | 'remove' }[];
  /** What happens to the next writes, first to last. */
  readonly troubles: Trouble[];
  /** A rule for values that the vendor refuses. */
  refuses: (values: FieldValues) => string | null;
  /** Values that make the vendor refuse the whole batch they come in. */
  refusesWhole: (values: FieldValues) => boolean;
  /** Called before a batch of creations is done. */
  onCreate: () => Promise<void>;
  /** Called before and after a batch of updates is done: what people do meanwhile. */
  onUpdate: (moment: 'before' | 'after', ids: readonly string[]) => void;
  /** Lists answer as if there were nothing. */
  emptied: boolean;
  /** Cursors given out so far are good for nothing. */
  loseCursor(): void;
  put(id: string | null, values: Record<string, unknown>): string;
  edit(id: string, values: Record<string, unknown>): void;
  remove(id: string): void;
  live(): Held[];
  /** How far its log of changes goes: the `at` of the last one. */
  log(): number;
  forget(): void;
}

const words = (text: string) => ({ en: text, fr: text });
const error = (kind: ConstructorParameters<typeof LiaisonError>[0], more: object = {}): LiaisonError =>
  new LiaisonError(kind, { sentence: words(`vendor says ${kind}`), ...more });

export interface MemoryOptions {
  readonly fields: readonly SyncField[];
  /** What the vendor makes of the values that it is given. */
  readonly stores?: (values: Record<string, unknown>) => Record<string, unknown>;
  readonly shows?: { marker?: boolean; storedValues?: boolean; version?: boolean };
  readonly batch?: number;
  readonly list?: number;
  readonly lagMs?: number;
  readonly topics?: readonly string[];
  /**
   * The vendor's versions are seconds, of this clock, and it takes changes of any version: Zoho's way. Without
   * it each change has a version of its own, and a stale one is refused.
   */
  readonly seconds?: () => number;
}

/** A vendor in memory, with a log of changes, versions, batches, and troubles on demand. */
export function memoryVendor(name: string, options: MemoryOptions): MemoryVendor {
  const records = new Map<string, Held>();
  const calls: Record<string, number> = {};
  const stores = options.stores ?? ((values) => values);
  let log = 0;
  let nextId = 0;
  let epoch = 0;
  const count = (call: string): void => {
    calls[call] = (calls[call] ?? 0) + 1;
  };
  const versionOf = (held: Held): string | null => {
    if (options.shows?.version === false) return null;
    return options.seconds === undefined ? `v${held.version}` : `at ${held.second}`;
  };
  const seen = (held: Held): SideRecord => ({
    id: held.id,
    version: versionOf(held),
    values: held.values as FieldValues,
    label: String(held.values.name ?? held.id),
    ...(options.shows?.marker === true ? { marker: held.marker } : {}),
  });
  const touch = (held: Held): void => {
    log += 1;
    held.at = log;
    held.version += 1;
    held.second = options.seconds?.() ?? 0;
  };
  const outcome = (held: Held): WriteOutcome => ({
    ok: true,
    id: held.id,
    version: versionOf(held),
    ...(options.shows?.storedValues === true ? { values: held.values as FieldValues } : {}),
  });
  function before(): Trouble | undefined {
    const trouble = vendor.troubles.shift();
    if (trouble === 'unreachable') throw error('retry-later');
    if (trouble === 'limit') throw error('rate-limited', { retryAt: Date.now() });
    return trouble;
  }
  function after(trouble: Trouble | undefined, outcomes: WriteOutcome[]): WriteOutcome[] {
    if (trouble === 'lose-answer') throw error('retry-later', { mayHaveHappened: true });
    return outcomes;
  }
  const refusal = (trouble: Trouble | undefined, values: FieldValues, index: number): WriteOutcome | null => {
    if (trouble === 'refuse' && index === 0) return { ok: false, error: error('retry-later') };
    if (trouble === 'stale-version' && index === 0) return { ok: false, error: error('conflict') };
    const field = vendor.refuses(values);
    return field === null
      ? null
      : { ok: false, error: error('rejected', { field, vendorMessage: `bad ${field}` }) };
  };

  const object: SyncObject = {
    id: `${name}.thing`,
    connector: { id: name, titles: words(name), client: () => ({}) } as unknown as Connector,
    titles: words(name),
    fields: async () => options.fields,
    batch: {
      list: options.list ?? 100,
      read: options.batch ?? 100,
      create: options.batch ?? 100,
      update: options.batch ?? 100,
      remove: options.batch ?? 100,
    },
    lagMs: options.lagMs ?? 0,
    topics: options.topics ?? [],
    async changes(_client, { cursor }): Promise<Changes> {
      count('changes');
      const from = cursor as { epoch: number; at: number; full: boolean } | null;
      if (from !== null && from.epoch !== epoch) throw error('cursor-lost');
      const isFull = from === null || from.full;
      const since = from?.at ?? 0;
      const some = [...records.values()]
        .filter((held) => held.at > since && !(isFull && held.deleted))
        .sort((a, b) => a.at - b.at);
      if (vendor.emptied)
        return { records: [], deleted: [], cursor: { epoch, at: log, full: false }, more: false };
      const page = some.slice(0, object.batch.list);
      const more = some.length > page.length;
      return {
        records: page.filter((held) => !held.deleted).map(seen),
        deleted: page.filter((held) => held.deleted).map((held) => held.id),
        cursor: { epoch, at: more ? (page.at(-1)?.at ?? since) : log, full: isFull && more },
        more,
      };
    },
    async read(_client, { ids }) {
      count('read');
      return ids.flatMap((id) => {
        const held = records.get(id);
        return held === undefined || held.deleted ? [] : [seen(held)];
      });
    },
    async create(_client, drafts) {
      count('create');
      await vendor.onCreate();
      if (drafts.some((draft) => vendor.refusesWhole(draft.values))) throw error('rejected');
      const trouble = before();
      const outcomes = drafts.map((draft, index) => {
        const no = refusal(trouble, draft.values, index);
        if (no !== null) return no;
        const id = vendor.put(null, draft.values);
        const held = records.get(id) as Held;
        held.marker = draft.marker;
        vendor.written.push({ id, operation: 'create' });
        return outcome(held);
      });
      return after(trouble, outcomes);
    },
    async update(_client, patches) {
      count('update');
      if (patches.some((patch) => vendor.refusesWhole(patch.values))) throw error('rejected');
      const trouble = before();
      const ids = patches.map(({ id }) => id);
      vendor.onUpdate('before', ids);
      const outcomes = patches.map((patch, index): WriteOutcome => {
        const held = records.get(patch.id);
        if (held === undefined || held.deleted) return { ok: false, error: error('gone') };
        const no = refusal(trouble, patch.values, index);
        if (no !== null) return no;
        if (options.seconds === undefined && patch.version !== null && patch.version !== versionOf(held)) {
          return { ok: false, error: error('conflict') };
        }
        vendor.edit(patch.id, patch.values);
        vendor.written.push({ id: patch.id, operation: 'update' });
        return outcome(held);
      });
      vendor.onUpdate('after', ids);
      return after(trouble, outcomes);
    },
    async remove(_client, ids) {
      count('remove');
      const trouble = before();
      const outcomes = ids.map((id, index): WriteOutcome => {
        const no = refusal(trouble, {}, index);
        if (no !== null) return no;
        const held = records.get(id);
        if (held !== undefined && !held.deleted) {
          vendor.remove(id);
          vendor.written.push({ id, operation: 'remove' });
        }
        return { ok: true, id, version: null };
      });
      return after(trouble, outcomes);
    },
  };

  const vendor: MemoryVendor = {
    object,
    records,
    calls,
    written: [],
    troubles: [],
    refuses: () => null,
    refusesWhole: () => false,
    onCreate: async () => {},
    onUpdate: () => {},
    emptied: false,
    loseCursor: () => {
      epoch += 1;
    },
    put(id, values) {
      nextId += 1;
      const held: Held = {
        id: id ?? `${name}-${nextId}`,
        version: 0,
        second: 0,
        values: stores({ ...values }),
        deleted: false,
        at: 0,
        marker: null,
      };
      records.set(held.id, held);
      touch(held);
      return held.id;
    },
    edit(id, values) {
      const held = records.get(id);
      if (held === undefined || held.deleted) return;
      held.values = stores({ ...held.values, ...values });
      touch(held);
    },
    remove(id) {
      const held = records.get(id);
      if (held === undefined || held.deleted) return;
      held.deleted = true;
      touch(held);
    },
    log: () => log,
    live: () => [...records.values()].filter((held) => !held.deleted),
    forget() {
      for (const call of Object.keys(calls)) delete calls[call];
      vendor.written.length = 0;
    },
  };
  return vendor;
}
