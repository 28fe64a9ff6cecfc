import { webhook } from '../../server/connectors/webhook/connector.ts';
import { type OpenForm, openForm, SECRET } from '../forms/rig.ts';

/** Two answers at once that left a telephone number and no address were two leads; so were any two that said no name. */

let form: OpenForm;
beforeAll(async () => {
  form = await openForm(webhook as never);
  await form.happens({ act: 'set-webhook', url: form.url, secret: SECRET }, 0);
});
afterAll(() => form.close());

const deliver = (values: object) => form.deliver(JSON.stringify(values), { 'x-liaison-secret': SECRET });
/** All of them are there before the first is handled. */
async function together(...all: readonly object[]): Promise<void> {
  for (const values of all) expect((await deliver(values)).status).toBeLessThan(300);
  await form.accept('source', form.taken());
  await form.rig.settled();
}
const leadsOf = async (figures: string) =>
  (await form.made('Leads')).filter(({ Phone }) => String(Phone).replace(/\D/g, '').endsWith(figures));

it.each([
  ['with a name', { nom: 'Sonne', prenom: 'Iris' }, '39987711'],
  ['without a name', {}, '39987722'],
])('two answers at once %s and a telephone number alone are one lead', async (_how, who, figures) => {
  await together(
    { ...who, telephone: `+33 6 ${figures}`, sent: 1 },
    { ...who, telephone: `06${figures}`, sent: 2 },
  );
  for (const { state } of (await form.runs()).slice(-2)) expect(state).toBe('done');
  expect(await leadsOf(figures)).toHaveLength(1);
});

it('another name with the same number is another lead', async () => {
  await together(
    { nom: 'Foyer', prenom: 'Anne', telephone: '+33639987733' },
    { nom: 'Bureau', prenom: 'Marc', telephone: '+33639987733' },
  );
  expect(await leadsOf('39987733')).toHaveLength(2);
});
