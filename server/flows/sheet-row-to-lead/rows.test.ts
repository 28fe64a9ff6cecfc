import fc from 'fast-check';
import { changedRows, NOTHING_SEEN, type SeenRow } from './rows.ts';

const sheet = (...people: Record<string, string>[]): SeenRow[] =>
  people.map((values, index) => ({ place: index + 2, values }));

const ada = { Last_Name: 'Morel', First_Name: 'Ada', Email: 'ada@example.com', Phone: '1' };
const bob = { Last_Name: 'Petit', First_Name: 'Bob', Email: 'bob@example.com', Phone: '2' };
const eve = { Last_Name: 'Roux', First_Name: 'Eve', Phone: '3' };

const look = (cursor: typeof NOTHING_SEEN, rows: SeenRow[]) => changedRows(cursor, rows);

describe('changedRows', () => {
  it('finds every row new at first and nothing at a second look', () => {
    const first = look(NOTHING_SEEN, sheet(ada, bob, eve));
    expect(first.changes.map((row) => [row.id, row.isNew])).toEqual([
      ['row-1', true],
      ['row-2', true],
      ['row-3', true],
    ]);
    expect(look(first.cursor, sheet(ada, bob, eve)).changes).toEqual([]);
  });

  it('finds nothing changed when rows are sorted or one is inserted above the others', () => {
    const { cursor } = look(NOTHING_SEEN, sheet(ada, bob, eve));
    expect(look(cursor, sheet(eve, ada, bob)).changes).toEqual([]);
    const inserted = look(cursor, sheet({ Last_Name: 'Neuf' }, ada, bob, eve));
    expect(inserted.changes.map((row) => [row.id, row.place])).toEqual([['row-4', 2]]);
  });

  it('knows an edited row by its key even where it moved', () => {
    const { cursor } = look(NOTHING_SEEN, sheet(ada, bob));
    const { changes } = look(cursor, sheet(bob, { ...ada, Phone: '9' }));
    expect(changes).toMatchObject([{ id: 'row-1', edits: 2, isNew: false }]);
  });

  it('knows a row whose key was corrected by its place', () => {
    const { cursor } = look(NOTHING_SEEN, sheet(ada, bob));
    const { changes } = look(cursor, sheet({ ...ada, Email: 'ada.morel@example.com' }, bob));
    expect(changes).toMatchObject([{ id: 'row-1', isNew: false }]);
  });

  it('takes another person typed over a row for a new row', () => {
    const { cursor } = look(NOTHING_SEEN, sheet(ada));
    expect(look(cursor, sheet(bob)).changes).toMatchObject([{ id: 'row-2', isNew: true }]);
  });

  it('counts an edit back to an earlier text as an edit', () => {
    const first = look(NOTHING_SEEN, sheet(ada));
    const second = look(first.cursor, sheet({ ...ada, Phone: '9' }));
    const third = look(second.cursor, sheet(ada));
    expect([...second.changes, ...third.changes].map((row) => `${row.id} ${row.edits}`)).toEqual([
      'row-1 2',
      'row-1 3',
    ]);
  });

  it('never gives one id to two rows, whatever happens to the sheet', () => {
    const cell = fc.constantFrom('', 'a', 'b', 'c');
    const row = fc.record({ Last_Name: cell, Email: cell, Phone: cell });
    fc.assert(
      fc.property(fc.array(fc.array(row, { maxLength: 6 }), { maxLength: 6 }), (sheets) => {
        let cursor = NOTHING_SEEN;
        for (const rows of sheets) {
          const looked = look(cursor, sheet(...rows));
          const ids = looked.cursor.rows.map((known) => known.id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(look(looked.cursor, sheet(...rows)).changes).toEqual([]);
          cursor = looked.cursor;
        }
      }),
    );
  });
});
