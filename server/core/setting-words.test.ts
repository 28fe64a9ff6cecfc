import { settingWords } from './setting-words.ts';

const titles = { en: 'Properties', fr: 'Propriétés' };
const list = (more: object) => ({ properties: { list: { titles, ...more } } });
const said = (schema: object, value: unknown) =>
  settingWords(schema as never, { list: value }, (connector, field) =>
    connector === 'crm' && field === 'Amount' ? { en: 'Amount', fr: 'Montant' } : null,
  )[0]?.value;

it('a list of pairs names fields as people do, words of its own among them, and no ids', () => {
  const schema = list({ fieldsOf: 'crm', ownFields: { $address: { en: 'Address', fr: 'Adresse' } } });
  const value = [
    { header: 'Prix', field: 'Amount', id: 'AbCd' },
    { header: 'Lien', field: '$address' },
  ];
  expect(said(schema, value)).toEqual({
    en: 'Prix = Amount\nLien = Address',
    fr: 'Prix = Montant\nLien = Adresse',
  });
});

it('a list of nothing is what the schema says that it is', () => {
  expect(said(list({ empty: { en: 'the title alone', fr: 'le titre seul' } }), [])).toEqual({
    en: 'the title alone',
    fr: 'le titre seul',
  });
});
