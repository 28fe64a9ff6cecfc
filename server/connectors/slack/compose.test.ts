import { composeMessage, LONGEST_TEXT } from './compose.ts';

const seen = (text: string): string => text.replaceAll('\u2060', '');
const long = `Ligne ${'x'.repeat(4_994)}`;

it('what fits stands as it is', () => {
  expect(composeMessage([{ markup: '*' }, { value: 'A & B' }, { markup: '*' }], 'whole')).toBe('*A &amp; B*');
});

it.each([1, 7, 40])(
  'a long value is shortened visibly, %d times over, and the markup around it is whole',
  (times) => {
    const text = composeMessage(
      [
        { markup: '*' },
        { value: 'Contrat cadre' },
        { markup: '*\n' },
        { value: long.repeat(times) },
        { markup: ' fin' },
      ],
      '<https://crm.example/1|whole>',
    );
    expect(text.length).toBeLessThanOrEqual(LONGEST_TEXT);
    expect(text.length).toBeGreaterThan(LONGEST_TEXT - 10);
    expect(text).toMatch(/^\*Contrat cadre\*\nLigne x+… fin\n<https:\/\/crm\.example\/1\|whole>$/);
  },
);

it('several long values share the room, and none of a template is lost', () => {
  const text = composeMessage([
    { value: 'a'.repeat(9_000) },
    { markup: ' | ' },
    { value: 'b'.repeat(9_000) },
    { markup: ' | fin' },
  ]);
  const [first = '', second = '', third] = text.split(' | ');
  expect([first.length, second.length, third]).toEqual([second.length, first.length, 'fin']);
  expect([first.at(-1), second.at(-1)]).toEqual(['…', '…']);
});

it('half an emoji of a value and half of what stands beside it are none', () => {
  expect(composeMessage([{ value: 'x :10' }, { markup: '0: y' }])).not.toContain(':100:');
  expect(composeMessage([{ markup: ':' }, { value: '100' }, { markup: ':' }])).not.toContain(':100:');
  expect(composeMessage([{ markup: ':tada: ' }, { value: 'Lot: 3' }])).toBe(':tada: Lot: 3');
});

it('texts of 5,000 characters of any kind are one message, well formed and not too long', () => {
  // Deterministic: a failure can be looked at again.
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  const signs = [
    'x',
    'é',
    ' ',
    '\n',
    '👩‍👩‍👧‍👦',
    '🎉',
    '\ud83d',
    '\udc00',
    '\u0000',
    '\u0007',
    '&',
    '<',
    '>',
    '*',
    '_',
    '~',
    '`',
    ':',
    '1',
    '\u202e',
    '\u200d',
    'e\u0301',
    '{Deal_Name}',
  ];
  for (let round = 0; round < 60; round += 1) {
    const few = Array.from({ length: 1 + random(4) }, () => signs[random(signs.length)] ?? 'x');
    let value = '';
    while (value.length < 5_000) value += few[random(few.length)];
    const text = composeMessage(
      [{ markup: '*' }, { value: 'Nom' }, { markup: '* ' }, { value }, { markup: ' fin' }],
      'whole',
    );
    expect(text.length).toBeLessThanOrEqual(LONGEST_TEXT);
    expect(text.isWellFormed()).toBe(true);
    expect(text).not.toMatch(/[^\P{Cc}\t\n]/u);
    expect(seen(text)).toMatch(/^\*Nom\* /);
    if (text.endsWith('\nwhole')) expect(seen(text)).toContain('… fin\nwhole');
    else expect(seen(text)).toMatch(/ fin$/);
  }
});
