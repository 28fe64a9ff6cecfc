import { fillTemplate, placesOf } from './template.ts';

describe('templates', () => {
  it('fills each place from the record and leaves other text alone', () => {
    const values: Record<string, string> = { Deal_Name: 'Refonte', Owner: 'Claire' };
    expect(
      fillTemplate('🎉 {Deal_Name} par { Owner }, 5 € {Missing}!', (place) => values[place] ?? null),
    ).toBe('🎉 Refonte par Claire, 5 € !');
  });

  it('does not fill places that a value brings along', () => {
    expect(fillTemplate('{a}', (place) => (place === 'a' ? '{b}' : 'secret'))).toBe('{b}');
  });

  it('lists its places once each', () => {
    expect(placesOf('{a} {b} {a}')).toEqual(['a', 'b']);
  });
});
