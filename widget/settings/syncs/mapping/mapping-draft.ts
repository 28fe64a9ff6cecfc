import type { SyncDetail, SyncSettingsChange } from '../../../../server/api/contract.ts';
import type { Side } from '../../../../server/core/sync/mapping.ts';

type Settings = SyncDetail['settings'];
type Rules = NonNullable<SyncSettingsChange['rules']>;
export type Row = Rules['fields'][number];

/** A row while it is edited; `key` stays its own when others come and go. */
export interface DraftRow extends Row {
  readonly key: number;
}

/** The settings of a sync as they stand in the editor. */
export interface Draft {
  readonly rows: readonly DraftRow[];
  readonly matchBy: readonly (readonly string[])[];
  readonly create: Readonly<Record<Side, boolean>>;
  readonly remove: Rules['remove'];
  readonly options: { readonly left: Record<string, unknown>; readonly right: Record<string, unknown> };
  readonly everySeconds: number;
  readonly sweepHours: number;
  readonly brake: { readonly records: number; readonly percent: number };
}

export function draftOf({ rules, options, everySeconds, sweepHours, brake }: Settings): Draft {
  return {
    rows: rules.fields.map(({ kind: _kind, ...row }, key) => ({ ...row, key })),
    matchBy: rules.matchBy,
    create: rules.create,
    remove: rules.remove,
    options,
    everySeconds,
    sweepHours,
    brake,
  };
}

/** A new row: nothing is joined yet, and the side that others let win wins here too. */
export function withNewRow(draft: Draft): Draft {
  const key = Math.max(-1, ...draft.rows.map((row) => row.key)) + 1;
  const { master = 'right', blank = 'leave' } = draft.rows.at(-1) ?? {};
  const row: DraftRow = { key, left: '', right: '', direction: 'both', master, blank };
  return { ...draft, rows: [...draft.rows, row] };
}

/** With these rows behind the others. */
export function withRows(draft: Draft, rows: readonly Row[]): Draft {
  const key = Math.max(-1, ...draft.rows.map((row) => row.key)) + 1;
  return { ...draft, rows: [...draft.rows, ...rows.map((row, index) => ({ ...row, key: key + index }))] };
}

/** Without the row; a match key that needs its field goes with it. */
export function withoutRow(draft: Draft, key: number): Draft {
  const rows = draft.rows.filter((row) => row.key !== key);
  return { ...draft, rows, matchBy: keysWithin(rows, draft.matchBy) };
}

export function withRow(draft: Draft, changed: DraftRow): Draft {
  const before = draft.rows.find((row) => row.key === changed.key);
  const rows = draft.rows.map((row) => (row.key === changed.key ? changed : row));
  const matchBy =
    before === undefined || before.left === changed.left ? draft.matchBy : keysWithin(rows, draft.matchBy);
  return { ...draft, rows, matchBy };
}

function keysWithin(rows: readonly Row[], matchBy: Draft['matchBy']): Draft['matchBy'] {
  const mapped = new Set(rows.map((row) => row.left));
  return matchBy.map((key) => key.filter((field) => mapped.has(field))).filter((key) => key.length > 0);
}

const rulesOf = ({ rows, matchBy, create, remove }: Draft): Rules => ({
  fields: rows.map(({ key: _key, ...row }) => row),
  matchBy: matchBy.map((key) => [...key]),
  create,
  remove,
});

const differ = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

/** What a save would send; null while nothing differs from what is saved. */
export function changeOf(draft: Draft, saved: Settings): SyncSettingsChange | null {
  const before = draftOf(saved);
  const change: SyncSettingsChange = {
    ...(differ(rulesOf(draft), rulesOf(before)) && { rules: rulesOf(draft) }),
    ...(differ(draft.options, before.options) && { options: draft.options }),
    ...(draft.everySeconds !== before.everySeconds && { everySeconds: draft.everySeconds }),
    ...(draft.sweepHours !== before.sweepHours && { sweepHours: draft.sweepHours }),
    ...(differ(draft.brake, before.brake) && { brake: draft.brake }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

/** Whether a save would ask for a new preview. */
export const asksForPreview = (change: SyncSettingsChange | null): boolean =>
  change?.rules !== undefined || change?.options !== undefined;
