import fc from 'fast-check';
import { MemoryCrm } from './testing/memory-crm.ts';
import { MemorySheet } from './testing/memory-sheet.ts';
import { PlayedFlow } from './testing/played-flow.ts';

/** What people do to a sheet of people between two looks; numbers are places and persons. */
type Edit =
  | { readonly kind: 'append' | 'insert'; readonly at: number; readonly who: number }
  | { readonly kind: 'delete' | 'phone' | 'fail' | 'blank'; readonly at: number; readonly who: number }
  | { readonly kind: 'retype'; readonly at: number; readonly who: number }
  | { readonly kind: 'sort'; readonly at: number; readonly who: number };

const HEADER = ['Prénom', 'Nom', 'E-mail', 'Téléphone', 'Société'];
const FIRST = [
  'Paul',
  'Paula',
  'Ada',
  'Zoé',
  'Jean',
  'Anne',
  'Luc',
  'Lucie',
  'Noël',
  'Noëlle',
  'Max',
  'Maxime',
];
const LAST = ['Roux', 'Petit'];

/** Many share a family name, a company or a phone: only the address tells who is who. */
const person = (who: number): string[] => [
  FIRST[who % FIRST.length] ?? '',
  LAST[Math.floor(who / FIRST.length) % LAST.length] ?? '',
  `personne${who}@exemple.example`,
  '06 01 02 03 04',
  'ACME',
];

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('append', 'insert', 'delete', 'phone', 'fail', 'blank', 'retype', 'sort'),
  at: fc.nat(20),
  who: fc.nat(FIRST.length * LAST.length - 1),
});

class People {
  rows: string[][] = [];
  /** The phone that each person has now, by address. */
  readonly phones = new Map<string, string>();
  #next = 10;

  #isThere(who: number): boolean {
    return this.rows.some((row) => row[2] === person(who)[2] || row.includes('#REF!'));
  }

  #fresh(who: number): string[] | null {
    if (this.#isThere(who)) return null;
    const row = person(who);
    const known = this.phones.get(row[2] ?? '');
    if (known !== undefined) row[3] = known;
    this.phones.set(row[2] ?? '', row[3] ?? '');
    return row;
  }

  apply({ kind, at, who }: Edit): void {
    const place = this.rows.length === 0 ? 0 : at % this.rows.length;
    const row = this.rows[place];
    if (kind === 'append' || kind === 'insert') {
      const fresh = this.#fresh(who);
      if (fresh !== null) this.rows.splice(kind === 'append' ? this.rows.length : place, 0, fresh);
    } else if (kind === 'blank') this.rows.splice(place, 0, []);
    else if (kind === 'sort') this.rows.sort((a, b) => (a[who % 3] ?? '').localeCompare(b[who % 3] ?? ''));
    else if (row === undefined || row.length === 0) return;
    else if (kind === 'delete') this.rows.splice(place, 1);
    else if (kind === 'phone') {
      this.#next += 1;
      row[3] = `06 01 02 03 ${this.#next}`;
      this.phones.set(row[2] ?? '', row[3]);
    } else if (kind === 'retype') {
      const fresh = this.#fresh(who);
      if (fresh !== null) this.rows[place] = fresh;
    }
  }
}

/** A copy with one cell that is not known at this look. */
const failing = (rows: readonly (readonly string[])[], at: number, column: number): string[][] =>
  rows.map((row, index) =>
    index === at && row.length > 0 ? row.map((cell, place) => (place === column ? '#REF!' : cell)) : [...row],
  );

it('after any edits each address has one lead, with that person’s name and phone, and nobody is written over', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { maxLength: 6 }), { minLength: 1, maxLength: 8 }),
      async (looks) => {
        const people = new People();
        const sheet = new MemorySheet({ gid: 0, title: 'Leads', rows: [HEADER] });
        const crm = new MemoryCrm();
        const flow = new PlayedFlow(sheet, crm);
        const seen = new Set<string>();
        for (const edits of looks) {
          for (const one of edits) people.apply(one);
          const failed = edits.findLast(({ kind }) => kind === 'fail');
          if (failed !== undefined) {
            const at = failed.at % Math.max(1, people.rows.length);
            sheet.tab('Leads').rows = [HEADER, ...failing(people.rows, at, failed.who % 5)];
            await flow.look();
          }
          sheet.tab('Leads').rows = [HEADER, ...people.rows.map((row) => [...row])];
          for (const row of people.rows) if (row[2] !== undefined) seen.add(row[2]);
          await flow.look();
          crm.settle();
          expect(await flow.look()).toEqual([]);
        }
        for (const address of seen) {
          const who = Number(/\d+/.exec(address)?.[0]);
          const [first, last] = person(who);
          expect(crm.with('Email', address)).toHaveLength(1);
          expect(crm.with('Email', address)[0]).toMatchObject({ First_Name: first, Last_Name: last });
        }
        for (const row of people.rows) {
          if (row[2] !== undefined) expect(crm.with('Email', row[2])[0]?.Phone).toBe(row[3]);
        }
        expect(crm.leads).toHaveLength(seen.size);
        expect(
          flow.runs.filter(
            ({ error }) =>
              error !== null && error.details.field !== undefined && !told(error.details.sentence.en),
          ),
        ).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});

/** A row that waited is told of; nothing else may be set aside here. */
const told = (sentence: string): boolean => sentence.includes(' waits: ');
