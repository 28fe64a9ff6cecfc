import { labelsOf, tagPlan } from './tag-plan.ts';

describe('tags by prefix', () => {
  const plan = tagPlan('CRM: ', '');
  it('are the labels behind the prefix, and those of others stand for nothing', () => {
    expect(plan.tagsFor(['Salon', 'Web'])).toEqual(['CRM: Salon', 'CRM: Web']);
    expect(plan.labelsFor(['VIP', 'CRM: Salon', 'crm: Web'])).toEqual(['Salon', 'Web']);
    expect([plan.isOurs('crm: x'), plan.isOurs('VIP')]).toEqual([true, false]);
  });
});

describe('tags by rule', () => {
  const plan = tagPlan('CRM: ', 'Web Download = Web; Web Research = web\nTrade Show=Salons\n=x;y=');
  it('are those that the rules name, each once; a label of no rule has none', () => {
    expect(plan.tagsFor(['web download', 'Web Research', 'Trade Show', 'Advertisement'])).toEqual([
      'Web',
      'Salons',
    ]);
    expect(plan.tagsFor([])).toEqual([]);
  });
  it('are the flow’s own, and stand for the first label that means them', () => {
    expect(['WEB', 'Salons', 'CRM: Web', 'x'].map(plan.isOurs)).toEqual([true, true, false, false]);
    expect(plan.labelsFor(['salons', 'VIP', 'Web'])).toEqual(['Trade Show', 'Web Download']);
  });
});

it('labels are read from a list or one text, without blanks', () => {
  expect([labelsOf([' a ', '', 'b']), labelsOf('c'), labelsOf(null), labelsOf(undefined)]).toEqual([
    ['a', 'b'],
    ['c'],
    [],
    [],
  ]);
});
