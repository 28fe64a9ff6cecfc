import { typeform } from '../../server/connectors/typeform/connector.ts';
import { FORM, type OpenForm, openForm, SECRET } from './rig.ts';

let form: OpenForm;

beforeAll(async () => {
  form = await openForm(typeform as never, { form: FORM });
  const client = typeform.client((await form.sandbox.way(typeform)).open({}));
  await typeform.webhooks?.subscribe?.(client, { url: form.url, secret: SECRET, topics: [`answer ${FORM}`] });
  const cv = { act: 'add', form: FORM, ref: 'cv', title: 'Votre CV', type: 'file_upload' };
  const site = { act: 'add', form: FORM, ref: 'site', title: 'Votre site', type: 'website' };
  for (const question of [cv, site]) await form.happens(question, 0);
});
afterAll(() => form.close());
beforeEach(() => form.set());

const person = (nom: string) => ({ nom, email: `${nom.toLowerCase()}@exemple.example` });
const last = async () => (await form.runs()).at(-1);

it('what was uploaded is fetched with the token of the account, and attached once', async () => {
  const uploads = { cv: { name: 'Mon CV été.pdf', text: '%PDF cv' } };
  await form.happens({ act: 'answer', form: FORM, answers: person('Lucie'), uploads });
  await form.happens({ act: 'again', form: FORM });
  expect(await form.attached()).toMatchObject([
    { name: expect.stringMatching(/^\w{12}-Mon CV été\.pdf$/), size: 7, contentType: 'application/pdf' },
  ]);
  expect((await last())?.summary?.en).toContain('One file was attached.');
});

it('what Typeform has no longer is told of, and the lead stands', async () => {
  const answers = {
    ...person('Manon'),
    cv: `https://api.typeform.com/forms/${FORM}/responses/a/fields/b/files/parti.pdf`,
  };
  await form.happens({ act: 'answer', form: FORM, answers });
  expect(await last()).toMatchObject({
    state: 'done',
    summary: { en: expect.stringContaining('Not attached: “parti.pdf”. Typeform has it no longer') },
  });
});

it('what somebody writes is no reason to ask Typeform for something else with the token of the account', async () => {
  form.set({ fileAddress: 'cv' });
  const before = (await form.attached()).length;
  const answers = { ...person('Nadia'), cv: 'https://api.typeform.com/forms?page_size=200' };
  await form.happens({ act: 'answer', form: FORM, answers });
  expect(await last()).toMatchObject({
    state: 'done',
    summary: { en: expect.stringContaining('What was answered is no address of a file') },
  });
  expect(await form.attached()).toHaveLength(before);
});
