import { sentRows } from './sent-rows.ts';

const form = (csv: string): string =>
  `--b\r\ncontent-disposition: form-data; name="FILE"; filename="rows.csv"\r\ncontent-type: text/csv\r\n\r\n${csv}\r\n--b--\r\n`;

describe('rows that are about to be sent', () => {
  it('are counted and shown by their values, whatever stands in them', () => {
    const csv = '"Nom","Remarque"\n"Ada","dit ""oui"", puis\nnon"\n"Bob",""\n';
    expect(sentRows(form(csv))).toEqual({
      columns: 'Nom, Remarque',
      count: 2,
      first: ['Ada · dit "oui", puis\nnon', 'Bob · '],
    });
  });

  it('are the first five of many', () => {
    const rows = Array.from({ length: 240 }, (_, index) => `"${index}"`).join('\n');
    const { count, first } = sentRows(form(`"Numéro"\n${rows}`));
    expect([count, first]).toEqual([240, ['0', '1', '2', '3', '4']]);
  });

  it('are none where there is no file', () => {
    expect(sentRows('')).toEqual({ columns: '', count: 0, first: [] });
  });
});
