import { isSamePerson } from './same-person.ts';

describe('two names that stand with one address', () => {
  it.each([
    ['Léa Martin', 'LEA MARTIN'],
    ['Léa Martin', 'Martin Léa'],
    ['Léa Martin', 'Martin'],
    ['L. Martin', 'Léa Martin'],
    ['Jean-Luc de La Tour', 'jean luc de la tour'],
    ['', 'Léa Martin'],
  ])('“%s” and “%s” can be one person', (one, other) => {
    expect(isSamePerson(one, other)).toBe(true);
    expect(isSamePerson(other, one)).toBe(true);
  });

  it.each([
    ['Léa Martin', 'Paul Martin'],
    ['Léa Martin', 'Léa Durand'],
    ['L. Martin', 'Paul Martin'],
    ['Martin Martin', 'Léa Martin'],
  ])('“%s” and “%s” are two', (one, other) => {
    expect(isSamePerson(one, other)).toBe(false);
    expect(isSamePerson(other, one)).toBe(false);
  });
});
