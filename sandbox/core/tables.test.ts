import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digitSequences, randomId } from './identifiers.ts';
import { openTables } from './tables.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-tables-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('kill -9 loses nothing that was answered', async () => {
  const script = join(import.meta.dirname, '..', '..', 'test', 'sandbox', 'journal-writer.ts');
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.length > 20_000) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const answered = said.slice(0, said.lastIndexOf('\n')).split('\n');
  const table = openTables(folder).table<{ n: number }>('shop', 'rows');
  expect(answered.length).toBeGreaterThan(1000);
  expect(answered.filter((id) => table.get(id)?.n !== Number(id))).toEqual([]);
});

test('a line that a crash cut short is dropped, and the next one is whole', () => {
  const first = openTables(folder);
  first.table('shop', 'rows').put('a', { n: 1 });
  first.close();
  appendFileSync(join(folder, 'journal.ndjson'), '["shop/rows","b",{"n"');
  const second = openTables(folder);
  second.table('shop', 'rows').put('c', { n: 3 });
  second.close();
  expect(openTables(folder).state('shop')).toEqual({ rows: [{ n: 1 }, { n: 3 }] });
});

test('a start leaves one line per row that is left', () => {
  const tables = openTables(folder);
  const table = tables.table<{ n: number }>('shop', 'rows');
  for (let n = 0; n < 100; n += 1) table.put('one', { n });
  table.put('two', { n: 2 });
  table.delete('two');
  tables.close();
  openTables(folder).close();
  const rows = readFileSync(join(folder, 'journal.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('shop/rows'));
  expect(rows).toEqual(['["shop/rows","one",{"n":99}]']);
});

test('clearing spares kept tables, also right after a restart', () => {
  const first = openTables(folder);
  first.table('shop', 'tokens', { kept: true }).put('t', { secret: 1 });
  first.table('shop', 'rows').put('r', { n: 1 });
  first.close();
  const second = openTables(folder);
  second.clear();
  expect(second.state('shop')).toEqual({ tokens: [{ secret: 1 }] });
});

test('no one changes a row but by putting it', () => {
  const table = openTables(folder).table<{ tags: string[] }>('shop', 'rows');
  const given = { tags: ['a'] };
  table.put('1', given);
  given.tags.push('b');
  table.get('1')?.tags.push('c');
  expect(() => table.all()[0]?.tags.push('d')).toThrow('not extensible');
  expect(table.get('1')).toEqual({ tags: ['a'] });
});

test('numbers of a sequence never repeat, also over restarts and clearing', () => {
  const seen = new Set<string>();
  for (let start = 0; start < 4; start += 1) {
    const tables = openTables(folder);
    const digits = digitSequences(tables.table('sandbox', 'sequences', { kept: true }));
    for (let n = 0; n < 100; n += 1) seen.add(digits('99', 3));
    tables.clear();
    tables.close();
  }
  expect(seen.size).toBe(400);
  expect([...seen].every((number) => /^99\d{3}$/.test(number))).toBe(true);
});

test('random identifiers have the asked form', () => {
  expect(randomId('pi_', 24)).toMatch(/^pi_[A-Za-z0-9]{24}$/);
});

test('many rows put at once are there, and there after a restart', () => {
  const rows = Array.from({ length: 5000 }, (_, n) => [`r${n}`, { n, filler: 'x'.repeat(300) }] as const);
  const first = openTables(folder);
  first.table<object>('shop', 'rows').putMany(rows);
  expect(first.table('shop', 'rows').size).toBe(5000);
  first.close();
  expect(openTables(folder).table<{ n: number }>('shop', 'rows').get('r4999')?.n).toBe(4999);
});

test('what is changed together stands in the journal after it, in its order', () => {
  const first = openTables(folder);
  const table = first.table<{ n: number }>('shop', 'rows');
  const row = { n: 1 };
  first.together(() => {
    table.put('a', row);
    row.n = 7;
    table.putMany([['b', { n: 2 }]]);
    table.put('c', { n: 3 });
    table.delete('c');
    expect(readFileSync(join(folder, 'journal.ndjson'), 'utf8')).not.toContain('shop/rows');
  });
  const held = first.state('shop');
  table.put('d', { n: 4 });
  first.close();
  expect(held).toEqual({ rows: [{ n: 1 }, { n: 2 }] });
  expect(openTables(folder).state('shop')).toEqual({ rows: [{ n: 1 }, { n: 2 }, { n: 4 }] });
});

test('of work that failed together nothing is written, and what comes after it is', () => {
  const first = openTables(folder);
  const table = first.table<{ n: number }>('shop', 'rows');
  expect(() =>
    first.together(() => {
      table.put('a', { n: 1 });
      throw new Error('no seed');
    }),
  ).toThrow('no seed');
  table.put('b', { n: 2 });
  first.close();
  expect(openTables(folder).state('shop')).toEqual({ rows: [{ n: 2 }] });
});
