import { LiaisonError } from '../errors.ts';
import type { Sentence } from '../sentence.ts';
import type { FieldValues, SyncField } from '../sync-object.ts';
import { canonical, sameValue } from './canonical.ts';
import type { FieldMapping, Side, SyncRules } from './mapping.ts';
import { couldBeSpelling } from './spelling.ts';

/** A change that a vendor took without a complaint, and what its answer shows of it. */
export interface AnsweredChange {
  readonly rules: SyncRules;
  readonly side: Side;
  readonly schema: ReadonlyMap<string, SyncField>;
  readonly before: FieldValues;
  readonly sent: FieldValues;
  readonly shown: FieldValues;
}

/** Digits that two spellings of one number share: the code of the country may stand before them, or not. */
const NATIONAL_DIGITS = 7;

/**
 * Fields of a change whose answer shows the value of before, though another one was sent: the vendor did not
 * keep it. What may be its own spelling of the new value is none of them.
 */
export function notKept(change: AnsweredChange): FieldMapping[] {
  const { rules, side, before, sent, shown } = change;
  return rules.fields.filter((mapping) => {
    const field = mapping[side];
    if (!(field in sent) || shown[field] === undefined) return false;
    const as = (values: FieldValues) => canonical(mapping.kind, values[field], rules.country);
    const [was, wanted, kept] = [as(before), as(sent), as(shown)];
    return !sameValue(was, wanted) && sameValue(was, kept) && !isSpelled(change, mapping);
  });
}

function isSpelled({ rules, side, schema, sent, shown }: AnsweredChange, mapping: FieldMapping): boolean {
  const field = mapping[side];
  const [given, kept] = [sent[field], shown[field]];
  if (mapping.kind === 'phone' && isSameNumber(String(given ?? ''), String(kept ?? ''))) return true;
  if (!couldBeSpelling(mapping.kind, given, kept, rules.country)) return false;
  // Where the longest text is known, what is longer is not sent, and nothing is cut.
  const isCut = schema.get(field)?.maxLength !== undefined && mapping.kind !== 'labels';
  return !isCut || couldBeSpelling(mapping.kind, kept, given, rules.country);
}

function isSameNumber(one: string, other: string): boolean {
  const digits = [one, other].map((text) => text.replace(/\D/g, '').replace(/^0+/, ''));
  const [shorter = '', longer = ''] = digits.sort((a, b) => a.length - b.length);
  return shorter.length >= NATIONAL_DIGITS && longer.endsWith(shorter);
}

/** @param vendor by the title that people know. */
export function notKeptError(vendor: Sentence, field: string, title: Sentence): LiaisonError {
  return new LiaisonError('rejected', {
    field,
    sentence: {
      en: `${vendor.en} answered that it stored the change, and kept the old value of “${title.en}”. Look at this record there, correct what it does not take, then retry.`,
      fr: `${vendor.fr} a répondu avoir enregistré la modification, et a gardé l’ancienne valeur de «\u00a0${title.fr}\u00a0». Regardez cette fiche là-bas, corrigez ce qui n’y est pas accepté, puis relancez.`,
    },
  });
}
