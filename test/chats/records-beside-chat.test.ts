import { randomUUID } from 'node:crypto';
import { contacts } from '../../sandbox/company/index.ts';
import type { ZohoCrmClient } from '../../server/connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { zohoSalesIq } from '../../server/connectors/zoho-salesiq/connector.ts';
import { recordsBesideChat } from '../../server/flows/records-beside-chat/flow.ts';
import { openFlow, type Row } from '../desk/flow-rig.ts';

const HELENE = contacts.find(({ key }) => key === 'hélène');
const PORTAL = { portal: 'atelierlumen' };

let flow: Awaited<ReturnType<typeof openFlow>>;
let crm: ZohoCrmClient;
beforeAll(async () => {
  flow = await openFlow(
    recordsBesideChat as never,
    { source: zohoCrm as never, target: zohoSalesIq as never },
    PORTAL,
  );
  ({ client: crm } = await flow.sandbox.connect(zohoCrm));
});
afterAll(() => flow.close());
beforeEach(() => flow.set());

let people = 0;
const stranger = (): string => {
  people += 1;
  return `visiteuse${people}@exemple.example`;
};
const visit = (email: string) => flow.sandbox.act('zoho-salesiq', { act: 'visit', email });
async function tell(topic: string, id: string, times = 1): Promise<void> {
  const event = () => ({ key: randomUUID(), topic, recordId: id, body: { ids: [id] } });
  await flow.accept('source', Array.from({ length: times }, event));
  await flow.rig.settled();
}
const made = async (module: string, values: object): Promise<string> =>
  (await crm.createOne(module, values as never, [])).id;
const changed = (module: string, id: string, values: object) =>
  crm.updateOne(module, { id, ...values } as never, []);
const linesOf = async (email: string, portal = 'atelierlumen'): Promise<Row> =>
  ((await flow.tables('zoho-salesiq')).visitors ?? []).find(
    (one) => one.email === email && one.portal === portal,
  )?.customerInfo as Row;
const writes = async (email: string) =>
  (await flow.sandbox.ledger('zoho-salesiq')).filter(({ record }) => record.email === email).length;
const last = async () => (await flow.runs()).at(-1);

it('a lead that changes is shown to operators: that it is one, of whom, and where it stands; once, told of thrice', async () => {
  const email = stranger();
  await visit(email);
  const lead = { Last_Name: 'Faure', First_Name: 'Léonie', Company: 'Fleurs du Canal', Email: email };
  const id = await made('Leads', { ...lead, Lead_Status: 'Contacted' });
  await tell('Leads.insert', id, 3);
  expect(await linesOf(email)).toMatchObject({
    ...{ CRM: 'Prospect · Léonie Faure · Fleurs du Canal', Statut: 'Contacted', Affaires: '–' },
    Fiche: expect.stringContaining(`/tab/Leads/${id}`),
  });
  expect((await linesOf(email)).Responsable).not.toBe('–');
  expect(await writes(email)).toBe(1);
  await tell('Leads.update', id);
  expect([await writes(email), (await last())?.summary?.en]).toEqual([1, expect.stringContaining('already')]);
  await changed('Leads', id, { Lead_Status: 'Lost Lead' });
  await tell('Leads.update', id);
  expect((await linesOf(email)).Statut).toBe('Lost Lead');
  expect(await writes(email)).toBe(2);
});

it('a deal that changes is shown beside its contact, the latest first, with amounts or without', async () => {
  const email = HELENE?.email ?? '';
  await visit(email);
  const [contact] = await crm.searchByEmail('Contacts', email);
  const deal = (name: string, Amount: number) =>
    made('Deals', {
      ...{ Deal_Name: name, Stage: 'Qualification', Closing_Date: '2026-12-31', Amount },
      Contact_Name: { id: contact?.id },
    });
  const id = await deal('Boutique en ligne', 4_200.5);
  await tell('Deals.insert', id);
  expect((await linesOf(email)).Affaires).toContain('Boutique en ligne · Qualification · 4 200,50 €');
  flow.set({ deals: 'names' });
  await tell('Deals.update', id);
  expect((await linesOf(email)).Affaires).toContain('Boutique en ligne · Qualification');
  expect((await linesOf(email)).Affaires).not.toContain('€');
  flow.set({ deals: 'none' });
  await tell('Deals.update', id);
  expect((await linesOf(email)).Affaires).toBe('–');
  flow.set();
  for (let count = 0; count < 12; count += 1) await deal(`Un nom de chantier bien long ${count}`, 1_000);
  await tell('Deals.update', id);
  const shown = String((await linesOf(email)).Affaires);
  expect(shown.length).toBeLessThanOrEqual(200);
  expect(shown).toMatch(/ … \+\d+$/);
});

it('of two records with one address the contact is shown, and that there is another', async () => {
  const email = stranger();
  await visit(email);
  await made('Contacts', { Last_Name: 'Dubreuil', First_Name: 'Anne', Email: email });
  const lead = await made('Leads', { Last_Name: 'Dubreuil', Company: 'Essai', Email: email.toUpperCase() });
  await tell('Leads.insert', lead);
  expect((await linesOf(email)).CRM).toBe('Contact · Anne Dubreuil (une autre fiche a cette adresse)');
});

it('whoever has another address now is shown there, and no longer at the one before; nor is who was deleted', async () => {
  const [before, after] = [stranger(), stranger()];
  await visit(before);
  await visit(after);
  const id = await made('Leads', { Last_Name: 'Mobile', Company: 'Essai', Email: before });
  await tell('Leads.insert', id);
  await changed('Leads', id, { Email: after });
  await tell('Leads.update', id);
  expect((await linesOf(before)).CRM).toBe('plus de fiche');
  expect((await linesOf(before)).Fiche).toBe('–');
  expect((await linesOf(after)).CRM).toContain('Mobile');
  await crm.remove('Leads', [id]);
  await tell('Leads.delete', id);
  expect((await linesOf(after)).CRM).toBe('plus de fiche');
});

it.each([
  ['nobody at SalesIQ has the address', stranger(), 'No visitor'],
  ['the record has no address', undefined, 'no e-mail address'],
])('nothing is told where %s', async (_why, Email, word) => {
  const id = await made('Leads', { Last_Name: 'Inconnue', Company: 'Essai', Email });
  await tell('Leads.insert', id);
  expect(await last()).toMatchObject({ state: 'skipped', summary: { en: expect.stringContaining(word) } });
});

it('nothing is told before a portal was chosen, and nothing in another portal', async () => {
  const email = stranger();
  await visit(email);
  await flow.sandbox.act('zoho-salesiq', { act: 'visit', email, portal: 'lumendestockage' });
  const id = await made('Leads', { Last_Name: 'Portail', Company: 'Essai', Email: email });
  flow.set({ portal: '' });
  await tell('Leads.insert', id);
  expect(await last()).toMatchObject({ state: 'shelved', error: { kind: 'rejected' } });
  flow.set({ portal: 'lumendestockage' });
  await tell('Leads.update', id);
  expect((await linesOf(email, 'lumendestockage')).CRM).toContain('Portail');
  expect(await linesOf(email)).toEqual({});
});
