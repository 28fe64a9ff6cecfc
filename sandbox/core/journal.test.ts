import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JournalLine, openJournal } from './journal.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-journal-'));
  file = join(folder, 'journal.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true }));

function replayed(): { lines: JournalLine[]; told: string[] } {
  const lines: JournalLine[] = [];
  const told: string[] = [];
  openJournal(
    folder,
    (line) => lines.push(line),
    (sentence) => told.push(sentence),
  ).close();
  return { lines, told };
}

const A = '["shop/rows","a",{"n":1}]\n';
const B = '["shop/rows","b",{"tags":["x","y"],"note":"[\\"shop/rows\\",\\"z\\"]"}]\n';
const C = '["shop/rows","c",{"n":3}]\n';

describe('a journal that a full disk tore', () => {
  it.each([
    ['the last line', `${A}${B}${C.slice(0, 14)}`, ['a', 'b'], 1],
    ['the last line, down to its first sign', `${A}[`, ['a'], 1],
    ['a line in the middle, with the next one behind it', `${A}${B.slice(0, 20)}${C}`, ['a', 'c'], 1],
    ['a line in the middle, ended', `${A}${B.slice(0, 30)}\n${C}`, ['a', 'c'], 1],
    ['several', `${A}${B.slice(0, 9)}${C}${A.slice(0, 21)}\n${B}${C.slice(0, 3)}`, ['a', 'c', 'b'], 2],
    ['what is no line at all', `${A}\0\0\0\0\n{"n":1}\n42\n${C}`, ['a', 'c'], 1],
    ['nothing', `${A}${B}${C}`, ['a', 'b', 'c'], 0],
  ])('%s: every whole line is kept, and the rest is told', (_name, text, ids, sentences) => {
    writeFileSync(file, text);
    const { lines, told } = replayed();
    expect(lines.map(([, id]) => id)).toEqual(ids);
    expect(told).toHaveLength(sentences);
    for (const sentence of told) expect(sentence).toMatch(/journal.*\.$/);
  });

  it('is whole again after the next start, whatever was added since', () => {
    writeFileSync(file, `${A}${B.slice(0, 20)}`);
    const journal = openJournal(
      folder,
      () => {},
      () => {},
    );
    journal.append(['shop/rows', 'c', { n: 3 }]);
    journal.close();
    expect(replayed()).toEqual({ lines: [JSON.parse(A), JSON.parse(C)], told: [] });
  });
});

describe('a write that fails', () => {
  it('leaves nothing of itself, and the file is not replaced by half of another', () => {
    const journal = openJournal(
      folder,
      () => {},
      () => {},
    );
    journal.append(['shop/rows', 'a', { n: 1 }]);
    function* breaking(): Generator<JournalLine> {
      for (let n = 0; n < 40_000; n += 1) yield ['shop/rows', `many-${n}`, { text: 'x'.repeat(50) }];
      throw new Error('ENOSPC: no space left on device');
    }
    expect(() => journal.appendAll(breaking())).toThrow('ENOSPC');
    expect(readFileSync(file, 'utf8')).toBe(A);
    journal.compact(breaking());
    expect(existsSync(`${file}.next`)).toBe(false);
    journal.append(['shop/rows', 'c', { n: 3 }]);
    journal.close();
    expect(readFileSync(file, 'utf8')).toBe(A + C);
  });
});
