import { zohoForms } from '../../server/connectors/zoho-forms/connector.ts';
import { type OpenForm, openForm, SECRET } from './rig.ts';

/** Keys as Zoho Forms gives them to a form whose owner left them as they were. */
const FILLED = { Name_First: 'Léa', Name_Last: 'Bonnefoy', PhoneNumber_countrycode: '+33612345678' };

let form: OpenForm;
let answers = 0;

beforeAll(async () => {
  form = await openForm(zohoForms as never, {
    columns: [{ header: 'PhoneNumber_countrycode', field: 'Mobile' }],
  });
  await form.happens({ act: 'set-webhook', url: form.url, secret: SECRET }, 0);
});
afterAll(() => form.close());

async function told(values: object): Promise<string> {
  answers += 1;
  await form.happens({ act: 'answer', values: { ...values, Email: `lea${answers}@exemple.example` } });
  const run = (await form.runs()).at(-1);
  expect(run?.state).toBe('done');
  return run?.summary?.en ?? '';
}

it('a field that the owner adds, renames or removes at Zoho Forms is told once, and one that was left blank is not', async () => {
  expect(await told(FILLED)).not.toContain('the form');
  expect(await told({ ...FILLED, SingleLine: 'Bonnefoy Papier' })).toContain(
    'New in the form: “SingleLine”.',
  );
  // Only what was filled in is sent: a question that somebody left blank is no question that is gone.
  expect(await told(FILLED)).not.toContain('the form');
  await form.happens({ act: 'rename', key: 'PhoneNumber_countrycode', to: 'Telephone_Portable' }, 0);
  const renamed = await told({ ...FILLED, SingleLine: 'x' });
  expect(renamed).toContain('New in the form: “Telephone_Portable”.');
  expect(renamed).toContain(
    'No longer in the form, though it fills a field: “PhoneNumber_countrycode”. Choose in the settings',
  );
  expect(await told({ ...FILLED, SingleLine: 'x' })).not.toContain('the form');
});
