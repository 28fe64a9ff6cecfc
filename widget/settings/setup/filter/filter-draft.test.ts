import fc from 'fast-check';
import { FIELD_KINDS, type Filter, type Group, OPERATORS } from '../../../../server/core/filter/filter.ts';
import { operatorsOf } from '../../../../server/core/filter/operators.ts';
import {
  draftOfFilter,
  type EditedField,
  filterOfDraft,
  isDraftGroup,
  newCondition,
  newGroup,
  numbersOf,
  unfinished,
  withAdded,
  withField,
  withJoin,
  withOperator,
  withPart,
} from './filter-draft.ts';

const condition = fc.constantFrom(...OPERATORS).map((is): Filter => {
  if (is === 'empty' || is === 'filled') return { field: 'Stage', is };
  return { field: 'Stage', is, value: is === 'in' ? ['a', 'b'] : 'a' };
});
const part: fc.Arbitrary<Filter> = fc.letrec<{ part: Filter }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small' },
    condition,
    fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((all): Group => ({ all })),
    fc.array(tie('part'), { minLength: 1, maxLength: 3 }).map((any): Group => ({ any })),
  ),
})).part;
const group = fc
  .tuple(fc.boolean(), fc.array(part, { minLength: 1, maxLength: 4 }))
  .map(([every, parts]): Group => (every ? { all: parts } : { any: parts }));

it('a filter that is opened and left is the same filter, and nothing of it is unfinished', () => {
  fc.assert(
    fc.property(group, (filter) => {
      const draft = draftOfFilter(filter);
      expect(filterOfDraft(draft)).toEqual(filter);
      expect(unfinished(draft).size).toBe(0);
    }),
  );
});

it('taking out one condition after the other ends with every record, and never with an empty group', () => {
  fc.assert(
    fc.property(group, (filter) => {
      let draft = draftOfFilter(filter);
      for (let left = numbersOf(draft).size; draft.parts.length > 0 && left > 0; left -= 1) {
        const walk = (parts: typeof draft.parts): number | undefined => {
          const [first] = parts;
          if (first === undefined) return undefined;
          return isDraftGroup(first) ? walk(first.parts) : first.key;
        };
        draft = withPart(draft, walk(draft.parts) ?? -1, null);
        expect(JSON.stringify(draft)).not.toContain('"parts":[],');
      }
      expect(filterOfDraft(draft)).toBeNull();
    }),
  );
});

it('says where something is missing, in the server’s own places', () => {
  const draft = newGroup(true, [
    newCondition(),
    newGroup(false, [{ ...newCondition(), field: 'Amount', is: 'at-least' }]),
    { ...newCondition(), field: 'Email', is: 'filled' },
    { ...newCondition(), field: 'Amount', value: { amount: Number.NaN, currency: 'USD' } },
    { ...newCondition(), field: 'Name', value: '  ' },
  ]);
  expect([...unfinished(draft)]).toEqual([
    ['all.0.field', 'field'],
    ['all.1.any.0.value', 'value'],
    ['all.3.value', 'value'],
    ['all.4.value', 'value'],
  ]);
});

it.each(FIELD_KINDS)('a field of kind %s begins with a comparison that it has', (kind) => {
  const field: EditedField = {
    name: 'X',
    kind,
    titles: { en: 'X', fr: 'X' },
    is: [...operatorsOf(kind)],
    choices: null,
  };
  const chosen = withField(newCondition(), field);
  expect(field.is).toContain(chosen.is);
  for (const is of field.is) {
    const { value } = withOperator({ ...chosen, value: 'a' }, is);
    expect(value).toEqual(is === 'in' ? ['a'] : is === 'empty' || is === 'filled' ? undefined : 'a');
  }
  expect(withOperator({ ...chosen, is: 'in', value: ['a', 'b'] }, 'not').value).toBe('a');
});

it('adds to a group within, joins it otherwise, and counts in the order in which people read', () => {
  const inner = newGroup(true, [newCondition()]);
  const draft = withAdded(newGroup(true, [newCondition(), inner]), inner.key, newCondition());
  expect([...numbersOf(draft).values()]).toEqual([1, 1, 2, 3]);
  expect(
    Object.keys((filterOfDraft(withJoin(draft, inner.key, false)) as { all: Filter[] }).all[1] ?? {}),
  ).toEqual(['any']);
});
