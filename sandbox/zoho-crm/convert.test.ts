import { startTestCrm, type TestCrm } from '../../test/sandbox/crm.ts';

let crm: TestCrm;

beforeAll(async () => {
  crm = await startTestCrm({ recorded: true });
});
afterAll(() => crm.stop());

const lead = async (email: string): Promise<string> => {
  const data = [{ Last_Name: 'Convertie', Email: email, Company: `Société de ${email}` }];
  const { body } = await crm.call('POST', '/Leads', { data });
  return body.data[0].details.id;
};
const convert = (id: string) => crm.call('POST', `/Leads/${id}/actions/convert`, { data: [{}] });
const found = async (query: string): Promise<string[]> => {
  const { status, body } = await crm.call('GET', `/Leads/search?fields=Email&${query}`);
  return status === 204 ? [] : body.data.map((one: { id: string }) => one.id);
};

test('a lead that was converted is shown to nobody who does not ask, and tells what it became where it is read alone', async () => {
  const id = await lead('une@convertie.example');
  await crm.call('POST', '/Notes', {
    data: [{ Note_Content: 'Avant', Parent_Id: { id, module: { api_name: 'Leads' } } }],
  });
  const { status, body } = await convert(id);
  expect(status).toBe(200);
  const { Contacts: contact, Accounts: account, Deals } = body.data[0].details;
  expect(Deals).toBeNull();
  expect(account.name).toBe('Société de une@convertie.example');
  expect((await crm.call('GET', `/Contacts/${contact.id}`)).body.data[0]).toMatchObject({
    Email: 'une@convertie.example',
    Account_Name: { id: account.id },
  });

  expect((await crm.call('GET', `/Leads/${id}`)).status).toBe(204);
  expect(await found('email=une@convertie.example')).toEqual([]);
  for (const converted of ['true', 'both'])
    expect(await found(`email=une@convertie.example&converted=${converted}`)).toEqual([id]);
  expect((await crm.call('GET', `/Leads/${id}?converted=true`)).body.data[0]).toMatchObject({
    $converted: true,
    $converted_detail: { contact: contact.id, account: account.id },
  });
  const notes = await crm.call('GET', `/Contacts/${contact.id}/Notes?fields=Note_Content`);
  expect(notes.body.data).toMatchObject([{ Note_Content: 'Avant' }]);
});

test('it is converted once, changed by nobody, and taken for no duplicate', async () => {
  const id = await lead('deux@convertie.example');
  expect((await convert(id)).status).toBe(200);
  expect((await convert(id)).body).toMatchObject({ code: 'ID_ALREADY_CONVERTED' });
  const change = await crm.call('PUT', `/Leads/${id}`, { data: [{ Phone: '1' }] });
  expect(change.status).toBe(400);
  const data = [{ Last_Name: 'Convertie', Email: 'deux@convertie.example' }];
  const again = await crm.call('POST', '/Leads/upsert', { data, duplicate_check_fields: ['Email'] });
  expect(again.body.data[0]).toMatchObject({ action: 'insert' });
});

test('a contact with the address and an account of the name are taken, not made again', async () => {
  const { body } = await crm.call('GET', '/Contacts?fields=Email,Last_Name&per_page=200');
  // Some of the company's contacts have no address, or share one: whoever is the only one with theirs can be doubled.
  const holders = Map.groupBy<string | null, { Email: string | null; id: string }>(
    body.data,
    ({ Email }) => Email,
  );
  const [known] = [...holders].flatMap(([email, those]) =>
    email !== null && those.length === 1 ? those : [],
  );
  if (known === undefined) throw new Error('Every address is shared.');
  const data = [{ Last_Name: 'Autre', Email: known.Email }];
  const made = (await crm.call('POST', '/Leads', { data })).body.data[0].details.id;
  const { Contacts, Accounts } = (await convert(made)).body.data[0].details;
  expect(Contacts.id).toBe(known.id);
  expect(Accounts).toBeNull();
});
