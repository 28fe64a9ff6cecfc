import type { FilterFieldsAnswer } from '../../../../server/api/contract.ts';
import {
  type Condition,
  type Filter,
  type Group,
  isGroup,
  type Operator,
  partsOfGroup,
} from '../../../../server/core/filter/filter.ts';

/** A field as the editor is told of it. */
export type EditedField = NonNullable<FilterFieldsAnswer['fields']>[number];

/** A condition that may not be finished. `key` tells it from others for as long as it is edited. */
export interface DraftCondition {
  readonly key: number;
  /** Empty: none was chosen yet. */
  readonly field: string;
  readonly is: Operator;
  /** Undefined: none was given yet, or none is asked for. */
  readonly value: unknown;
}

export interface DraftGroup {
  readonly key: number;
  readonly every: boolean;
  readonly parts: readonly DraftPart[];
}

export type DraftPart = DraftCondition | DraftGroup;

/** What is missing of a condition, by where it stands in the filter: `all.0.value`. */
export type Unfinished = ReadonlyMap<string, 'field' | 'value'>;

/** As deep as groups stand in one another. */
export const DEEPEST_GROUP = 3;

const WITHOUT_VALUE: ReadonlySet<Operator> = new Set(['empty', 'filled']);
export const takesValue = (is: Operator): boolean => !WITHOUT_VALUE.has(is);

let last = 0;
const nextKey = (): number => {
  last += 1;
  return last;
};

export const isDraftGroup = (part: DraftPart): part is DraftGroup => 'parts' in part;

export const newCondition = (): DraftCondition => ({
  key: nextKey(),
  field: '',
  is: 'equals',
  value: undefined,
});

export const newGroup = (every: boolean, parts: readonly DraftPart[]): DraftGroup => ({
  key: nextKey(),
  every,
  parts,
});

const draftOf = (part: Filter): DraftPart =>
  isGroup(part)
    ? draftOfGroup(part)
    : { key: nextKey(), field: part.field, is: part.is, value: part.value ?? undefined };

function draftOfGroup(group: Group): DraftGroup {
  const { every, parts } = partsOfGroup(group);
  return newGroup(every, parts.map(draftOf));
}

/** A saved filter to be edited; null: every record takes part. */
export const draftOfFilter = (filter: Group | null): DraftGroup =>
  filter === null ? newGroup(true, []) : draftOfGroup(filter);

function partOf(part: DraftPart): Filter {
  if (isDraftGroup(part)) return groupOf(part);
  const { field, is, value } = part;
  return takesValue(is) ? ({ field, is, value } satisfies Condition) : { field, is };
}

const groupOf = ({ every, parts }: DraftGroup): Group =>
  every ? { all: parts.map(partOf) } : { any: parts.map(partOf) };

/** What is edited as a filter; null where it has no condition. */
export const filterOfDraft = (draft: DraftGroup): Group | null =>
  draft.parts.length === 0 ? null : groupOf(draft);

/** Where the parts of a group stand, below the place of the group itself. */
export const placeWithin = (at: string, every: boolean, index: number): string =>
  `${at === '' ? '' : `${at}.`}${every ? 'all' : 'any'}.${index}`;

const isGiven = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length > 0 && value.every(isGiven);
  if (typeof value === 'string') return value.trim() !== '';
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isGiven);
  return typeof value === 'boolean';
};

/** What is still missing, so that nothing half-made is sent. The server has the last word. */
export function unfinished(draft: DraftGroup, at = ''): Unfinished {
  const found = new Map<string, 'field' | 'value'>();
  for (const [index, part] of draft.parts.entries()) {
    const place = placeWithin(at, draft.every, index);
    if (isDraftGroup(part)) for (const [inner, what] of unfinished(part, place)) found.set(inner, what);
    else if (part.field === '') found.set(`${place}.field`, 'field');
    else if (takesValue(part.is) && !isGiven(part.value)) found.set(`${place}.value`, 'value');
  }
  return found;
}

/** What is asked of a field to begin with. */
const FIRST: Partial<Record<EditedField['kind'], Operator>> = {
  text: 'contains',
  number: 'at-least',
  money: 'at-least',
  date: 'at-least',
  moment: 'at-least',
};

/** A condition over another field: nothing of what was asked of the one before holds. */
export function withField(condition: DraftCondition, field: EditedField): DraftCondition {
  const wanted = FIRST[field.kind];
  const is = wanted !== undefined && field.is.includes(wanted) ? wanted : (field.is[0] ?? 'equals');
  return { ...condition, field: field.name, is, value: field.kind === 'boolean' ? true : undefined };
}

/** Another comparison: a value stays as far as it can be one of it. */
export function withOperator(condition: DraftCondition, is: Operator): DraftCondition {
  const { value } = condition;
  if (!takesValue(is)) return { ...condition, is, value: undefined };
  const several = is === 'in';
  if (several === Array.isArray(value)) return { ...condition, is };
  if (Array.isArray(value)) return { ...condition, is, value: value[0] as unknown };
  return { ...condition, is, value: value === undefined ? undefined : [value] };
}

/** The group with one of its parts put in another's place; null: taken out. A group that is left without parts goes too. */
export function withPart(group: DraftGroup, key: number, next: DraftPart | null): DraftGroup {
  const parts = group.parts.flatMap((part): DraftPart[] => {
    if (part.key === key) return next === null ? [] : [next];
    if (!isDraftGroup(part)) return [part];
    const inner = withPart(part, key, next);
    return inner.parts.length === 0 ? [] : [inner];
  });
  return { ...group, parts };
}

/** The group with a further part at the end of one of its groups. */
export function withAdded(group: DraftGroup, into: number, part: DraftPart): DraftGroup {
  if (group.key === into) return { ...group, parts: [...group.parts, part] };
  return {
    ...group,
    parts: group.parts.map((one) => (isDraftGroup(one) ? withAdded(one, into, part) : one)),
  };
}

/** The group with one of its groups joined otherwise. */
export function withJoin(group: DraftGroup, key: number, every: boolean): DraftGroup {
  if (group.key === key) return { ...group, every };
  return {
    ...group,
    parts: group.parts.map((one) => (isDraftGroup(one) ? withJoin(one, key, every) : one)),
  };
}

/** Every part of a kind in its order, counted from 1, by key: what its fields are named by. */
export function numbersOf(draft: DraftGroup): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  let conditions = 0;
  let groups = 0;
  const walk = (group: DraftGroup): void => {
    for (const part of group.parts) {
      if (isDraftGroup(part)) {
        groups += 1;
        numbers.set(part.key, groups);
        walk(part);
      } else {
        conditions += 1;
        numbers.set(part.key, conditions);
      }
    }
  };
  walk(draft);
  return numbers;
}
