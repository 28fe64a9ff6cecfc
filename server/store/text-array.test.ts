import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type Database, openDatabase } from './database.ts';
import { textArray } from './text-array.ts';

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { max: 1, onError() {} });
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const read = async (texts: readonly (string | null)[]) => {
  const [row] = await database.query<{ texts: unknown }>(
    'select $1::text[] as texts',
    [textArray(texts, (text) => text)],
    'read-texts',
  );
  return row?.texts;
};

describe('an array of texts in binary form', () => {
  it.each([
    ['no text', []],
    ['nothing beside an empty text', [null, '', null]],
    ['what the textual form would escape', ['{"a":"b\\"c"}', 'NULL', ',', '{}', ' ']],
    ['characters of one to four bytes', ['é€😀', 'x'.repeat(100_000)]],
  ])('is read back by PostgreSQL as it was: %s', async (_name, texts) => {
    expect(await read(texts)).toEqual(texts);
  });

  it('is read back as it was, whatever the texts', async () => {
    // PostgreSQL holds no NUL, and half a surrogate pair is no text.
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text)), async (texts) => {
        expect(await read(texts)).toEqual(texts);
      }),
    );
  });
});
