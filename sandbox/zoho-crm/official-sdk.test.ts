import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startTestCrm } from '../../test/sandbox/crm.ts';

test('Zoho’s own SDK reads, creates, searches and upserts contacts', async () => {
  const crm = await startTestCrm({ recorded: true });
  try {
    const { refresh_token } = await crm.connect('sandbox-sdk');
    const { url } = crm.sandbox;
    const script = join(import.meta.dirname, '..', '..', 'test', 'clients', 'zoho-crm-sdk.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [
      script,
      `${url}/zoho-crm`,
      `${url}/zoho-accounts/oauth/v2/token`,
      refresh_token,
      join(crm.folder, 'sdk'),
    ]);
    const saw = JSON.parse(stdout);
    expect(saw.read).toEqual({
      status: 200,
      names: [expect.any(String), expect.any(String), expect.any(String)],
    });
    expect(saw.created).toMatchObject({ status: 201, code: 'SUCCESS' });
    expect(saw.found).toEqual({ status: 200, emails: ['edith.soeur@client.example'], ids: [saw.created.id] });
    expect(saw.none).toBe(204);
    expect(saw.upserted).toMatchObject({
      status: 200,
      code: 'SUCCESS',
      action: 'update',
      id: saw.created.id,
    });
    expect(saw.refused).toMatchObject({ status: 400, code: 'MANDATORY_NOT_FOUND', field: 'Last_Name' });
    const held = await crm.call('GET', `/Contacts/${saw.created.id}`);
    expect(held.body.data[0]).toMatchObject({
      First_Name: 'Édith',
      Last_Name: 'Sœur-Dupont',
      Full_Name: 'Édith Sœur-Dupont',
    });
  } finally {
    await crm.stop();
  }
});
