import { otherSide, type Side } from '../../core/sync/mapping.ts';
import type { FieldConflict } from '../../core/sync/plan.ts';
import type { Sync, SyncSettings } from '../../core/sync-flow.ts';
import type { FieldValue } from '../../core/sync-object.ts';
import type { Forecast, Sample } from '../../engine/sync/preview.ts';
import type { CompanionRow } from '../../store/sync-companions.ts';
import type { PassRow } from '../../store/sync-passes.ts';
import type { RecordCounts } from '../../store/sync-records.ts';
import type { HistoryRow, LinkedRecordRow, PassWrites, UnitRow, UnitSide } from '../../store/sync-views.ts';
import type { SyncRow } from '../../store/syncs.ts';
import type {
  IntegrationFacts,
  SyncLink,
  SyncPass,
  SyncPreview,
  SyncRecord,
  SyncSummary,
} from '../contract.ts';
import { failureOf } from '../log/run-view.ts';
import { companionsView } from './sync-companions-view.ts';

/** What turns stored rows of a sync into what people see. */
export interface SyncFacts {
  readonly sync: Sync;
  /** What is the same of every integration. */
  readonly facts: IntegrationFacts;
  /** Address of a record in the vendor's interface, where the connector knows one. */
  readonly url: (side: Side, id: string) => string | null;
  /** Address of a companion of a side there. */
  readonly companionUrl: (side: Side, id: string) => string | null;
}

export interface SyncState {
  readonly row: SyncRow | null;
  readonly counts: RecordCounts;
  readonly leftOut: SyncSummary['leftOut'];
  readonly filter: Pick<SyncSummary, 'filter' | 'filterWords' | 'filterVersion'>;
  readonly pass: PassRow | null;
  readonly next: Date | null;
  /** Records that a preview under way has read; null: none is. */
  readonly met: number | null;
  /** Whether a preview of it was ever applied. */
  readonly begun: boolean;
}

const iso = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(ms).toISOString();

/** One number tells how much is read, whoever asks: what was met, and how much of it is compared by now. */
function progressView(
  { progress: { isBegun: _, ...progress } }: PassRow,
  met: number | null,
): PassRow['progress'] {
  if (met === null || progress.stage === 'finished') return progress;
  return progress.stage === 'planning'
    ? { ...progress, total: progress.total ?? met }
    : { ...progress, done: met };
}

/** At work, or kept from it by something other than a person. Before its first apply it is as it was wished. */
function isOn(row: Pick<SyncRow, 'phase' | 'pause'> | null, wished: boolean): boolean {
  switch (row?.phase) {
    case 'applying':
    case 'live':
    case 'undoing':
      return true;
    case 'paused':
      return !isPausedByPerson(row.pause);
    default:
      return wished;
  }
}

/** Also whoever took a pass back: the sync stands still until a person goes on with it. */
export const isPausedByPerson = (pause: SyncRow['pause']): boolean =>
  pause?.code === 'admin' || pause?.code === 'undo';

export function summaryView({ sync, facts }: SyncFacts, state: SyncState): SyncSummary {
  const { row, counts, leftOut, pass, next } = state;
  const side = (name: Side) => {
    const { object, missing } = sync[name];
    const { id, titles, connector } = object;
    const connected = facts.connections[name]?.state === 'active';
    return {
      object: id,
      titles,
      connector: missing === undefined ? { id: connector.id, titles: connector.titles, connected } : null,
    };
  };
  const look = (name: Side) => ({ askedAt: iso(row?.[name].askedAt), sweptAt: iso(row?.[name].sweptAt) });
  return {
    ...facts,
    enabled: isOn(row, facts.enabled),
    kind: sync.kind,
    direction: sync.direction,
    native: sync.native,
    left: side('left'),
    right: side('right'),
    ...state.filter,
    phase: row?.phase ?? 'new',
    begun: state.begun,
    counts,
    leftOut,
    gaps: row?.gaps ?? 0,
    pause: row?.pause
      ? {
          code: row.pause.code,
          sentence: { en: row.pause.en, fr: row.pause.fr },
          count: row.pause.count ?? null,
          phase: row.pause.phase,
        }
      : null,
    error: failureOf(row?.error ?? null),
    pass:
      pass === null
        ? null
        : {
            id: pass.id,
            kind: pass.kind,
            progress: progressView(pass, state.met),
            startedAt: pass.startedAt.toISOString(),
          },
    looks: { left: look('left'), right: look('right'), next: next?.toISOString() ?? null },
  };
}

/** Of what is not finished: only the pass in hand goes on, and only while its sync is not paused. */
function passState(pass: PassRow, row: SyncRow | null): SyncPass['state'] {
  if (pass.state !== 'running') return pass.state;
  if (row?.passId !== pass.id) return 'cancelled';
  return row.phase === 'paused' ? 'paused' : 'running';
}

/** What is told of a pass beside it: its writes, what it made beside the records, and its sync as it stands. */
export interface PassFacts {
  readonly writes: readonly PassWrites[];
  readonly companions: readonly CompanionRow[];
  readonly row: SyncRow | null;
}

export function passView(facts: SyncFacts, pass: PassRow, { writes, companions, row }: PassFacts): SyncPass {
  const own = writes.filter((write) => write.passId === pass.id);
  const written = (side: Side) => {
    const done = (operation: PassWrites['operation']) =>
      own.find((write) => write.side === side && write.operation === operation)?.done ?? 0;
    return { create: done('create'), update: done('update'), remove: done('remove') };
  };
  const sum = (count: (write: PassWrites) => number) => own.reduce((total, write) => total + count(write), 0);
  const undone = sum((write) => write.undone);
  const state = passState(pass, row);
  return {
    id: pass.id,
    kind: pass.kind,
    state,
    ofPass: pass.ofPass,
    progress: pass.progress,
    error: failureOf(pass.error),
    startedAt: pass.startedAt.toISOString(),
    finishedAt: pass.finishedAt?.toISOString() ?? null,
    written: { left: written('left'), right: written('right') },
    failed: sum((write) => write.failed),
    undone,
    companions: companionsView(facts, pass.id, companions),
    undoable:
      state !== 'running' &&
      (sum((write) => write.done) > undone ||
        companions.some((one) => one.passId === pass.id && one.undoneBy === null)),
  };
}

/** A preview of before companions or filters were counted tells of none. */
function forecastView({
  companions,
  unfitting,
  ...forecast
}: Forecast): NonNullable<SyncPreview['forecast']> {
  const view = (side: Side) => {
    const one = companions?.[side] ?? null;
    return one === null ? null : { ...one, names: [...one.names] };
  };
  const counted = (unfitting as Forecast['unfitting'] | undefined) ?? { left: 0, right: 0, leaving: 0 };
  return {
    ...forecast,
    unfitting: counted,
    companions: { left: view('left'), right: view('right') },
  };
}

export function previewView(
  facts: SyncFacts,
  pass: PassRow | null,
  writes: readonly PassWrites[],
  row: SyncRow | null,
): SyncPreview {
  const samples = (pass?.samples ?? []) as unknown as readonly Sample[];
  return {
    pass: pass === null ? null : passView(facts, pass, { writes, companions: [], row }),
    forecast: pass?.plan == null ? null : forecastView(pass.plan as unknown as Forecast),
    samples: samples.map((one) => sampleView(facts, one)),
  };
}

/** What a preview would do about one record or pair. */
export function sampleView(facts: Pick<SyncFacts, 'url'>, one: Sample): SyncPreview['samples'][number] {
  const named = (side: Side, id: string | null) => (id === null ? null : { id, url: facts.url(side, id) });
  return {
    ...one,
    left: named('left', one.left),
    right: named('right', one.right),
    matchedBy: one.matchedBy === null ? null : [...one.matchedBy],
    differences: [...one.differences],
    conflicts: one.conflicts.map((conflict) => ({ ...conflict })),
  };
}

const SIDES = ['left', 'right'] as const;

/** What would have been written into the refused field, from the record that it comes from. */
function refusedValue(settings: SyncSettings, unit: UnitRow, refusing: Side, field: string): FieldValue {
  const row = settings.rules.fields.find((mapping) => mapping[refusing] === field);
  const from = otherSide(refusing);
  return row === undefined ? null : (unit[from]?.values[row[from]] ?? null);
}

/** The side that alone has a mapped field of this id. */
function onlySideOf({ rules }: SyncSettings, field: string | null): Side | null {
  const [one, other] = SIDES.filter((side) => rules.fields.some((mapping) => mapping[side] === field));
  return one !== undefined && other === undefined ? one : null;
}

function failureView(
  settings: SyncSettings,
  unit: UnitRow,
  refusing: ReadonlyMap<string, Side>,
): SyncRecord['failure'] {
  const failing = SIDES.find((side) => unit[side]?.error != null);
  if (failing === undefined) return null;
  const failure = failureOf(unit[failing]?.error ?? null);
  if (failure === null) return null;
  // A record without a counterpart was refused where it was to be made.
  const side =
    unit.linkId === null
      ? otherSide(failing)
      : (refusing.get(unit.linkId) ?? onlySideOf(settings, failure.field));
  return {
    ...failure,
    side,
    value: side === null || failure.field === null ? null : refusedValue(settings, unit, side, failure.field),
    attempts: unit[failing]?.attempt ?? 0,
  };
}

/** Only the record itself, or the filter, changes anything about it. */
export const STANDS: ReadonlySet<string> = new Set(['vendor', 'filter', 'parted', 'unfit']);

function exclusionView(unit: UnitRow): SyncRecord['exclusion'] {
  const side = SIDES.find((name) => unit[name]?.excluded != null);
  const excluded = side === undefined ? null : unit[side]?.excluded;
  if (side === undefined || !excluded) return null;
  const { code, en, fr } = excluded;
  return { code, side, sentence: { en, fr }, canInclude: !STANDS.has(code) };
}

const leftAloneView = (unit: UnitRow): SyncRecord['leftAlone'] =>
  SIDES.flatMap((side) =>
    Object.entries(unit[side]?.withheld ?? {}).map(([field, sentence]) => ({ field, side, sentence })),
  );

export function recordView(
  { url }: Pick<SyncFacts, 'url'>,
  settings: SyncSettings,
  unit: UnitRow,
  refusing: ReadonlyMap<string, Side>,
): SyncRecord {
  const named = (side: Side, held: UnitSide | null) =>
    held === null ? null : { id: held.id, label: held.label, url: url(side, held.id) };
  return {
    id: unit.unit,
    link: unit.linkId,
    state: unit.state,
    left: named('left', unit.left),
    right: named('right', unit.right),
    failure: failureView(settings, unit, refusing),
    exclusion: exclusionView(unit),
    leftAlone: leftAloneView(unit),
    conflicts: (unit.conflicts ?? []).map((conflict: FieldConflict) => ({
      ...conflict,
      choice: unit.choices?.[conflict.field] ?? null,
    })),
    differing: [...unit.undone],
  };
}

export interface LinkParts {
  readonly unit: UnitRow;
  readonly refusing: ReadonlyMap<string, Side>;
  readonly base: Readonly<Record<string, { readonly left: FieldValue; readonly right: FieldValue }>>;
  readonly rows: readonly LinkedRecordRow[];
  readonly history: readonly HistoryRow[];
}

/** One pair, field by field: what each side holds, and who wrote it last. */
export function linkView(
  facts: SyncFacts,
  settings: SyncSettings,
  linkId: string,
  parts: LinkParts,
): SyncLink {
  const { unit, rows, history, base } = parts;
  const record = recordView(facts, settings, unit, parts.refusing);
  const linked = (side: Side) => {
    const row = rows.find((one) => one.side === side);
    const named = record[side];
    if (row === undefined || named === null) return null;
    return {
      ...named,
      version: row.version,
      deleted: unit[side]?.deleted === true,
      seenAt: row.seenAt.toISOString(),
      writtenAt: row.writtenAt?.toISOString() ?? null,
    };
  };
  return {
    ...record,
    link: linkId,
    linkedAt: (rows[0]?.linkedAt ?? new Date(0)).toISOString(),
    records: { left: linked('left'), right: linked('right') },
    fields: settings.rules.fields.map((mapping) => {
      const writes = history
        .filter((write) => write.after !== null && mapping[write.side] in write.after)
        .map((write) => ({
          at: write.at.toISOString(),
          from: otherSide(write.side),
          before: write.before?.[mapping[write.side]] ?? null,
          after: write.after?.[mapping[write.side]] ?? null,
          pass: { id: write.passId, kind: write.passKind },
          undone: write.undone,
        }));
      return {
        ...mapping,
        values: {
          left: unit.left?.values[mapping.left] ?? null,
          right: unit.right?.values[mapping.right] ?? null,
        },
        agreed: base[mapping.left] ?? null,
        last: writes[0] ?? null,
        history: writes,
      };
    }),
  };
}
