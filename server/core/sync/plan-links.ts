import type { Sentence } from '../sentence.ts';
import { canonical, sameValue } from './canonical.ts';
import { otherSide, type Side, type SyncRules } from './mapping.ts';
import { agreementOf, mayReach, mergePair } from './merge.ts';
import type { KnownLink, KnownRecord, Operation, PlanInput } from './plan.ts';
import { baseWith, rulesWithout } from './withheld.ts';

/** Why one whose counterpart was deleted is left alone. */
export const KEPT: Sentence = {
  en: 'Its counterpart was deleted on the other side. It is kept here, as the flow’s settings say, and not made again there.',
  fr: 'Sa contrepartie a été supprimée de l’autre côté. Elle est gardée ici, comme le disent les réglages du flux, et n’y est pas recréée.',
};

/** Why the counterpart of one that stopped fitting is left alone. */
export const PARTED: Sentence = {
  en: 'Its counterpart does not fit the filter of the other side any more. It is kept here as it is, and linked again as soon as that one fits.',
  fr: 'Sa contrepartie ne correspond plus au filtre de l’autre côté. Elle est gardée ici telle quelle, et reliée dès que celle-ci y correspond de nouveau.',
};

/** Why the counterpart of one that stopped fitting is left alone, though it was to go with it. */
export const EDITED: Sentence = {
  en: 'Its counterpart does not fit the filter of the other side any more. It was changed here and nothing carried that over yet, so it was not removed. It is linked again as soon as the other one fits.',
  fr: 'Sa contrepartie ne correspond plus au filtre de l’autre côté. Elle a été modifiée ici sans que cela ait encore été reporté\u00a0: elle n’a donc pas été supprimée. Elle sera reliée dès que l’autre y correspondra de nouveau.',
};

/** What one link needs; null when nothing is to be done or written down. */
export function planLink(rules: SyncRules, entry: PlanInput['links'][number]): Operation | null {
  const { link } = entry;
  const left = standing(entry.left);
  const right = standing(entry.right);
  const [one, other] = [entry.left, entry.right];
  if (one?.excluded?.leaving || other?.excluded?.leaving) return planLeaving(rules, link, left, right);
  if (left?.excluded || right?.excluded) return planWithdrawal(rules, link, left, right);
  if (left !== null && right !== null) return planPair(rules, link, left, right);
  const rest = left ?? right;
  return rest === null ? { kind: 'unlink', linkId: link.id, stays: null } : planLoss(rules, link, rest);
}

/** One that takes no part any more: its counterpart stays as it is, unless it is to go with it. */
function planWithdrawal(
  rules: SyncRules,
  link: KnownLink,
  left: KnownRecord | null,
  right: KnownRecord | null,
): Operation | null {
  const [withdrawn, other] = left?.excluded?.withdraws === true ? [left, right] : [right, left];
  if (withdrawn?.excluded?.withdraws !== true) return null;
  if (other === null) return { kind: 'unlink', linkId: link.id, stays: null };
  if (other.excluded !== null || rules.remove[other.side] !== 'delete') return null;
  return { kind: 'remove', side: other.side, id: other.id, linkId: link.id };
}

/**
 * One that does not fit its side's filter. Nothing of it is carried over, a deletion neither: what is not there any
 * more ends the link alone. Where the other one was to be removed, an edit of it that only it holds wins, as over a deletion.
 */
function planLeaving(
  rules: SyncRules,
  link: KnownLink,
  left: KnownRecord | null,
  right: KnownRecord | null,
): Operation | null {
  const over: Operation = { kind: 'unlink', linkId: link.id, stays: null };
  if (left === null && right === null) return over;
  if (left === null || right === null) {
    const rest = (left ?? right) as KnownRecord;
    if (rest.excluded !== null) return over;
    return { ...over, stays: { side: rest.side, id: rest.id, excluded: KEPT } };
  }
  const [gone, stays] = left.excluded?.leaving ? [left, right] : [right, left];
  const leaving = gone.excluded?.leaving;
  if (leaving === undefined || leaving === 'kept') return null;
  const parts = { leftId: left.id, rightId: right.id };
  if (stays.excluded?.leaving) return { ...over, parts };
  if (leaving === 'unlinked') {
    const excluded = stays.excluded === null ? PARTED : null;
    return { ...over, parts, stays: excluded && { side: stays.side, id: stays.id, excluded } };
  }
  if (stays.excluded !== null) return null;
  if (edited(rules, link, stays))
    return { ...over, parts, stays: { side: stays.side, id: stays.id, excluded: EDITED } };
  return { kind: 'remove', side: stays.side, id: stays.id, linkId: link.id };
}

const standing = (record: KnownRecord | null): KnownRecord | null =>
  record === null || record.deleted ? null : record;

function planPair(
  rules: SyncRules,
  link: KnownLink,
  left: KnownRecord,
  right: KnownRecord,
): Operation | null {
  const told = mergePair(rulesWithout(rules, left, right), link.base, left.values, right.values);
  const merge = { ...told, base: baseWith(rules, link.base, told.base, left, right) };
  const writes = Object.keys(merge.toLeft).length + Object.keys(merge.toRight).length;
  if (writes === 0 && merge.conflicts.length === 0 && sameValue(merge.base, link.base)) return null;
  return {
    kind: 'pair',
    linkId: link.id,
    matchedBy: null,
    leftId: left.id,
    rightId: right.id,
    ...merge,
  };
}

/** One side was deleted. An edit wins over a deletion: what was edited since is made again, unlinked first. */
function planLoss(rules: SyncRules, link: KnownLink, rest: KnownRecord): Operation {
  const { side, id } = rest;
  if (edited(rules, link, rest)) {
    return { kind: 'unlink', linkId: link.id, stays: { side, id, excluded: null } };
  }
  if (rules.remove[side] === 'delete') return { kind: 'remove', side, id, linkId: link.id };
  return { kind: 'unlink', linkId: link.id, stays: { side, id, excluded: KEPT } };
}

/** Whether it changed since the last agreement in a field that would have travelled to the other side. */
function edited(rules: SyncRules, { base }: KnownLink, rest: KnownRecord): boolean {
  const { fields, country } = rules;
  const to: Side = otherSide(rest.side);
  return fields.some((mapping) => {
    const agreed = agreementOf(rules, mapping, base);
    if (agreed === null || !mayReach(mapping, to)) return false;
    const now = canonical(mapping.kind, rest.values[mapping[rest.side]], country);
    return !sameValue(now, agreed[rest.side]);
  });
}
