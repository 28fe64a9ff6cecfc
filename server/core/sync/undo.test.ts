import type { FieldValues } from '../sync-object.ts';
import { CONTACTS, field, record, rulesOf } from './testing/rules.ts';
import { undoWrites, type WrittenRow } from './undo.ts';

const row = (operation: WrittenRow['operation'], before: FieldValues, after: FieldValues): WrittenRow => ({
  side: 'right',
  recordId: 'x',
  operation,
  before,
  after,
});
const now = (values: FieldValues, rest = {}) => [record('right', 'x', values, rest)];

describe('undoing a run', () => {
  it('restores a field that still holds what the run wrote, in whatever spelling', () => {
    const rows = [row('update', { EMAIL: 'old@x', PHONE: null }, { EMAIL: 'New@x', PHONE: '0612345678' })];
    const { operations, skipped } = undoWrites(
      CONTACTS,
      rows,
      now({ EMAIL: 'new@x', PHONE: '+33612345678', NAME: 'n' }),
    );
    expect(operations).toEqual([
      { kind: 'update', side: 'right', id: 'x', version: '1', values: { EMAIL: 'old@x', PHONE: null } },
    ]);
    expect(skipped).toEqual([]);
  });

  it('leaves what was edited since, and says which field', () => {
    const rows = [row('update', { EMAIL: 'old@x', PHONE: null }, { EMAIL: 'new@x', PHONE: '0612345678' })];
    const { operations, skipped } = undoWrites(
      CONTACTS,
      rows,
      now({ EMAIL: 'newer@x', PHONE: '0612345678' }),
    );
    expect(operations).toMatchObject([{ kind: 'update', values: { PHONE: null } }]);
    expect(skipped).toMatchObject([
      { recordId: 'x', field: 'EMAIL', reason: { en: expect.stringContaining('EMAIL') } },
    ]);
  });

  it('takes several writes of one record back to before the first, in one', () => {
    const rows = [
      row('update', { EMAIL: '1' }, { EMAIL: '2' }),
      row('update', { EMAIL: '2' }, { EMAIL: '3' }),
    ];
    expect(undoWrites(CONTACTS, rows, now({ EMAIL: '3' })).operations).toMatchObject([
      { values: { EMAIL: '1' } },
    ]);
    const round = [
      row('update', { EMAIL: '1' }, { EMAIL: '2' }),
      row('update', { EMAIL: '2' }, { EMAIL: '1' }),
    ];
    expect(undoWrites(CONTACTS, round, now({ EMAIL: '1' })).operations).toEqual([]);
  });

  it('removes what it made, unless someone worked on it since', () => {
    const rows = [row('create', {}, { EMAIL: 'a@x' })];
    expect(undoWrites(CONTACTS, rows, now({ EMAIL: 'a@x', PHONE: '1' })).operations).toEqual([
      { kind: 'remove', side: 'right', id: 'x' },
    ]);
    const edited = undoWrites(CONTACTS, rows, now({ EMAIL: 'b@x' }));
    expect(edited).toMatchObject({ operations: [], skipped: [{ field: 'EMAIL' }] });
  });

  it('makes again what it removed, with what was written to it before taken back too', () => {
    const rows = [
      row('update', { EMAIL: 'old@x' }, { EMAIL: 'a@x' }),
      row('remove', { EMAIL: 'a@x', PHONE: null }, {}),
    ];
    expect(undoWrites(CONTACTS, rows, []).operations).toEqual([
      { kind: 'create', side: 'right', id: 'x', values: { EMAIL: 'old@x' } },
    ]);
    expect(undoWrites(CONTACTS, rows, now({ EMAIL: 'a@x' })).skipped).toMatchObject([{ field: null }]);
  });

  it('has nothing to do for a record that is gone, and says so', () => {
    const rows = [row('update', { EMAIL: '1' }, { EMAIL: '2' })];
    const undone = undoWrites(CONTACTS, rows, now({ EMAIL: '2' }, { deleted: true }));
    expect(undone).toMatchObject({
      operations: [],
      skipped: [{ field: null, reason: { en: expect.stringContaining('exist') } }],
    });
    expect(undoWrites(CONTACTS, [row('create', {}, { EMAIL: '1' })], [])).toMatchObject({ operations: [] });
  });

  it('never takes an opt-out back', () => {
    const rows = [row('update', { OUT: false, EMAIL: '1' }, { OUT: true, EMAIL: '2' })];
    const { operations, skipped } = undoWrites(CONTACTS, rows, now({ OUT: true, EMAIL: '2' }));
    expect(operations).toMatchObject([{ values: { EMAIL: '1' } }]);
    expect(skipped).toMatchObject([{ field: 'OUT' }]);
  });

  it('takes the account’s own spelling of a company for no edit', () => {
    const rules = rulesOf([field('company', 'company')]);
    for (const written of ['acme', ' ACME ', '["Acme"]']) {
      const made = [row('create', {}, { COMPANY: written })];
      expect(undoWrites(rules, made, now({ COMPANY: 'ACME' })).operations).toMatchObject([
        { kind: 'remove' },
      ]);
      expect(undoWrites(rules, made, now({ COMPANY: 'ACME SARL' })).operations).toEqual([]);
    }
  });
});
