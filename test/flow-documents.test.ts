import { every } from '../server/core/flow-document.ts';
import { flowDocuments } from '../server/flows/flow-documents.ts';

it.each([
  [15, 'every 15 seconds', 'toutes les 15 secondes'],
  [60, 'every minute', 'chaque minute'],
  [86_400, 'every 24 hours', 'toutes les 24 heures'],
  [90, 'every 90 seconds', 'toutes les 90 secondes'],
  [172_800, 'every 2 days', 'tous les 2 jours'],
  [604_800, 'every week', 'chaque semaine'],
])('%i seconds are %s', (seconds, en, fr) => {
  expect(every(seconds)).toEqual({ en, fr });
});

it('no document says a vendor’s code where it has words: not of settings, not of fields, in neither language', () => {
  for (const { id, mapping, settings } of flowDocuments()) {
    for (const { titles, left, right } of mapping) {
      expect([id, titles.left.en, titles.right.en]).not.toContain(left === 'title' ? 'title' : left);
      expect([titles.right.fr]).not.toContain(right);
    }
    for (const { value, choice } of settings) {
      expect([id, choice]).toEqual([id, undefined]);
      for (const text of [value.en, value.fr]) {
        expect(text).not.toMatch(/\b(primary|none|transactional|externalOnly|emailAddresses|phoneNumbers)\b/);
        expect(text).not.toMatch(/^(nothing|rien|null|true|false)$/);
        expect(text).not.toMatch(/\bschedule\b/);
        // A field as the vendor's interface calls it, but where people type it so: in a template.
        expect(text.replaceAll(/\{[^}]*\}/g, '')).not.toMatch(/\b[A-Z][a-z]+_[A-Z]\w*/);
      }
    }
  }
  const sheet = flowDocuments().find(({ id }) => id === 'sheet-row-to-lead')!;
  expect(sheet.settings.map(({ value }) => value.fr)).toEqual(
    expect.arrayContaining(['pas encore choisi', 'le premier onglet']),
  );
  const columns = sheet.settings.find(({ titles }) => titles.en === 'Columns');
  expect(columns?.value.en).toContain('Prénom = First name\n');
  expect(columns?.value.fr).toContain('Prénom = Prénom\nNom = Nom de famille\n');
});
