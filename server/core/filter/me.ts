import {
  type Condition,
  conditionsOf,
  type Filter,
  type FilterField,
  type Group,
  isGroup,
  type KeptFilter,
} from './filter.ts';

/** What stands in a filter for the person whose integration it is. */
export const ME = 'me';

/** The person whose integration it is, as a user of the organisation's own suite. */
export interface Me {
  /** The vendor's own id of the user. */
  readonly id: string;
  readonly name: string;
}

const isMe = (value: unknown): boolean => value === ME;

const namesMe = ({ value }: Condition): boolean => (Array.isArray(value) ? value.some(isMe) : isMe(value));

/** Whether a filter speaks of whose integration it is. @param fields those that it names, at least. */
export function asksForMe(filter: Group, fields: readonly FilterField[]): boolean {
  const users = usersAmong(fields);
  return conditionsOf(filter).some((one) => users.has(one.field) && namesMe(one));
}

/**
 * The filter as it is judged for one person: their id in the place of `me`, told by their name.
 *
 * @param me null: the integration is nobody's own. What asks for its owner then fits no record.
 */
export function withMe<Kept extends Pick<KeptFilter, 'filter' | 'fields'>>(kept: Kept, me: Me | null): Kept {
  if (!asksForMe(kept.filter, kept.fields)) return kept;
  const users = usersAmong(kept.fields);
  const put = (value: unknown): unknown => (isMe(value) ? (me?.id ?? '') : value);
  const told = (part: Filter): Filter => {
    if (!isGroup(part)) return users.has(part.field) && namesMe(part) ? withValue(part, put) : part;
    return 'all' in part ? { all: part.all.map(told) } : { any: part.any.map(told) };
  };
  const named = (field: FilterField): FilterField =>
    field.user === true && me !== null
      ? { ...field, choices: [...(field.choices ?? []), { value: me.id, title: me.name }] }
      : field;
  return { ...kept, filter: told(kept.filter) as Group, fields: kept.fields.map(named) };
}

const usersAmong = (fields: readonly FilterField[]): ReadonlySet<string> =>
  new Set(fields.flatMap(({ name, user }) => (user === true ? name : [])));

const withValue = (condition: Condition, put: (value: unknown) => unknown): Condition => ({
  ...condition,
  value: Array.isArray(condition.value) ? condition.value.map(put) : put(condition.value),
});
