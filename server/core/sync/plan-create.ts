import type { Sentence } from '../sentence.ts';
import type { FieldValue } from '../sync-object.ts';
import { asWritten, canonical } from './canonical.ts';
import { type FieldMapping, otherSide, type Side, type SyncRules } from './mapping.ts';
import { mayReach } from './merge.ts';
import type { Base, KnownRecord, Operation } from './plan.ts';
import { standInFor } from './stand-in.ts';
import { rulesWithout } from './withheld.ts';

const EMPTY: Sentence = {
  en: 'None of the flow’s fields is filled in: there is nothing to make on the other side.',
  fr: 'Aucun des champs du flux n’est rempli\u00a0: il n’y a rien à créer de l’autre côté.',
};

/** Whether that side requires the field, and people are known by it alone. */
const isKey = ({ needs, matchBy }: SyncRules, mapping: FieldMapping, side: Side): boolean =>
  needs?.[side].includes(mapping[side]) === true &&
  mayReach(mapping, side) &&
  matchBy.some((key) => key.length === 1 && key[0] === mapping.left);

const hasStandIns = ({ standIns }: SyncRules, field: string, side: Side): boolean =>
  standIns?.[side].some((one) => one.field === field) === true;

const lacks = ({ titles }: SyncRules, field: string): Sentence => {
  const { en, fr } = titles?.[field] ?? { en: field, fr: field };
  return {
    en: `“${en}” is blank, and the other side makes no record without it. It is taken in once it is filled in.`,
    fr: `«\u00a0${fr}\u00a0» est vide, et l’autre côté ne crée pas de fiche sans lui. Elle sera reprise une fois ce champ rempli.`,
  };
};

/** What a record without a counterpart needs; null when the flow makes none on the other side. */
export function planCreate(rules: SyncRules, from: KnownRecord): Operation | null {
  const side = otherSide(from.side);
  if (!rules.create[side]) return null;
  const values: Record<string, FieldValue> = {};
  const base: Record<string, Base[string]> = {};
  for (const mapping of rulesWithout(rules, from).fields) {
    const raw = from.values[mapping[from.side]] ?? null;
    const value = canonical(mapping.kind, raw, rules.country);
    // What is made begins with the number of what it is made from, whoever counts from then on.
    const travels = value !== null && (mayReach(mapping, side) || mapping.kind === 'stock');
    if (travels) values[mapping[side]] = asWritten(mapping.kind, raw, rules.country);
    const there = travels ? value : null;
    base[mapping.left] = side === 'left' ? { left: there, right: value } : { left: value, right: there };
  }
  const incomplete = (reason: Sentence): Operation => {
    return { kind: 'exclude', code: 'incomplete', side: from.side, id: from.id, reason };
  };
  if (Object.keys(values).length === 0) return incomplete(EMPTY);
  for (const mapping of rules.fields) {
    const { [side]: field, left } = mapping;
    if (field in values || rules.needs?.[side].includes(field) !== true) continue;
    const made = standInFor(rules, side, mapping, values);
    if (made !== null) {
      values[field] = made;
      // The two agree to differ: what stands in is no news for the side that has nothing.
      base[left] = { left: null, right: null, [side]: canonical(mapping.kind, made, rules.country) };
    } else if (isKey(rules, mapping, side) || hasStandIns(rules, field, side)) {
      return incomplete(lacks(rules, left));
    }
  }
  return { kind: 'create', side, from: from.id, values, base };
}
