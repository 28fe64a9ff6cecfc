import type { Parts } from '../../drafts/meanwhile.ts';
import type { Draft, DraftRow, Row } from './mapping-draft.ts';

const SIDES = ['left', 'right'] as const;

/** The name of a row's part: by its left field, of which there is one row; what is not chosen yet by its place. */
const rowName = ({ left, key }: DraftRow, taken: ReadonlySet<string>): string =>
  left === '' || taken.has(`row ${left}`) ? `row ${left}#${key}` : `row ${left}`;

/** The settings in the parts that two people may change without touching each other's. */
export function partsOf(draft: Draft): Parts {
  const parts = new Map<string, unknown>();
  for (const row of draft.rows) {
    const { key: _key, ...rest } = row;
    parts.set(rowName(row, new Set(parts.keys())), rest);
  }
  parts.set('matchBy', draft.matchBy);
  for (const side of SIDES) {
    parts.set(`create ${side}`, draft.create[side]);
    parts.set(`remove ${side}`, draft.remove[side]);
    for (const [id, value] of Object.entries(draft.options[side])) parts.set(`option ${side} ${id}`, value);
  }
  parts.set('everySeconds', draft.everySeconds);
  parts.set('sweepHours', draft.sweepHours);
  parts.set('brake', draft.brake);
  return parts;
}

/** The settings again; rows that `like` has keep their keys. */
export function draftFrom(parts: Parts, like: Draft): Draft {
  const known = new Map<string, number>();
  for (const row of like.rows) known.set(rowName(row, new Set(known.keys())), row.key);
  let next = Math.max(-1, ...known.values()) + 1;
  const rows: DraftRow[] = [];
  const options = { left: {} as Record<string, unknown>, right: {} as Record<string, unknown> };
  for (const [name, value] of parts) {
    if (name.startsWith('row ')) rows.push({ ...(value as Row), key: known.get(name) ?? next++ });
    const [kind, side, id] = name.split(' ', 3);
    if (kind === 'option' && (side === 'left' || side === 'right')) options[side][id ?? ''] = value;
  }
  const of = <Value>(name: string, otherwise: Value): Value =>
    (parts.get(name) as Value | undefined) ?? otherwise;
  return {
    rows,
    matchBy: of('matchBy', like.matchBy),
    create: { left: of('create left', like.create.left), right: of('create right', like.create.right) },
    remove: { left: of('remove left', like.remove.left), right: of('remove right', like.remove.right) },
    options,
    everySeconds: of('everySeconds', like.everySeconds),
    sweepHours: of('sweepHours', like.sweepHours),
    brake: of('brake', like.brake),
  };
}
