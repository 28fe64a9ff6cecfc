import fc from 'fast-check';
import { type BodyPart, bodyBlocks, inLots, type NotionBlock } from './blocks.ts';
import { pieces } from './rich-text.ts';

const textOf = (block: NotionBlock): string => {
  const inner = block[block.type] as { rich_text?: { text: { content: string } }[] };
  return (inner.rich_text ?? []).map(({ text }) => text.content).join('');
};
const shown = (...parts: BodyPart[]) => bodyBlocks(parts).map((block) => [block.type, textOf(block)]);

it('a text is in pieces of at most 2,000 units, joined the same, and no pair is torn apart', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 5_000, size: 'max' }), (text) => {
      const all = pieces(text).map((one) => one.text.content);
      expect(all.join('')).toBe(text.toWellFormed());
      for (const one of all)
        expect([one.length > 0 && one.length <= 2_000, one.isWellFormed()]).toEqual([true, true]);
    }),
    { numRuns: 50 },
  );
  const [first, second] = pieces(`${'a'.repeat(1_999)}🎉b`);
  expect([first?.text.content.length, second?.text.content]).toEqual([1_999, '🎉b']);
});

it('lines are paragraphs, and what their author marked is what the mark says', () => {
  expect(shown({ markup: '# Titre\n## Plus petit\n- un\n1. deux\n> dit\n---\n\nTexte' })).toEqual([
    ['heading_1', 'Titre'],
    ['heading_2', 'Plus petit'],
    ['bulleted_list_item', 'un'],
    ['numbered_list_item', 'deux'],
    ['quote', 'dit'],
    ['divider', ''],
    ['paragraph', ''],
    ['paragraph', 'Texte'],
  ]);
});

it('a value marks nothing, though it looks like it, and its own lines are lines', () => {
  expect(shown({ markup: '# ' }, { value: 'Nom' }, { markup: '\n' }, { value: '# un\n- deux\n---' })).toEqual(
    [
      ['heading_1', 'Nom'],
      ['paragraph', '# un'],
      ['paragraph', '- deux'],
      ['paragraph', '---'],
    ],
  );
});

it('a body of nothing but blanks is none', () => {
  expect(bodyBlocks([{ markup: ' \n' }, { value: '' }])).toEqual([]);
});

it('a line that is longer than a block takes goes on in the next one', () => {
  const long = 'x'.repeat(250_001);
  const blocks = bodyBlocks([{ value: long }]);
  expect(blocks.map(textOf).join('')).toBe(long);
  expect(blocks).toHaveLength(2);
});

it('lots hold at most a hundred blocks and less than a request’s bytes, all of them in order', () => {
  const many = bodyBlocks([{ value: Array.from({ length: 131 }, (_, at) => String(at)).join('\n') }]);
  expect(inLots(many).map((lot) => lot.length)).toEqual([100, 31]);
  const heavy = bodyBlocks([{ value: Array.from({ length: 20 }, () => 'é'.repeat(30_000)).join('\n') }]);
  const lots = inLots(heavy);
  expect(lots.flat()).toEqual(heavy);
  for (const lot of lots) expect(Buffer.byteLength(JSON.stringify(lot))).toBeLessThan(500_000);
});
