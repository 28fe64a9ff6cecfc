import type { FieldKind, FieldValue, SyncField } from '../sync-object.ts';
import { notKept, notKeptError } from './not-kept.ts';

type Case = readonly [kind: FieldKind, before: FieldValue, sent: FieldValue, shown: FieldValue];

function lost([kind, before, sent, shown]: Case, maxLength?: number): boolean {
  const field: SyncField = {
    id: 'r',
    titles: { en: 'R', fr: 'R' },
    kind,
    ...(maxLength ? { maxLength } : {}),
  };
  const mapping = { left: 'l', right: 'r', kind, direction: 'both', master: 'left', blank: 'clear' } as const;
  const rules = {
    fields: [mapping],
    matchBy: [],
    create: { left: true, right: true },
    remove: { left: 'keep', right: 'keep' },
    country: 'FR',
  } as const;
  const found = notKept({
    rules,
    side: 'right',
    schema: new Map([['r', field]]),
    before: { r: before },
    sent: { r: sent },
    shown: { r: shown },
  });
  return found.length > 0;
}

it.each<Case>([
  ['text', 'Karim', 'Ali', 'Karim'],
  ['text', 'Karim', null, 'Karim'],
  ['text', null, 'Karim', null],
  ['name', { given: 'Ana', family: 'Roy' }, { given: 'Zoé', family: 'Roy' }, { given: 'Ana', family: 'Roy' }],
  ['email', 'a@exemple.example', 'b@exemple.example', 'A@exemple.example'],
  ['phone', '06 12 34 56 78', '06 12 34 56 79', '+33612345678'],
  ['number', 1, 2, 1],
  ['date', '2026-01-01', '2026-01-02', '2026-01-01'],
  ['birthday', '03/12', '03/13', '03/12'],
  ['boolean', true, false, true],
])('a %s of %j that was sent %j and shows %j was not kept', (...value) => {
  expect(lost(value, 200)).toBe(true);
});

it.each<Case>([
  ['text', 'Karim', 'Ali', 'Ali'],
  ['text', 'Karim', 'Ali', 'ALI'],
  ['text', 'karim', 'Karim', 'karim'],
  ['phone', '(404) 555-1212', '+1 404 555 1212', '(404) 555-1212'],
  // Somebody else's value is theirs, and is carried over as such.
  ['text', 'Karim', 'Ali', 'Zoé'],
  ['text', 'Karim', 'Karim', 'Karim'],
])('a %s of %j that was sent %j and shows %j is no lost change', (...value) => {
  expect(lost(value, 200)).toBe(false);
});

it('a text that was only begun is cut where nothing says how long it may be, and lost where something does', () => {
  expect(lost(['text', 'Marie', 'Marie-Claire', 'Marie'], 255)).toBe(true);
  expect(lost(['text', 'JEAN-BER', 'Jean-Bernard', 'JEAN-BER'])).toBe(false);
});

it('is told by the names that people know', () => {
  const error = notKeptError({ en: 'Mailchimp', fr: 'Mailchimp' }, 'FNAME', {
    en: 'First name',
    fr: 'Prénom',
  });
  expect(error.kind).toBe('rejected');
  expect(error.details.sentence.en).toContain('Mailchimp answered that it stored the change');
  expect(error.details.sentence.fr).toContain('«\u00a0Prénom\u00a0»');
});
