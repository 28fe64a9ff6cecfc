import type { TypeformClient } from '../../server/connectors/typeform/client.ts';
import { typeform } from '../../server/connectors/typeform/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import { formsOf } from '../../server/core/forms/offer.ts';
import { type Connected, hostsOf, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const FORM = 'devisLum1';
const WEBHOOK = {
  url: 'http://127.0.0.1:9/hooks/typeform/own',
  secret: 's3cret',
  topics: [`answer ${FORM}`],
};

let sandbox: OpenSandbox;
let connected: Connected<TypeformClient>;
let forms: ReturnType<typeof formsOf>;

beforeAll(async () => {
  sandbox = await openSandbox('typeform', { only: ['typeform'], limitFactor: 1_000 });
  connected = await sandbox.connect({ ...typeform, budgets: [] });
  forms = formsOf({ connector: typeform as never, client: connected.client });
});
afterAll(() => sandbox.close());

const failureOf = (work: Promise<unknown>): Promise<LiaisonError> =>
  work.then(
    () => Promise.reject(new Error('expected a failure')),
    (thrown: unknown) => asLiaisonError(thrown),
  );
const look = (cursor: unknown, onForMs = 0, about = FORM) =>
  typeform.offers!.forms!.changed(connected.client as never, { cursor, onForMs, graceMs: 0, about });

it('is told apart by its key, asks where it is kept, and fails with reconnect when the key is no good', async () => {
  expect(connected.account).toMatchObject({ isUnsaid: true, facts: { host: 'api.typeform.com' } });
  expect((await failureOf(sandbox.connect({ ...typeform, budgets: [] }, 'wrong'))).kind).toBe('reconnect');
  expect(Object.keys(typeform.hosts)).toEqual(expect.arrayContaining(hostsOf(connected.exchanges)));
});

it('offers its forms, and of each its questions, the hidden fields and what Typeform tells', async () => {
  expect(await forms.forms?.()).toEqual(expect.arrayContaining([{ value: FORM, title: 'Demande de devis' }]));
  const fields = await forms.fields(FORM);
  expect(fields).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ key: 'q3Email00000', kind: 'email', origin: 'question' }),
      expect.objectContaining({ key: 'hidden:utm_source', title: 'utm_source', origin: 'hidden' }),
      expect.objectContaining({ key: 'told:score', origin: 'told' }),
    ]),
  );
  expect(await forms.fields('noSuchForm')).toEqual([]);
  expect(await forms.latest('noSuchForm')).toEqual([]);
});

it('reads an answer of the list as a delivery would have told it', async () => {
  const [newest] = await forms.latest(FORM);
  const answer = forms.read(newest!);
  expect(answer).toMatchObject({ id: newest?.recordId, form: 'Demande de devis' });
  expect(answer?.values).toEqual(
    expect.arrayContaining([expect.objectContaining({ key: 'hidden:utm_source', value: 'newsletter' })]),
  );
});

it('finds what no webhook brought, under the key that a delivery would have had, and again for a while', async () => {
  const first = await look(null, 5_000);
  expect(first.events).toEqual([]);
  const { response } = (await sandbox.act('typeform', {
    ...{ act: 'answer', form: FORM, answers: { nom: 'Perdu' }, unheard: true },
  })) as { response: { token: string } };
  const found = await look(first.cursor);
  const told = { key: `${FORM} ${response.token}`, topic: `answer ${FORM}`, recordId: response.token };
  expect(found.events).toEqual([expect.objectContaining(told)]);
  expect((await look(found.cursor)).events).toEqual([expect.objectContaining(told)]);
  const delivered = typeform.webhooks?.read(found.events[0]!.body, {});
  expect(delivered).toEqual([told]);
});

it('looks at nothing before a form is chosen, and begins anew with another one', async () => {
  expect(await look(null, 0, '')).toEqual({ events: [], cursor: null });
  const { cursor } = await look({ form: 'another', from: 1 });
  expect(cursor).toMatchObject({ form: FORM });
  expect((await failureOf(look('nonsense'))).kind).toBe('cursor-lost');
});

it('keeps one webhook for each form, however often it is asked, sees what became of it, and takes it out', async () => {
  const { client } = connected;
  const { subscribe, inspect, unsubscribe } = typeform.webhooks!;
  const made = await subscribe!(client, WEBHOOK);
  expect(await subscribe!(client, WEBHOOK)).toEqual(made);
  expect(await client.webhooks(FORM)).toHaveLength(1);
  expect(await inspect!(client, WEBHOOK, made)).toEqual([]);
  await sandbox.act('typeform', { act: 'switch-off-webhooks' });
  expect(await inspect!(client, WEBHOOK, made)).toMatchObject([{ is: 'off' }]);
  await subscribe!(client, WEBHOOK);
  expect(await inspect!(client, WEBHOOK, made)).toEqual([]);
  await unsubscribe!(client, made[0]!);
  await unsubscribe!(client, made[0]!);
  expect(await inspect!(client, WEBHOOK, made)).toMatchObject([{ is: 'gone' }]);
  expect((await failureOf(subscribe!(client, { ...WEBHOOK, url: 'ftp://x.example' }))).details.field).toBe(
    'url',
  );
});
