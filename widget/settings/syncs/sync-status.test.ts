import { english } from '../../language/english.ts';
import { formatsOf } from '../../language/formats.ts';
import { french } from '../../language/french.ts';
import { countsLine, statusOf, toneOf } from './sync-status.ts';

type Standing = Parameters<typeof statusOf>[0];
const NOTHING = { inSync: 0, waiting: 0, failing: 0, conflicts: 0, differing: 0, excluded: 0, alone: 0 };
const ERROR = {
  kind: 'reconnect',
  actor: 'admin',
  sentence: { en: 'x', fr: 'x' },
  vendorMessage: null,
  field: null,
} as const;
const standing = (counts: Partial<Standing['counts']>, more: Partial<Standing> = {}): Standing => ({
  phase: 'live',
  begun: true,
  counts: { ...NOTHING, ...counts },
  error: null,
  pause: null,
  ...more,
});
const { number } = formatsOf('en-GB', 'Europe/Paris');
const line = (sync: Standing) => countsLine(sync, english.syncs.counts, number);

describe('the status of a sync', () => {
  it('is in sync only when nothing waits, fails, asks or is in trouble', () => {
    expect(statusOf(standing({ inSync: 9, excluded: 2, alone: 4 }))).toBe('inSync');
    const never: Partial<Standing>[] = [
      { counts: { ...NOTHING, inSync: 9, waiting: 1 } },
      { counts: { ...NOTHING, inSync: 9, failing: 1 } },
      { counts: { ...NOTHING, inSync: 9, conflicts: 1 } },
      { counts: { ...NOTHING, inSync: 9, differing: 1 } },
      { error: ERROR },
      ...(['new', 'previewing', 'previewed', 'applying', 'paused', 'undoing'] as const).map((phase) => ({
        phase,
      })),
      { counts: NOTHING },
    ];
    for (const more of never) {
      const sync = standing({ inSync: 9 }, more);
      expect([more, statusOf(sync) === 'inSync', toneOf(sync) === 'good']).toEqual([more, false, false]);
    }
  });

  it('tells every count that is not zero, in the words of the language', () => {
    const sync = standing({ inSync: 4812, waiting: 3, failing: 1, excluded: 2 });
    expect(line(sync)).toBe('4,812 in sync, 3 waiting, 1 on the shelf, 2 left out');
    expect(countsLine(sync, french.syncs.counts, formatsOf('fr-FR', 'Europe/Paris').number)).toBe(
      '4\u202f812 à jour, 3 en attente, 1 mise de côté, 2 écartées',
    );
  });

  it('says of what could not be asked only how it was', () => {
    expect(line(standing({ inSync: 5 }, { error: ERROR }))).toBe('5 were in sync at the last look');
    expect(line(standing({ inSync: 5, waiting: 1 }, { phase: 'paused' }))).toBe(
      '5 were in sync at the last look, 1 waiting',
    );
  });

  it('counts what was read before the first run as read, not as waiting', () => {
    expect(line(standing({ waiting: 7 }, { phase: 'previewed' }))).toBe('7 records read so far');
    expect(line(standing({}, { phase: 'new' }))).toBe('No record was read yet.');
  });

  it('of one that ran and was stopped is not that of one that never did', () => {
    expect(statusOf(standing({ inSync: 5 }, { phase: 'new' }))).toBe('again');
    expect(statusOf(standing({}, { phase: 'new', begun: false }))).toBe('off');
  });
});
