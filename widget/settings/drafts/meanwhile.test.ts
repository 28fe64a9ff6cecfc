import { differing, isSame, meanwhile, withPart } from './meanwhile.ts';

const parts = (values: Record<string, unknown>) => new Map(Object.entries(values));

describe('settings that are edited in two places', () => {
  it('keep what each changed where they changed different parts, and tell of the other', () => {
    const found = meanwhile(
      parts({ channel: '#ventes', template: 'Bravo', smallest: 0 }),
      parts({ channel: '#ventes', template: 'Bravo', smallest: 500 }),
      parts({ channel: '#ventes', template: 'Gagné', smallest: 0 }),
    );
    expect(Object.fromEntries(found.merged)).toEqual({
      channel: '#ventes',
      template: 'Gagné',
      smallest: 500,
    });
    expect([found.told, found.contested]).toEqual([['template'], []]);
  });

  it('leave to a person what both changed, and nothing where both say the same', () => {
    const found = meanwhile(
      parts({ template: 'Bravo', smallest: 0 }),
      parts({ template: 'Mine', smallest: 5 }),
      parts({ template: 'Theirs', smallest: 5 }),
    );
    expect([found.told, found.contested]).toEqual([[], ['template']]);
    expect(found.merged.get('template')).toBe('Mine');
  });

  it('know parts that came and went', () => {
    const base = parts({ 'row note': { right: 'Description' }, 'row phones': { right: 'Phone' } });
    const mine = withPart(base, 'row note', undefined);
    const current = withPart(withPart(base, 'row phones', undefined), 'row birthday', { right: 'Birthday' });
    const found = meanwhile(base, mine, current);
    expect([...found.merged.keys()]).toEqual(['row birthday']);
    expect(found.told.toSorted()).toEqual(['row birthday', 'row phones']);
    expect(found.contested).toEqual([]);
    expect(differing(base, current).toSorted()).toEqual(['row birthday', 'row phones']);
  });

  it('are the same in whatever order their keys come', () => {
    expect(isSame({ left: 'a', right: ['b', { c: 1 }] }, { right: ['b', { c: 1 }], left: 'a' })).toBe(true);
    expect(isSame(['a', 'b'], ['b', 'a'])).toBe(false);
    expect(isSame({ a: null }, {})).toBe(false);
  });

  it('leave to a person what one took away and the other changed', () => {
    const base = parts({ 'row note': { right: 'Description' } });
    const current = parts({ 'row note': { right: 'Department' } });
    expect(meanwhile(base, parts({}), current).contested).toEqual(['row note']);
  });
});
