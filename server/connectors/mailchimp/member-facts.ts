import type { FilterField } from '../../core/filter/filter.ts';
import { factsFrom, filterFieldsFrom } from '../../core/sync/facts.ts';
import type { Facts } from '../../core/sync-object.ts';
import type { Engagements } from './engagement.ts';
import { fieldsOf, valuesOf } from './member-fields.ts';
import { MEMBER_STATUSES, type Member, type MergeField } from './shapes.ts';
import { tagPlan } from './tag-plan.ts';

/** Conditions see every tag, whichever of them the flow keeps. */
const ALL_TAGS = tagPlan('', '');
const STATUS = 'status';

/** What conditions on the members of an audience can be built from. */
export const memberFilterFields = (mergeFields: readonly MergeField[]): FilterField[] =>
  filterFieldsFrom(fieldsOf(mergeFields)).map((field) =>
    field.name === STATUS
      ? { ...field, choices: MEMBER_STATUSES.map((value) => ({ value, title: value })) }
      : field,
  );

/** What a filter judges a member by. */
export function memberFacts(
  member: Member,
  names: readonly string[],
  mergeFields: readonly MergeField[],
  engagements: Engagements | undefined,
): Facts {
  const kinds = new Map(fieldsOf(mergeFields).map((field) => [field.id, field]));
  return { values: factsFrom(valuesOf(member, ALL_TAGS, engagements), names, kinds), currency: null };
}
