import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { listedContacts } from '../google-people/book.ts';
import { simulators } from '../index.ts';
import { recordsOf } from './record.ts';

let folder: string;
let sandbox: RunningSandbox;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-crowd-'));
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators, scenarios: [] });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

const seedMore = (vendor: string, wish: object) =>
  fetch(`${sandbox.url}/_sandbox/seed/${vendor}`, { method: 'POST', body: JSON.stringify(wish) });

test('the CRM and the address book are filled with the same people', async () => {
  const wish = { contacts: 1000, companies: 7, replace: true };
  for (const vendor of ['zoho-crm', 'google-people']) expect((await seedMore(vendor, wish)).status).toBe(200);
  const crm = sandbox.desk('zoho-crm');
  const nameOf = new Map(
    recordsOf(crm, 'Accounts')
      .all()
      .map(({ id, Account_Name }) => [id, Account_Name]),
  );
  const inCrm = recordsOf(crm, 'Contacts')
    .all()
    .map(({ Full_Name, Email, Phone, Account_Name }) => [
      Full_Name,
      Email,
      Phone,
      nameOf.get((Account_Name as { id: string }).id),
    ]);
  const inGoogle = listedContacts(sandbox.desk('google-people')).listed.map(({ version: { person } }) => [
    person?.names?.[0]?.displayName,
    person?.emailAddresses?.[0]?.value,
    person?.phoneNumbers?.[0]?.value,
    person?.organizations?.[0]?.name,
  ]);
  expect(inCrm).toHaveLength(1000);
  expect(inCrm).toEqual(inGoogle);
  expect(new Set(inCrm.map(([, , phone]) => phone)).size).toBe(1000);
});

test('the companies are made once, whatever is seeded after', async () => {
  const accounts = recordsOf(sandbox.desk('zoho-crm'), 'Accounts');
  const before = accounts.size;
  for (let turn = 0; turn < 2; turn += 1) await seedMore('zoho-crm', { contacts: 3, companies: 3 });
  expect(accounts.size).toBe(before + 3);
});

test('twenty thousand contacts are there within moments', async () => {
  const began = performance.now();
  await seedMore('zoho-crm', { contacts: 20_000 });
  expect(recordsOf(sandbox.desk('zoho-crm'), 'Contacts').size).toBe(20_028);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('a vendor that cannot be filled says so', async () => {
  expect((await seedMore('slack', { contacts: 1 })).status).toBe(404);
});
