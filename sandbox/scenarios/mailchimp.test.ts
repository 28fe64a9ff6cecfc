import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSandbox, startSandbox } from '../core/host.ts';
import { mailchimp } from '../mailchimp/simulator.ts';

let folder: string;
let sandbox: RunningSandbox;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-scenarios-'));
  sandbox = await startSandbox({ port: 0, dataFolder: folder, simulators: [mailchimp] });
});
afterEach(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true });
});

async function control(path: string, body: object): Promise<Record<string, unknown> & { status: number }> {
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return { status: answer.status, ...((await answer.json()) as object) };
}
const play = (id: string, body: object = {}) => control(`scenarios/${id}`, body);

test('what readers of a campaign do can be played, and said in both languages', async () => {
  const sent = await play('mailchimp-campaign-sent', { title: 'Essai' });
  expect(sent).toMatchObject({ status: 200, sentence: { fr: expect.stringContaining('« Essai »') } });
  expect(sent.opened).not.toEqual([]);
  const clicked = await play('mailchimp-click');
  expect(clicked).toMatchObject({ status: 200, campaign: sent.campaign });
  const left = await play('mailchimp-unsubscribe', { email: clicked.email });
  expect(left).toMatchObject({ status: 200, email: clicked.email });
  const another = await play('mailchimp-cleaned');
  expect(another.email).not.toBe(clicked.email);
  expect(await play('mailchimp-unsubscribe', { email: 'nobody@client.example' })).toMatchObject({
    status: 400,
  });
});

test('people can be made to act, one by one', async () => {
  const email = 'nouvelle@client.example';
  const act = (name: string, more: object = {}) => control('acts/mailchimp', { act: name, email, ...more });
  expect(await act('sign-up', { mergeFields: { FNAME: 'Nour' } })).toMatchObject({
    status: 200,
    member: { status: 'subscribed', full_name: 'Nour' },
  });
  expect(await act('change', { newEmail: 'nour@client.example' })).toMatchObject({ status: 200 });
  expect(await act('unsubscribe')).toMatchObject({ status: 400 });
  expect(await control('acts/mailchimp', { act: 'dance' })).toMatchObject({ status: 400 });
  expect(await control('seed/mailchimp', { contacts: 40, replace: true })).toMatchObject({ members: 40 });
});
