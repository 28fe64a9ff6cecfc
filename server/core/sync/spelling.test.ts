import type { FieldKind, FieldValue } from '../sync-object.ts';
import { couldBeSpelling } from './spelling.ts';

type Case = readonly [kind: FieldKind, sent: FieldValue, shown: FieldValue];

describe("a value that comes back under our own write's version", () => {
  it.each<Case>([
    ['text', 'Jean-Bernard', 'JEAN-BER'],
    ['text', 'Œuvre nº 5 – été', 'Œuvre nº 5 - ete'],
    ['long-text', 'un\r\ndeux', 'un\ndeux'],
    ['email', 'Zoé@Clients.example', 'zoé@clients.example'],
    ['phone', '+33 1 23 45 67 89', '+33123456789'],
    ['name', { given: 'Zoé', family: 'Ñandú' }, { given: '', family: 'Zoé Nandu' }],
    ['company', 'Atelier Lumen SARL', 'Atelier Lumen'],
    ['company', 'Inconnue & Fils', null],
    ['number', 12.345, 12.35],
    ['labels', ['CRM: Web', 'CRM: Salon'], ['crm: web']],
  ])('can be the spelling of a vendor: %s %j as %j', (kind, sent, shown) => {
    expect(couldBeSpelling(kind, sent, shown, 'FR')).toBe(true);
  });

  it.each<Case>([
    ['consent', null, true],
    ['consent', false, true],
    ['consent', true, null],
    ['boolean', true, false],
    ['date', '2026-11-24', '2026-11-25'],
    ['text', 'Ana', 'Anatole'],
    ['text', 'Ana', 'Zoé'],
    ['text', null, 'Ana'],
    ['email', 'ana@clients.example', 'anna@clients.example'],
    ['phone', '+33 1 23 45 67 89', '+33 1 23 45 67 80'],
    ['name', { given: 'Ana', family: 'Li' }, { given: 'Ana', family: 'Lu' }],
    ['number', 12.345, 14],
    ['number', 12, 13],
    ['labels', ['CRM: Web'], ['CRM: Web', 'CRM: Salon']],
  ])("is somebody's: %s %j as %j", (kind, sent, shown) => {
    expect(couldBeSpelling(kind, sent, shown, 'FR')).toBe(false);
  });
});
