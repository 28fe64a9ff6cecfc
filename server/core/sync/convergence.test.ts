import fc from 'fast-check';
import type { FieldValue, FieldValues } from '../sync-object.ts';
import { canonical, sameValue } from './canonical.ts';
import type { FieldMapping, SyncRules } from './mapping.ts';
import { baseWithStored, mayReach, mergePair } from './merge.ts';
import type { Base } from './plan.ts';
import { field, rulesOf } from './testing/rules.ts';

const VALUES: Readonly<Record<string, readonly FieldValue[]>> = {
  text: ['', null, 'Noël', 'noe\u0308l', ' Noël', 'Pâques', 'a rather long text'],
  email: ['', null, 'a@x.example', 'A@X.example ', 'b@x.example'],
  phone: [null, '06 12 34 56 78', '+33612345678', '07 00 00 00 00', 'n/a'],
  name: [null, { given: 'Ana', family: 'Roy' }, { given: 'Ana', family: '' }, { given: '', family: '' }],
  consent: [null, false, true],
  labels: [null, [], ['a'], ['b', 'a'], ['a', 'b']],
};

const mappings: fc.Arbitrary<FieldMapping[]> = fc
  .uniqueArray(fc.constantFrom(...Object.keys(VALUES)), { minLength: 1 })
  .chain((kinds) =>
    fc.tuple(
      ...kinds.map((kind) =>
        fc.record({
          left: fc.constant(kind),
          right: fc.constant(kind.toUpperCase()),
          kind: fc.constant(kind as FieldMapping['kind']),
          direction: fc.constantFrom(
            'both' as const,
            'both' as const,
            'to-left' as const,
            'to-right' as const,
          ),
          master: fc.constantFrom('left' as const, 'right' as const),
          blank: fc.constantFrom('clear' as const, 'clear' as const, 'leave' as const, 'ask' as const),
        }),
      ),
    ),
  );

interface Edit {
  readonly side: 'left' | 'right';
  readonly field: string;
  readonly value: FieldValue;
}
const edits: fc.Arbitrary<(Edit | 'merge')[]> = fc.array(
  fc.oneof(
    fc.constant('merge' as const),
    fc
      .tuple(fc.constantFrom('left' as const, 'right' as const), fc.constantFrom(...Object.keys(VALUES)))
      .chain(([side, kind]) =>
        fc.constantFrom(...(VALUES[kind] ?? [])).map((value) => ({ side, field: kind, value })),
      ),
  ),
  { maxLength: 30 },
);

/** Two peers and what a sync knows of them; a peer stores what it is given in a spelling of its own. */
class Pair {
  values: Record<'left' | 'right', Record<string, FieldValue>> = { left: {}, right: {} };
  base: Base | null = null;
  /** Whether any write of a sync ever held an opt-in. */
  optedIn = false;
  readonly rules: SyncRules;
  readonly store: (value: FieldValue) => FieldValue;

  constructor(rules: SyncRules, store: (value: FieldValue) => FieldValue) {
    this.rules = rules;
    this.store = store;
  }

  edit({ side, field: id, value }: Edit): void {
    this.values[side][side === 'left' ? id : id.toUpperCase()] = value;
  }

  /** @returns how many fields were written. */
  merge(): number {
    const { toLeft, toRight, base } = mergePair(this.rules, this.base, this.values.left, this.values.right);
    this.base = this.write('right', toRight, this.write('left', toLeft, base));
    return Object.keys(toLeft).length + Object.keys(toRight).length;
  }

  private write(side: 'left' | 'right', patch: FieldValues, base: Base): Base {
    for (const { kind, [side]: id } of this.rules.fields) {
      if (kind === 'consent' && id in patch && patch[id] !== true) this.optedIn = true;
    }
    const stored = Object.fromEntries(Object.entries(patch).map(([id, value]) => [id, this.store(value)]));
    Object.assign(this.values[side], stored);
    return baseWithStored(this.rules, base, side, stored);
  }

  spelled(mapping: FieldMapping, side: 'left' | 'right'): FieldValue {
    return canonical(mapping.kind, this.values[side][mapping[side]], this.rules.country);
  }
}

function play(
  fields: FieldMapping[],
  steps: readonly (Edit | 'merge')[],
  store = (value: FieldValue) => value,
) {
  const pair = new Pair(rulesOf(fields), store);
  for (const step of steps) {
    if (step === 'merge') pair.merge();
    else pair.edit(step);
  }
  pair.merge();
  return pair;
}

/** Stores texts shortened, in lower case and composed, as some vendors do. */
const shorten = (value: FieldValue): FieldValue =>
  typeof value === 'string' ? value.trim().toLowerCase().slice(0, 8) : value;

describe('merging after any sequence of edits', () => {
  it('leaves both sides equal, except where a direction, “leave” or “ask” keeps them apart', () => {
    fc.assert(
      fc.property(mappings, edits, (fields, steps) => {
        const pair = play(fields, steps);
        for (const mapping of fields) {
          const [left, right] = [pair.spelled(mapping, 'left'), pair.spelled(mapping, 'right')];
          if (sameValue(left, right)) continue;
          const allowed =
            mapping.kind === 'consent'
              ? !mayReach(mapping, left === true ? 'right' : 'left')
              : left === null || right === null
                ? mapping.blank !== 'clear' || mapping.direction !== 'both'
                : false;
          expect({ mapping, left, right, allowed }).toMatchObject({ allowed: true });
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('writes nothing the second time, nor when a peer stored what it was given in another spelling', () => {
    fc.assert(
      fc.property(
        mappings,
        edits,
        fc.constantFrom(shorten, (value: FieldValue) => value),
        (fields, steps, store) => {
          const pair = play(fields, steps, store);
          const before = structuredClone(pair.values);
          expect(pair.merge()).toBe(0);
          expect(pair.values).toEqual(before);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('never writes an opt-in, and never writes a field against its direction', () => {
    fc.assert(
      fc.property(mappings, edits, (fields, steps) => {
        const pair = play(fields, steps);
        expect(pair.optedIn).toBe(false);
        const { rules, base, values } = pair;
        const { toLeft, toRight } = mergePair(
          rules,
          base,
          { ...values.left, text: 'x' },
          { ...values.right, TEXT: 'y' },
        );
        for (const mapping of fields) {
          if (mapping.direction === 'to-left') expect(toRight).not.toHaveProperty(mapping.right);
          if (mapping.direction === 'to-right') expect(toLeft).not.toHaveProperty(mapping.left);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('loses no value without saying so: what is overwritten was the other side’s old value, or is a conflict', () => {
    const rules = rulesOf([field('text', 'text', { master: 'right' })]);
    const texts = fc.constantFrom('a', 'b', 'c', '');
    fc.assert(
      fc.property(texts, texts, texts, (agreed, left, right) => {
        const at = canonical('text', agreed, 'FR');
        const merge = mergePair(rules, { text: { left: at, right: at } }, { text: left }, { TEXT: right });
        const overwritten = 'text' in merge.toLeft ? left : 'TEXT' in merge.toRight ? right : agreed;
        if (overwritten !== agreed)
          expect(merge.conflicts).toEqual([{ field: 'text', left, right, winner: 'right' }]);
      }),
    );
  });
});
