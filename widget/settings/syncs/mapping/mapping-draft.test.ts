import type { SyncDetail } from '../../../../server/api/contract.ts';
import {
  asksForPreview,
  changeOf,
  draftOf,
  withNewRow,
  withoutRow,
  withRow,
  withRows,
} from './mapping-draft.ts';

const row = (left: string, right: string) => ({
  left,
  right,
  kind: 'text' as const,
  direction: 'both' as const,
  master: 'right' as const,
  blank: 'leave' as const,
});
const SAVED: SyncDetail['settings'] = {
  rules: {
    fields: [row('email', 'Email'), row('phone', 'Phone')],
    matchBy: [['email'], ['phone']],
    create: { left: true, right: true },
    remove: { left: 'keep', right: 'keep' },
    country: 'FR',
  },
  options: { left: {}, right: { createAccounts: true } },
  everySeconds: 900,
  sweepHours: 24,
  brake: { records: 10, percent: 10 },
};

describe('a draft of settings', () => {
  it('sends nothing while nothing differs, and then only what does', () => {
    const draft = draftOf(SAVED);
    expect(changeOf(draft, SAVED)).toBeNull();
    expect(changeOf({ ...draft, everySeconds: 60 }, SAVED)).toEqual({ everySeconds: 60 });
    expect(changeOf({ ...draft, options: { left: {}, right: { createAccounts: false } } }, SAVED)).toEqual({
      options: { left: {}, right: { createAccounts: false } },
    });
  });

  it('asks for a new preview when the mapping or an option changes, not for another rhythm', () => {
    const draft = draftOf(SAVED);
    expect(asksForPreview(changeOf({ ...draft, brake: { records: 5, percent: 5 } }, SAVED))).toBe(false);
    expect(asksForPreview(changeOf(withNewRow(draft), SAVED))).toBe(true);
  });

  it('drops the match key of a field that is mapped no more', () => {
    const draft = draftOf(SAVED);
    expect(withoutRow(draft, 0).matchBy).toEqual([['phone']]);
    const [first] = draft.rows;
    expect(withRow(draft, { ...first!, left: 'other' }).matchBy).toEqual([['phone']]);
    expect(withRow(draft, { ...first!, direction: 'to-left' }).matchBy).toEqual([['email'], ['phone']]);
  });

  it('gives every row a key of its own, also after others went', () => {
    const some = [row('opens', 'Opens'), row('clicks', 'Clicks')];
    const draft = withRows(withNewRow(withoutRow(withNewRow(draftOf(SAVED)), 0)), some);
    expect(draft.rows).toHaveLength(5);
    expect(new Set(draft.rows.map(({ key }) => key)).size).toBe(draft.rows.length);
  });
});
