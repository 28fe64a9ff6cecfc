import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../core/host.ts';
import { simulators } from '../index.ts';
import { sandboxPages } from '../page/router.ts';

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaison-crm-setup-'));
  sandbox = await startSandbox({
    port: 0,
    dataFolder: folder,
    simulators,
    pages: sandboxPages({ liaisonUrl: 'http://127.0.0.1:9' }),
  });
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

const add = (value: string, language: string) =>
  fetch(`${sandbox.url}/crm/-/stages?lang=${language}`, {
    method: 'POST',
    body: new URLSearchParams({ value }),
    redirect: 'manual',
  });

it.each([
  ['en', 'closed won', 'There is a stage of this name already.'],
  ['fr', 'Closed Lost', 'Une étape porte déjà ce nom.'],
  ['en', '   ', 'A stage needs a name of at most 120 characters'],
  ['fr', 'é'.repeat(121), 'Une étape porte un nom de 120 caractères au plus'],
])('a stage that is refused leaves the page with the reason (%s, %s)', async (language, value, why) => {
  const answer = await add(value, language);
  const page = await answer.text();
  expect(answer.status).toBe(400);
  expect(page).toContain('role="alert"');
  expect(page).toContain(why);
});

it('a stage that is new is there', async () => {
  expect((await add('Signé', 'fr')).status).toBe(303);
  expect(await (await fetch(`${sandbox.url}/crm/setup`)).text()).toContain('value="Signé"');
});
