import { isMarked } from './marked.ts';

it.each([
  ['🎫', ['🎫'], '', true],
  ['🎫', ['👍'], '', false],
  ['🎫', [], 'À voir 🎫', true],
  ['❤️', ['❤'], '', true],
  ['Heart', ['heart'], '', true],
  ['#ticket', [], 'Panne. #TICKET', true],
  ['ticket', [], 'Un ticket, vite', true],
  ['ticket', [], 'Des tickets', false],
  ['été', [], 'Toute l’été', true],
  ['c++', [], 'En C++ ?', true],
  ['a.c', [], 'abc', false],
])('the mark %s of %j and “%s”: %s', (mark, reactions, text, expected) => {
  expect(isMarked({ reactions, text }, mark)).toBe(expected);
});
