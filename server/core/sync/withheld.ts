import type { FieldMapping, SyncRules } from './mapping.ts';
import type { Base, KnownRecord } from './plan.ts';

type Told = Pick<KnownRecord, 'side' | 'withheld'>;

const isWithheld = (mapping: FieldMapping, records: readonly Told[]): boolean =>
  records.some(({ side, withheld }) => withheld?.[mapping[side]] !== undefined);

/** The rules for records of which some fields are not told whole: those fields are left alone on both sides. */
export function rulesWithout(rules: SyncRules, ...records: readonly Told[]): SyncRules {
  if (records.every(({ withheld }) => withheld === null || withheld === undefined)) return rules;
  return { ...rules, fields: rules.fields.filter((mapping) => !isWithheld(mapping, records)) };
}

/** A base that was merged without them, with what was agreed on for them before. */
export function baseWith(rules: SyncRules, before: Base, merged: Base, ...records: readonly Told[]): Base {
  const kept = rules.fields.flatMap((mapping) => {
    const agreed = before[mapping.left];
    return agreed !== undefined && isWithheld(mapping, records) ? [[mapping.left, agreed] as const] : [];
  });
  return kept.length === 0 ? merged : { ...merged, ...Object.fromEntries(kept) };
}
