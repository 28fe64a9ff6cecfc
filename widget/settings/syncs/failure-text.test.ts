import { withName } from './failure-text.ts';

it('names a field as people do, in both kinds of quotation marks, and touches nothing else', () => {
  expect(withName('Zoho CRM needs a value for “Last_Name”.', 'Last_Name', 'Last name')).toBe(
    'Zoho CRM needs a value for “Last name”.',
  );
  expect(withName('Zoho CRM exige « Last_Name ».', 'Last_Name', 'Nom')).toBe('Zoho CRM exige « Nom ».');
  expect(withName('E-mail “a.b” is no Email.', 'Email', 'Courriel')).toBe('E-mail “a.b” is no Email.');
  expect(withName('“a.b” and “axb”', 'a.b', '$1')).toBe('“$1” and “axb”');
});
