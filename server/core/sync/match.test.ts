import fc from 'fast-check';
import { matchGroup, matchKeysOf } from './match.ts';
import type { KnownRecord } from './plan.ts';
import { CONTACTS, field, record, rulesOf } from './testing/rules.ts';

const L = (id: string, email: string | null, phone: string | null = null, rest: Partial<KnownRecord> = {}) =>
  record('left', id, { email, phone }, rest);
const R = (id: string, email: string | null, phone: string | null = null, rest: Partial<KnownRecord> = {}) =>
  record('right', id, { EMAIL: email, PHONE: phone }, rest);

/** The answer in ids: `a=x` for pairs, `a?` for ambiguous ones, `a` for lonely ones. */
function match(group: readonly KnownRecord[], rules = CONTACTS): string[] {
  const { pairs, ambiguous, lonely } = matchGroup(rules, group);
  return [
    ...pairs.map(({ left, right }) => `${left.id}=${right.id}`),
    ...ambiguous.map(({ record: one }) => `${one.id}?`),
    ...lonely.map(({ id }) => id),
  ].sort();
}

describe('match keys', () => {
  it('are the same text for records of both sides that are spelled alike', () => {
    const left = matchKeysOf(CONTACTS, 'left', { email: 'Ana@x.example', phone: '06 12 34 56 78' });
    expect(left).toEqual(['0:["ana@x.example"]', '1:["+33612345678"]']);
    expect(matchKeysOf(CONTACTS, 'right', { EMAIL: ' ana@X.example', PHONE: '+33612345678' })).toEqual(left);
  });

  it('need all their fields', () => {
    const rules = rulesOf([field('email', 'email'), field('name', 'name')], {
      matchBy: [['email', 'name'], ['email', 'gone'], ['email']],
    });
    expect(matchKeysOf(rules, 'left', { email: 'a@x.example', name: '' })).toEqual(['2:["a@x.example"]']);
  });
});

describe('matching', () => {
  it('pairs what shares a key with nothing else, and leaves what has no counterpart lonely', () => {
    expect(match([L('a', 'a@x'), R('x', 'A@x'), L('b', 'b@x'), R('y', 'y@x')])).toEqual(['a=x', 'b', 'y']);
  });

  it('tries a weaker key only for those that the stronger one left over', () => {
    const group = [
      L('a', 'a@x', '0612345678'),
      L('b', null, '0612345678'),
      R('x', 'a@x', null),
      R('y', null, '0612345678'),
    ];
    // By telephone, y could be a or b; but a is x by the stronger key.
    expect(match(group)).toEqual(['a=x', 'b=y']);
  });

  it('reports what could be several, on either side, with the field, the value and how many', () => {
    const group = [L('a', 'a@x'), R('x', 'a@x'), R('y', 'a@x')];
    expect(match(group)).toEqual(['a?', 'x?', 'y?']);
    const reasons = matchGroup(CONTACTS, group).ambiguous.map(({ record: one, reason }) => [
      one.id,
      reason.en,
    ]);
    expect(reasons[0]?.[1]).toContain('2 records on the other side share email “a@x”');
    expect(reasons[1]?.[1]).toContain('2 records on this side share email “a@x”');
  });

  it('makes no second one of a record whose only counterpart is linked or left alone already', () => {
    const linked = { linkId: 'l1' };
    expect(match([L('a', 'a@x'), R('x', 'a@x', null, linked)])).toEqual(['a?']);
    const excluded = { excluded: { en: 'no', fr: 'non' } };
    expect(match([L('a', 'a@x', null, excluded), R('x', 'a@x')])).toEqual(['x?']);
    expect(
      match([L('a', 'a@x', null, linked), L('b', 'a@x'), R('x', 'a@x', null, linked), R('y', 'a@x')]),
    ).toEqual(['b=y']);
  });

  it('takes two records that share a telephone and differ in e-mail for two people', () => {
    expect(match([L('a', 'a@x', '0612345678'), R('x', 'x@x', '0612345678')])).toEqual(['a', 'x']);
    expect(match([L('a', 'a@x', '0612345678'), R('x', null, '0612345678')])).toEqual(['a=x']);
  });

  it('takes duplicates of one side, without any counterpart, as they are', () => {
    expect(match([L('a', 'a@x'), L('b', 'a@x')])).toEqual(['a', 'b']);
  });

  it('looks at no deleted record', () => {
    expect(match([L('a', 'a@x', null, { deleted: true }), R('x', 'a@x')])).toEqual(['x']);
  });

  const emails = fc.constantFrom(null, 'a@x', 'b@x', 'c@x');
  const phones = fc.constantFrom(null, '0612345678', '0700000000');
  const groups = fc
    .array(fc.tuple(fc.boolean(), emails, phones, fc.constantFrom('free', 'free', 'linked', 'deleted')), {
      maxLength: 12,
    })
    .map((rows) =>
      rows.map(([onLeft, email, phone, state], index) => {
        const rest = { linkId: state === 'linked' ? 'l' : null, deleted: state === 'deleted' };
        return onLeft ? L(`l${index}`, email, phone, rest) : R(`r${index}`, email, phone, rest);
      }),
    );

  it('gives the same answer in whatever order the records come, each free one exactly once', () => {
    fc.assert(
      fc.property(
        groups.chain((group) =>
          fc.tuple(fc.constant(group), fc.shuffledSubarray(group, { minLength: group.length })),
        ),
        ([group, shuffled]) => {
          expect(matchGroup(CONTACTS, shuffled)).toEqual(matchGroup(CONTACTS, group));
          const { pairs, ambiguous, lonely } = matchGroup(CONTACTS, group);
          const seen = [
            ...pairs.flatMap(({ left, right }) => [left, right]),
            ...ambiguous.map(({ record: one }) => one),
            ...lonely,
          ];
          const free = group.filter((one) => !one.deleted && one.linkId === null);
          expect(seen.map(({ id }) => id).sort()).toEqual(free.map(({ id }) => id).sort());
        },
      ),
      { numRuns: 2000 },
    );
  });
});
