import fc from 'fast-check';
import type { FieldValues } from '../sync-object.ts';
import type { SyncRules } from './mapping.ts';
import { type KnownRecord, type Operation, type PlanInput, planSync } from './plan.ts';
import { CONTACTS, field, record, rulesOf } from './testing/rules.ts';

const RULES = rulesOf([field('email', 'email'), field('note', 'text'), field('out', 'consent')]);
const base = {
  email: { left: 'a@x', right: 'a@x' },
  note: { left: 'n', right: 'n' },
  out: { left: null, right: null },
};
const link = { id: 'l1', leftId: 'a', rightId: 'x', base };
const left = (values: FieldValues = {}, rest: Partial<KnownRecord> = {}) =>
  record('left', 'a', { email: 'a@x', note: 'n', ...values }, { linkId: 'l1', ...rest });
const right = (values: FieldValues = {}, rest: Partial<KnownRecord> = {}) =>
  record('right', 'x', { EMAIL: 'a@x', NOTE: 'n', ...values }, { linkId: 'l1', ...rest });
const GONE = { deleted: true };

const linked = (one: KnownRecord | null, other: KnownRecord | null, rules: SyncRules = RULES): Operation[] =>
  planSync(rules, { links: [{ link, left: one, right: other }], groups: [] });

describe('the plan of a link', () => {
  it('is nothing when nothing changed, and nothing but the base when both sides agree anew', () => {
    expect(linked(left(), right())).toEqual([]);
    const agreed = linked(left({ note: 'm' }), right({ NOTE: 'm' }));
    expect(agreed).toMatchObject([
      { kind: 'pair', linkId: 'l1', toLeft: {}, toRight: {}, base: { note: { left: 'm' } } },
    ]);
  });

  it('is what changed, and only that', () => {
    expect(linked(left({ note: 'm' }), right())).toMatchObject([
      {
        kind: 'pair',
        linkId: 'l1',
        matchedBy: null,
        leftId: 'a',
        rightId: 'x',
        toLeft: {},
        toRight: { NOTE: 'm' },
      },
    ]);
  });

  it('asks again and again, until a person chose', () => {
    const rules = rulesOf([field('note', 'text', { blank: 'ask' })]);
    const asked = linked(left({ note: '' }), right(), rules);
    expect(asked).toMatchObject([{ toLeft: {}, toRight: {}, conflicts: [{ field: 'note', winner: null }] }]);
  });

  it('removes or keeps the record whose counterpart was deleted, as that side’s policy says', () => {
    expect(linked(left({}, GONE), right())).toEqual([
      { kind: 'remove', side: 'right', id: 'x', linkId: 'l1' },
    ]);
    const keep = rulesOf(RULES.fields, { remove: { left: 'delete', right: 'keep' } });
    expect(linked(null, right(), keep)).toMatchObject([
      {
        kind: 'unlink',
        linkId: 'l1',
        stays: { side: 'right', id: 'x', excluded: { en: expect.stringContaining('kept') } },
      },
    ]);
  });

  it('lets an edit win over a deletion: the record is made again', () => {
    const edited = right({ NOTE: 'edited' });
    expect(linked(left({}, GONE), edited)).toEqual([
      { kind: 'unlink', linkId: 'l1', stays: { side: 'right', id: 'x', excluded: null } },
    ]);
    const next = planSync(RULES, { links: [], groups: [[left({}, GONE), { ...edited, linkId: null }]] });
    expect(next).toMatchObject([{ kind: 'create', side: 'left', from: 'x', values: { note: 'edited' } }]);
  });

  it('does not take an edit that would not have travelled for one', () => {
    const rules = rulesOf([field('email', 'email'), field('note', 'text', { direction: 'to-right' })]);
    expect(linked(left({}, GONE), right({ NOTE: 'edited' }), rules)).toMatchObject([{ kind: 'remove' }]);
  });

  it('ends when both sides are gone', () => {
    expect(linked(null, right({}, GONE))).toEqual([{ kind: 'unlink', linkId: 'l1', stays: null }]);
  });

  it('is nothing while a side is excluded', () => {
    const excluded = { excluded: { en: 'no', fr: 'non' } };
    expect(linked(left({ note: 'm' }, excluded), right())).toEqual([]);
    expect(linked(left({}, GONE), right({}, excluded))).toEqual([]);
  });
});

describe('the plan of unlinked records', () => {
  const ungrouped = (records: readonly KnownRecord[], rules = RULES) =>
    planSync(rules, { links: [], groups: [records] });
  const free = { linkId: null };

  it('links what is the same, and makes it equal', () => {
    expect(ungrouped([left({ note: '' }, free), right({ EMAIL: 'A@x' }, free)])).toMatchObject([
      {
        kind: 'pair',
        linkId: null,
        matchedBy: ['email'],
        leftId: 'a',
        rightId: 'x',
        toLeft: { note: 'n' },
        toRight: {},
      },
    ]);
  });

  it('makes what is on one side only, with every filled-in field that may travel there', () => {
    const rules = rulesOf([...RULES.fields, field('kept', 'text', { direction: 'to-left' })]);
    expect(ungrouped([left({ email: 'A@x ', note: ' ', out: true, kept: 'k' }, free)], rules)).toEqual([
      {
        kind: 'create',
        side: 'right',
        from: 'a',
        values: { EMAIL: 'A@x ', OUT: true },
        base: {
          email: { left: 'a@x', right: 'a@x' },
          note: { left: null, right: null },
          out: { left: true, right: true },
          kept: { left: 'k', right: null },
        },
      },
    ]);
  });

  it('makes nothing where the flow makes none, of excluded and deleted records, or of nothing', () => {
    const none = rulesOf(RULES.fields, { create: { left: true, right: false } });
    expect(ungrouped([left({}, free)], none)).toEqual([]);
    expect(ungrouped([left({}, { ...free, ...GONE })])).toEqual([]);
    expect(ungrouped([left({}, { ...free, excluded: { en: 'no', fr: 'non' } })])).toEqual([]);
    expect(ungrouped([left({ email: '', note: null }, free)])).toMatchObject([
      { kind: 'exclude', side: 'left', id: 'a' },
    ]);
  });

  it('leaves alone what lacks the key by which the other side knows people, and says which', () => {
    const titles = { email: { en: 'E-mail', fr: 'Adresse' } };
    const rules = rulesOf(RULES.fields, { needs: { left: ['email', 'note'], right: [] }, titles });
    expect(ungrouped([right({ EMAIL: ' ' }, free)], rules)).toMatchObject([
      { kind: 'exclude', side: 'right', id: 'x', reason: { en: expect.stringContaining('“E-mail”') } },
    ]);
    // Another field that is required there may be filled in by its rules: that side is asked.
    expect(ungrouped([right({ NOTE: null }, free)], rules)).toMatchObject([{ kind: 'create', side: 'left' }]);
    expect(ungrouped([left({ email: null }, free)], rules)).toMatchObject([
      { kind: 'create', side: 'right' },
    ]);
  });

  it('never writes an opt-in into a record that it makes', () => {
    expect(ungrouped([left({ out: false }, free)])[0]).not.toHaveProperty('values.OUT');
  });

  it('looks at a record once, however many groups it is in', () => {
    const [a, x] = [left({}, free), right({}, free)];
    const twice: PlanInput = { links: [], groups: [[a, x], [x, a], [a]] };
    expect(planSync(RULES, twice)).toHaveLength(1);
  });
});

describe('a whole sync in memory', () => {
  type Row = { side: 'left' | 'right'; email: string | null; note: string };
  const rows: fc.Arbitrary<Row[]> = fc.array(
    fc.record({
      side: fc.constantFrom('left' as const, 'right' as const),
      email: fc.constantFrom(null, 'a@x', 'b@x', 'c@x', 'd@x', 'e@x'),
      note: fc.constantFrom('', 'one', 'two'),
    }),
    { maxLength: 10 },
  );

  /** Making two records equal can take away what made a third one ambiguous: it has its turn then. */
  const MOST_ROUNDS = 4;

  it('comes to rest, makes no record twice, and is the same for records in any order', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (list, seed) => {
        const records = list.map(({ side, email, note }, index) =>
          side === 'left'
            ? record('left', `l${index}`, { email, phone: note })
            : record('right', `r${index}`, { EMAIL: email, PHONE: note }),
        );
        const shuffled = records.toSorted(
          (a, b) => ((a.id.charCodeAt(1) * seed) % 7) - ((b.id.charCodeAt(1) * seed) % 7),
        );
        const plan = planSync(CONTACTS, { links: [], groups: [records] });
        expect(planSync(CONTACTS, { links: [], groups: shuffled.map((one) => [one]) })).toEqual(plan);

        let state: PlanInput = { links: [], groups: [records] };
        for (let round = 0; round < MOST_ROUNDS; round += 1)
          state = carryOut(planSync(CONTACTS, state), state);
        expect(planSync(CONTACTS, state).filter(({ kind }) => kind !== 'exclude')).toEqual([]);
        const ends = state.links.flatMap(({ link: { leftId, rightId } }) => [leftId, rightId]);
        expect(new Set(ends).size).toBe(ends.length);
      }),
      { numRuns: 500 },
    );
  });

  function carryOut(plan: readonly Operation[], before: PlanInput): PlanInput {
    const records = new Map(before.groups.flat().map((one) => [one.id, one]));
    const links = new Map(before.links.map(({ link: one }) => [one.id, one]));
    for (const operation of plan) {
      if (operation.kind === 'pair') {
        const { leftId, rightId } = operation;
        const id = operation.linkId ?? leftId;
        for (const [recordId, patch] of [
          [leftId, operation.toLeft],
          [rightId, operation.toRight],
        ] as const) {
          const one = records.get(recordId) as KnownRecord;
          records.set(recordId, { ...one, linkId: id, values: { ...one.values, ...patch } });
        }
        links.set(id, { id, leftId, rightId, base: operation.base });
      }
      if (operation.kind === 'create') {
        const { from, side, base: agreed } = operation;
        const made = `of-${from}`;
        expect(records.has(made)).toBe(false);
        records.set(from, { ...(records.get(from) as KnownRecord), linkId: from });
        records.set(made, record(side, made, operation.values, { linkId: from }));
        const ids = side === 'left' ? { leftId: made, rightId: from } : { leftId: from, rightId: made };
        links.set(from, { id: from, ...ids, base: agreed });
      }
    }
    return {
      links: [...links.values()].map((one) => ({
        link: one,
        left: records.get(one.leftId) ?? null,
        right: records.get(one.rightId) ?? null,
      })),
      groups: [[...records.values()]],
    };
  }
});
