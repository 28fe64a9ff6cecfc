import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { openShop, type Shop } from '../orders/rig.ts';

/** An order of somebody whose lead had become a contact, with another address by then, made a second contact. */

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const ordered = async (email: string) => {
  const id = await shop.place({
    ...{ status: 'processing', payment_method: 'stripe' },
    billing: { first_name: 'Ada', last_name: 'Convertie', email },
  });
  await shop.tell(id, 'order.created');
};
const crmRows = async (module: string) =>
  ((await shop.sandbox.state('zoho-crm', module))[module] ?? []) as readonly Record<string, unknown>[];
const lead = async (email: string): Promise<string> => {
  const { client } = await shop.sandbox.connect(zohoCrm);
  const values = { First_Name: 'Ada', Last_Name: 'Convertie', Company: 'Convertie SARL', Email: email };
  return (await client.createOne('Leads', values, [])).id;
};

it('is theirs: the contact that the lead became is taken, not made again', async () => {
  const made = await lead('ada-avant@exemple.example');
  const { contact } = (await shop.sandbox.act('zoho-crm', { act: 'convert', lead: made })) as unknown as {
    contact: { id: string };
  };
  await shop.sandbox.act('zoho-crm', {
    ...{ act: 'edit', module: 'Contacts', id: contact.id },
    values: { Email: 'ada-apres@exemple.example' },
  });
  const before = (await crmRows('Contacts')).length;
  await ordered('ada-avant@exemple.example');
  expect(await crmRows('Contacts')).toHaveLength(before);
});

it('and an open lead is left for a person to convert, beside the contact of the order', async () => {
  const made = await lead('ada-ouverte@exemple.example');
  await ordered('ada-ouverte@exemple.example');
  const contacts = await crmRows('Contacts');
  expect(contacts.filter(({ Email }) => Email === 'ada-ouverte@exemple.example')).toHaveLength(1);
  expect((await crmRows('Leads')).find(({ id }) => id === made)).toMatchObject({ Last_Name: 'Convertie' });
});
