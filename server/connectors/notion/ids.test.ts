import { asId, pageAddress, pastedId } from './ids.ts';

const ID = '0123abcd-4567-89ab-cdef-0123456789ab';
const PLAIN = ID.replaceAll('-', '');

it.each([
  ID,
  PLAIN.toUpperCase(),
  `https://www.notion.so/${PLAIN}`,
  `https://www.notion.so/atelier/Projets-2026-${PLAIN}?v=ffffffffffffffffffffffffffffffff&pvs=4`,
  `https://atelier.notion.site/Projets-${PLAIN}/`,
  ` https://app.notion.com/p/${ID} `,
])('%s names the database', (text) => {
  expect(pastedId(text)).toBe(ID);
});

it.each(['', 'Projets', 'https://www.notion.so/', `https://notion.so.evil.example/${PLAIN}`, `${PLAIN}0`])(
  '%s names none',
  (text) => {
    expect(pastedId(text)).toBeNull();
  },
);

it('an address leads to the id that it was made of', () => {
  expect(pastedId(pageAddress(ID))).toBe(ID);
  expect(asId('zz')).toBeNull();
});
