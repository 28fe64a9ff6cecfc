import { leads } from '../../sandbox/company/index.ts';
import { webhook } from '../../server/connectors/webhook/connector.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { knownVisitor } from '../../server/flows/records-beside-chat/known-visitor.ts';
import { noteOnContact } from '../../server/flows/stripe-payment-to-books/note-on-contact.ts';
import { ORGANISATION } from '../engine/rig.ts';
import { type OpenForm, openForm, SECRET } from '../forms/rig.ts';

/** An answer of somebody whose lead had become a contact made a second lead, where the contact had another address by then. */

let form: OpenForm;

beforeAll(async () => {
  form = await openForm(webhook as never);
  await form.happens({ act: 'set-webhook', url: form.url, secret: SECRET }, 0);
});
afterAll(() => form.close());
beforeEach(() => form.set());

const answers = (values: object) => form.happens({ act: 'answer', values });
const last = async () => (await form.runs()).at(-1);
const convert = async (lead: unknown): Promise<string> => {
  const { contact } = (await form.sandbox.act('zoho-crm', { act: 'convert', lead })) as unknown as {
    contact: { id: string };
  };
  return contact.id;
};
const change = (id: string, values: object) =>
  form.sandbox.act('zoho-crm', { act: 'edit', module: 'Contacts', id, values });
const parentOfLastNote = async () =>
  ((await form.made('Notes')).at(-1)?.Parent_Id as { id: string } | undefined)?.id;

it.each(['both', 'leads'])('that an answer made, looked for among %s', async (look) => {
  form.set({ look });
  const email = `claudie-${look}@exemple.example`;
  await answers({ nom: 'Claudie', email, sent: 1 });
  const lead = (await form.made('Leads')).at(-1);
  const before = (await form.made('Leads')).length;
  const contact = await convert(lead?.id);
  await change(contact, { Email: `autre-${look}@exemple.example` });
  await answers({ nom: 'Claudie', email, telephone: '+33 6 39 98 10 10', sent: 2 });
  expect(await form.made('Leads')).toHaveLength(before - 1);
  expect(await parentOfLastNote()).toBe(contact);
  expect((await last())?.summary?.en).toContain('the contact');
  // The contact's own address is nobody's to replace.
  expect(await form.record('Contacts', contact)).toMatchObject({ Email: `autre-${look}@exemple.example` });
});

it('that stood in the CRM before', async () => {
  const known = leads.find(({ email }) => email);
  const email = String(known?.email);
  const [row] = ((await form.tables('zoho-crm')).Leads ?? []).filter((one) => one.Email === email);
  const contact = await convert(row?.id);
  await change(contact, { Email: null });
  const before = await form.made('Leads');
  await answers({ nom: known?.lastName, prenom: known?.firstName, email });
  expect(await form.made('Leads')).toEqual(before);
  expect(await parentOfLastNote()).toBe(contact);
  await answers({ nom: 'Quelqu’un d’autre', email });
  expect((await last())?.summary?.en).toContain(
    'the contact is there already, and nothing of it was changed',
  );
});

it('and whose contact was deleted since is a lead once more', async () => {
  const email = 'parti@exemple.example';
  await answers({ nom: 'Parti', email, sent: 1 });
  const before = await form.made('Leads');
  const contact = await convert(before.at(-1)?.id);
  const crm = (await form.sandbox.way(zohoCrm)).open({});
  await crm.fetch(`${crm.apiUrl}/crm/v8/Contacts/${contact}`, { method: 'DELETE' });
  await answers({ nom: 'Parti', email, sent: 2 });
  expect((await form.made('Leads')).at(-1)).toMatchObject({ Last_Name: 'Parti' });
});

it('is noted to have paid, and shown to whoever chats with them, as the contact', async () => {
  const email = 'payeuse@exemple.example';
  await answers({ nom: 'Payeuse', email });
  const contact = await convert((await form.made('Leads')).at(-1)?.id);
  await change(contact, { Email: 'autre-payeuse@exemple.example' });
  const crm = zohoCrm.client((await form.sandbox.way(zohoCrm)).open({}));
  const context = {
    client: () => crm,
    organisation: ORGANISATION,
    about: async () => {},
    read: (_step: string, fetch: () => unknown) => fetch(),
    write: (_step: string, { send }: { send(): unknown }) => send(),
  };
  const payment = { email, identity: 'pi_1', amountMinor: 1_200, currency: 'EUR' };
  const said = await noteOnContact(
    context as never,
    payment as never,
    { number: 'FA-1', isNew: true },
    '2026-11-30',
  );
  expect(said.en).toContain('Noted on the CRM contact.');
  expect(await parentOfLastNote()).toBe(contact);
  const visitor = await knownVisitor(crm, email, { deals: 'none', organisation: ORGANISATION });
  expect(visitor).toMatchObject({ as: 'contact', name: 'Payeuse', others: 0 });
});
