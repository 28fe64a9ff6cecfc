import type { FieldValues } from '../sync-object.ts';
import { mergePair } from './merge.ts';
import { planSync } from './plan-sync.ts';
import { field, record, rulesOf } from './testing/rules.ts';

/** People without a name, where the other side makes nobody without one. */

const RULES = rulesOf(
  [field('name', 'name'), field('email', 'email'), field('phone', 'phone'), field('company', 'company')],
  {
    needs: { left: [], right: ['NAME'] },
    standIns: { left: [], right: [{ field: 'NAME', from: ['COMPANY', 'EMAIL'], maxLength: 20 }] },
    titles: { name: { en: 'Name', fr: 'Nom' } },
  },
);
const plan = (values: FieldValues) => planSync(RULES, { links: [], groups: [[record('left', 'a', values)]] });

describe('a new record without a required name', () => {
  it.each([
    ['the company', { company: ' Boulangerie Roux ', email: 'info@exemple.example' }, 'Boulangerie Roux'],
    ['the address', { email: 'info@exemple.example' }, 'info@exemple.example'],
    ['the address, past a blank company', { company: '  ', email: 'a@exemple.example' }, 'a@exemple.example'],
    ['a name that is only spaces', { name: { given: ' ', family: '' }, email: 'a@x.example' }, 'a@x.example'],
    ['a long company, fitted visibly', { company: 'Ateliers réunis du Midi' }, 'Ateliers réunis du…'],
    ['half an emoji never', { company: 'xxxxxxxxxxxxxxxxxx🏭🏭' }, 'xxxxxxxxxxxxxxxxxx…'],
  ])('is called by %s', (_, values, family) => {
    expect(plan(values)).toMatchObject([
      {
        kind: 'create',
        side: 'right',
        values: { NAME: { given: '', family } },
        base: { name: { left: null, right: { given: '', family } } },
      },
    ]);
  });

  it('of which nothing but a number is known is left out, with the reason', () => {
    expect(plan({ phone: '3631' })).toMatchObject([
      {
        kind: 'exclude',
        code: 'incomplete',
        side: 'left',
        id: 'a',
        reason: { en: expect.stringContaining('“Name”'), fr: expect.stringContaining('«\u00a0Nom\u00a0»') },
      },
    ]);
  });

  it('keeps a name that it has', () => {
    const [made] = plan({ name: { given: '', family: 'Roux' }, company: 'Boulangerie' });
    expect(made).toMatchObject({ values: { NAME: { given: '', family: 'Roux' } } });
  });
});

describe('what stood in for a name', () => {
  const left = { name: null, email: 'info@exemple.example', company: 'Boulangerie Roux' };
  const right = (family: string) => ({
    NAME: { given: '', family },
    EMAIL: 'info@exemple.example',
    COMPANY: 'Boulangerie Roux',
  });
  const base = {
    name: { left: null, right: { given: '', family: 'Boulangerie Roux' } },
    email: { left: 'info@exemple.example', right: 'info@exemple.example' },
    company: { left: 'Boulangerie Roux', right: 'Boulangerie Roux' },
  };

  it('is not carried back, whether the two are linked or meet for the first time', () => {
    expect(mergePair(RULES, base, left, right('Boulangerie Roux'))).toMatchObject({
      toLeft: {},
      toRight: {},
    });
    for (const family of ['Boulangerie Roux', 'info@exemple.example']) {
      expect(mergePair(RULES, null, left, right(family))).toMatchObject({ toLeft: {}, toRight: {} });
    }
  });

  it('gives way to a name that somebody types, on either side', () => {
    expect(mergePair(RULES, base, left, right('Roux'))).toMatchObject({
      toLeft: { name: { given: '', family: 'Roux' } },
    });
    const named = { ...left, name: { given: 'Jeanne', family: 'Roux' } };
    expect(mergePair(RULES, base, named, right('Boulangerie Roux'))).toMatchObject({
      toRight: { NAME: { given: 'Jeanne', family: 'Roux' } },
      toLeft: {},
    });
    expect(mergePair(RULES, null, left, right('Roux'))).toMatchObject({
      toLeft: { name: { given: '', family: 'Roux' } },
    });
  });
});
