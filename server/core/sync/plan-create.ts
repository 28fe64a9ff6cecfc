import type { Sentence } from '../sentence.ts';
import type { FieldValue } from '../sync-object.ts';
import { canonical } from './canonical.ts';
import { otherSide, type SyncRules } from './mapping.ts';
import { mayReach } from './merge.ts';
import type { Base, KnownRecord, Operation } from './plan.ts';

const EMPTY: Sentence = {
  en: 'None of the flow’s fields is filled in: there is nothing to make on the other side.',
  fr: 'Aucun des champs du flux n’est rempli : il n’y a rien à créer de l’autre côté.',
};

/** What a record without a counterpart needs; null when the flow makes none on the other side. */
export function planCreate(rules: SyncRules, from: KnownRecord): Operation | null {
  const side = otherSide(from.side);
  if (!rules.create[side]) return null;
  const values: Record<string, FieldValue> = {};
  const base: Record<string, Base[string]> = {};
  for (const mapping of rules.fields) {
    const raw = from.values[mapping[from.side]] ?? null;
    const value = canonical(mapping.kind, raw, rules.country);
    const travels = value !== null && mayReach(mapping, side);
    if (travels) values[mapping[side]] = raw;
    const there = travels ? value : null;
    base[mapping.left] = side === 'left' ? { left: there, right: value } : { left: value, right: there };
  }
  if (Object.keys(values).length === 0)
    return { kind: 'exclude', side: from.side, id: from.id, reason: EMPTY };
  return { kind: 'create', side, from: from.id, values, base };
}
