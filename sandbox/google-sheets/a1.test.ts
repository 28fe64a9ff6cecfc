import { columnName, parseA1, writeA1 } from './a1.ts';

const sheets = [
  { sheetId: 0, title: 'Leads', rowCount: 1000, columnCount: 26 },
  { sheetId: 1, title: 'Feuille d’été', rowCount: 10, columnCount: 5 },
  { sheetId: 2, title: "L'an 2", rowCount: 10, columnCount: 5 },
  { sheetId: 3, title: 'A1', rowCount: 10, columnCount: 5 },
];

test.each([
  ['Leads!A1:C3', 'Leads!A1:C3'],
  ['leads!c3:a1', 'Leads!A1:C3'],
  ['A2', 'Leads!A2'],
  ['$B$2:$C$3', 'Leads!B2:C3'],
  ['Leads', 'Leads!A1:Z1000'],
  ['Leads!A:C', 'Leads!A1:C1000'],
  ['Leads!2:5', 'Leads!A2:Z5'],
  ['A2:F', 'Leads!A2:F1000'],
  ['Leads!Y999:ZZ9999', 'Leads!Y999:Z1000'],
  ['Feuille d’été!B2', "'Feuille d’été'!B2"],
  ["'Feuille d’été'!B2:B2", "'Feuille d’été'!B2"],
  ["'L''an 2'!A1:B1", "'L''an 2'!A1:B1"],
  ["'A1'!B1", "'A1'!B1"],
  ['A1', 'Leads!A1'],
  ["'A1'", "'A1'!A1:E10"],
])('%s means %s', (text, area) => {
  expect(writeA1(parseA1(text, sheets))).toBe(area);
});

test.each([
  'Nulle part!A1',
  'Leads!A',
  'Leads!3',
  'Leads!A1:B2:C3',
  'Leads!A0',
  'Leads!',
  "'Leads!A1",
  'Leads!!A1',
])('%s is refused', (text) => {
  expect(() => parseA1(text, sheets)).toThrow('Unable to parse range');
});

test('an area that begins outside its sheet is refused', () => {
  expect(() => parseA1('Leads!A1001', sheets)).toThrow('Max rows: 1000, max columns: 26');
});

test('columns are named as in a sheet', () => {
  expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});
