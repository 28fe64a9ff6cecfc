import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { barriersOn } from './barriers.ts';
import { openChromium } from './chromium.ts';
import { PAGE_PATIENCE_MS } from './open-page.ts';
import { type RunningServer, startServer } from './running-server.ts';

/** The whole product in a real Chromium: server, database, engine and sandbox, as a user starts them. */

let browser: Browser;
let server: RunningServer;
let context: BrowserContext;
let page: Page;
let complaints: string[];

const panel = () => page.locator('.panel');
const firstRow = () => page.locator('.run').first();

async function open(hash: string): Promise<void> {
  await page.goto(`${server.url}${hash}`);
}

beforeAll(async () => {
  browser = await openChromium();
  server = await startServer('own');
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'fr-FR' });
  context.setDefaultTimeout(PAGE_PATIENCE_MS);
  page = await context.newPage();
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
});
afterEach(() => context?.close());

it('shows a won deal as it happens, step by step, in French and in English', async () => {
  await open('#/log?flow=deal-won-to-slack');
  await page.getByRole('heading', { name: 'Aucune exécution ne correspond à ces filtres' }).waitFor();
  await page.getByText('En direct', { exact: true }).waitFor();
  await server.control('POST', 'scenarios/deal-won', {});
  await firstRow().locator('.run-record', { hasText: 'Refonte site vitrine' }).waitFor();
  await firstRow().getByText('Réussie').waitFor();
  await firstRow().click();
  await panel().getByRole('heading', { name: 'Refonte site vitrine' }).waitFor();
  expect(await panel().locator('.step h4').allTextContents()).toEqual([
    'Lire l’affaire',
    'Publier le message',
  ]);
  await panel().locator('.step').last().getByText('requête').click();
  expect(await panel().locator('.step').last().textContent()).toMatch(/chat\.postMessage/);
  expect(await panel().textContent()).toMatch(
    /Deal gagné ! Refonte site vitrine - 12.500€ par Claire Fontaine/,
  );
  await page.getByRole('button', { name: 'English' }).click();
  await panel().getByRole('heading', { name: 'Read the deal' }).waitFor();
  await firstRow().getByText('Done').waitFor();
  expect(complaints).toEqual([]);
});

it('shows a refusal in the vendor’s own words, and a replay that succeeds once its cause is gone', async () => {
  await server.control('PUT', 'faults/slack', {
    status: 200,
    body: { ok: false, error: 'channel_not_found' },
    path: 'chat\\.postMessage',
  });
  await open('#/log?flow=deal-won-to-slack');
  await page.getByText('En direct', { exact: true }).waitFor();
  await server.control('POST', 'scenarios/deal-won', {});
  await firstRow().getByText('Échouée').waitFor();
  await firstRow().click();
  await panel().getByText('channel_not_found').first().waitFor();
  await server.control('DELETE', 'faults/slack');
  await panel().getByRole('button', { name: 'Rejouer' }).click();
  await panel().getByText('Elle a réussi cette fois.').waitFor();
  await firstRow().getByText('Réussie').waitFor();
  expect(complaints).toEqual([]);
});

it('disconnects a vendor, connects it again through its consent screen, and renews that, each after saying what it does', async () => {
  await open('#/connections');
  const slack = page.getByRole('article', { name: 'Slack' });
  const dialog = page.getByRole('dialog');
  // How it goes is stored now and then, and looked at every ten seconds, or when somebody comes back to the tab.
  await page.evaluate(() => void setInterval(() => window.dispatchEvent(new Event('visibilitychange')), 500));
  await slack.getByText('Fonctionne', { exact: true }).waitFor();
  await slack.getByRole('button', { name: 'Déconnecter' }).click();
  await dialog
    .getByText('Ces flux s’arrêtent jusqu’à la reconnexion\u00a0: Affaires gagnées vers Slack.')
    .waitFor();
  await dialog.getByText('L’accès est révoqué chez Slack, et supprimé ici.').waitFor();
  await dialog.getByRole('button', { name: 'Déconnecter' }).click();
  await slack.getByText('Non connecté').waitFor();
  await slack.getByRole('link', { name: 'Connecter' }).click();
  await consent();
  await slack.getByText('Connecté, pas encore utilisé').waitFor();
  await slack.getByRole('button', { name: 'Reconnecter' }).click();
  await dialog.getByText('Ces flux reprennent\u00a0: Affaires gagnées vers Slack.').waitFor();
  await dialog.getByRole('button', { name: 'Aller chez Slack' }).click();
  await consent();
  await slack.getByText('Connecté, pas encore utilisé').waitFor();

  async function consent() {
    await page.waitForURL(/\/slack\/oauth\//);
    await page.getByRole('button', { name: /Accept/ }).click();
    await page.getByText('Slack est connecté\u00a0: Liaison travaille désormais avec le compte').waitFor();
  }
});

it('leads from the catalogue to the list, which says what was done today; a copy is turned on, off, and deleted', async () => {
  await open('#/catalogue');
  await page.getByRole('searchbox').fill('GAGNEES slack');
  await page.getByRole('link', { name: '1 intégration de Affaires gagnées vers Slack' }).click();
  const row = (name: string) =>
    page.locator('[data-integration]', { has: page.getByRole('link', { name, exact: true }) });
  const deals = row('Affaires gagnées vers Slack');
  await deals.getByText('En marche').waitFor();
  await server.control('POST', 'scenarios/deal-won', {});
  // Without a reload.
  await deals.locator('.today', { hasText: /^Aujourd’hui\s: \d+ faites?$/ }).waitFor();
  expect(await page.locator('[data-integration]').count()).toBe(1);
  await deals.getByText('Modifier').click();
  await page.getByRole('button', { name: 'Copier Affaires gagnées vers Slack' }).click();
  const copy = row('Affaires gagnées vers Slack (copie)');
  await copy.getByText('Pas encore activée').waitFor();
  await copy.getByText('Aujourd’hui\u00a0: rien').waitFor();
  await copy.getByRole('switch').click();
  await copy.getByText('En marche').waitFor();
  await copy.getByRole('switch').click();
  await copy.getByText('depuis').waitFor();
  await copy.getByText('Modifier').click();
  await copy.getByRole('button', { name: /^Supprimer/ }).click();
  await page.getByRole('dialog').getByText('Le journal reste, avec son nom').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click();
  await copy.waitFor({ state: 'detached' });
  await deals.waitFor();
  await page.getByRole('button', { name: 'Tout montrer' }).click();
  await row('Contacts\u00a0: Google ↔ CRM').getByText('Pas encore activée').waitFor();
  expect(complaints).toEqual([]);
});

it('is told in the list what is not chosen yet, and goes there', async () => {
  const { connections } = (await (await fetch(`${server.url}api/v1/connections`)).json()) as {
    connections: { id: string; connector: { id: string } }[];
  };
  const slack = connections.find(({ connector }) => connector.id === 'slack');
  const made = await fetch(`${server.url}api/v1/integrations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ flow: 'announce', name: 'Sans endroit', connections: { target: slack?.id } }),
  });
  expect(made.status).toBe(200);
  await open('#/integrations');
  await page.getByRole('switch', { name: 'Sans endroit' }).click();
  const row = page.locator('[data-integration]', { hasText: 'Sans endroit' });
  await row.getByText('Choisissez où vont les messages.').waitFor();
  // Called by its title, not by its name in the program.
  expect(await row.locator('code').count()).toBe(0);
  await row.getByRole('link', { name: 'Aller à ses réglages' }).click();
  await page.getByRole('heading', { name: /Sans endroit/ }).waitFor();
});

it('keeps a flow that is switched off from doing anything', async () => {
  await open('#/flows');
  const flow = page.getByRole('article', { name: 'Affaires gagnées vers Slack' });
  await flow.getByRole('switch').click();
  await flow.locator('.switch').getByText('Désactivé').waitFor();
  await page.reload();
  await flow.locator('.switch').getByText('Désactivé').waitFor();
  await flow.getByRole('switch').click();
  await flow.locator('.switch').getByText('Activé', { exact: true }).waitFor();
});

it('connects a form of one’s own by a name and a secret, and maps what arrived by clicking on it', async () => {
  await open('#/integrations/form-answers-webhook?step=accounts');
  await page.getByRole('button', { name: 'English' }).click();
  const adding = page.locator('details', { hasText: 'X-Hub-Signature-256' });
  await adding.locator('summary').click();
  await adding.getByLabel('Name of the form').fill('Concours d’été');
  const secret = await adding.getByRole('textbox', { name: 'Secret', exact: true }).inputValue();
  expect(secret).toMatch(/^[0-9a-f]{48}$/);
  await adding.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('radio', { name: 'Webhook (any form) · Concours d’été' }).check();
  const address = await page.locator('.setup-account code').textContent();
  const send = (answer: object) =>
    fetch(address ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-liaison-secret': secret },
      body: JSON.stringify(answer),
    });
  expect((await send({ besoin: 'Une enseigne', nom: 'Ada Morel', mail: 'ada@morel.example' })).status).toBe(
    200,
  );
  await page.getByRole('button', { name: /ontinue$/ }).click();
  // What arrived is known: a row that is added begins with it.
  await page.locator('p.quiet', { hasText: 'besoin' }).waitFor();
  await page.getByRole('button', { name: 'Add a row' }).click();
  // The first question stands there, and the field’s list is open.
  await page.getByRole('option', { name: 'Description (long text)' }).click();
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await page.getByRole('heading', { name: 'Settings', level: 2 }).waitFor();
  await page.getByRole('link', { name: 'Try', exact: true }).click();
  await page.getByRole('button', { name: /Ada Morel/ }).click();
  await page.getByText('Une enseigne').first().waitFor();
  expect((await send({ besoin: 'Un kakemono', nom: 'Bo Lind', mail: 'bo@lind.example' })).status).toBe(200);
  await open('#/log?flow=form-answers-webhook');
  await page.locator('.run', { hasText: 'Bo Lind' }).getByText('Done').waitFor();
  const { tables } = (await server.control('GET', 'state/zoho-crm')) as {
    tables: { Leads: Record<string, unknown>[] };
  };
  const made = tables.Leads.filter(({ Email }) => String(Email).endsWith('@lind.example'));
  expect(made).toMatchObject([{ First_Name: 'Bo', Last_Name: 'Lind', Description: 'Un kakemono' }]);
  expect(complaints).toEqual([]);
});

it('tells another application of what happens: its address, its secret shown once, a test that it verifies, its log', async () => {
  const address = 'https://hooks.example.com/liaison';
  await open('#/webhooks');
  await page.getByText('Aucune application n’est encore informée.').waitFor();
  await page.getByLabel('Adresse', { exact: true }).fill('http://hooks.example.com/liaison');
  await page.getByRole('checkbox', { name: /^Affaire gagnée/ }).check();
  await page.getByRole('radio', { name: 'Seulement de celles-ci' }).check();
  await page.getByRole('checkbox', { name: 'Affaires gagnées vers Slack' }).check();
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  await page.getByText('L’adresse doit commencer par https://.').waitFor();
  complaints = [];
  await page.getByLabel('Adresse', { exact: true }).fill(address);
  await page.getByRole('button', { name: 'Ajouter', exact: true }).click();
  const secret = await page.locator('.shown-secret code').textContent();
  expect(secret).toMatch(/^whsec_/);
  await page.getByRole('button', { name: 'Je l’ai copié' }).click();
  await page.getByRole('button', { name: `Envoyer un essai\u00a0: ${address}` }).click();
  await page.getByText('En route.').waitFor();
  await page.getByText('Dernier accepté').waitFor();
  await page.getByText('Affaire gagnée · 1 intégration').waitFor();

  // In the application itself.
  const other = await context.newPage();
  await other.goto(new URL('view/receiver', server.sandboxUrl).href);
  await other.getByText('non vérifiée').waitFor();
  await other.getByLabel('Secret').fill(secret ?? '');
  await other.getByRole('button', { name: 'Garder' }).first().click();
  await page.getByRole('button', { name: `Envoyer un essai\u00a0: ${address}` }).click();
  await other.getByText('bonne', { exact: true }).waitFor();
  await other.close();

  await page.getByRole('link', { name: 'Journal' }).last().click();
  await page.getByRole('heading', { name: 'Journal d’une adresse de webhook' }).waitFor();
  await page.locator('[data-dispatch]').nth(1).waitFor();
  expect(await page.locator('[data-dispatch]').first().textContent()).toContain('réponse 200');
  expect(await page.locator('body').textContent()).not.toContain(secret);
  expect(complaints).toEqual([]);
});

it('lets another application in once its admin allowed it, in whose name they are shown, and ends that again', async () => {
  const application = createServer((_request, response) => response.end('<link rel="icon" href="data:,">'));
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  const back = `http://127.0.0.1:${(application.address() as AddressInfo).port}/return`;
  const verifier = randomBytes(32).toString('base64url');
  const asked = new URLSearchParams({
    response_type: 'code',
    client_id: 'sandbox-zapier',
    redirect_uri: back,
    scope: 'read hooks',
    state: 'a & b',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  await open(`oauth/authorize?${asked}`);
  await page.getByRole('combobox').selectOption('hugo');
  await page.getByRole('button', { name: 'Accepter' }).click();
  await page.getByRole('heading', { name: 'Autoriser Zapier à accéder à Liaison\u00a0?' }).waitFor();
  await page.getByText('Hugo Marchetti').waitFor();
  expect(await page.getByRole('listitem').allTextContents()).toEqual([
    expect.stringContaining('Voir qui vous êtes'),
    expect.stringContaining('Être informée'),
  ]);
  expect(await barriersOn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Autoriser', exact: true }).click();
  await page.waitForURL(`${back}*`);
  application.close();
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('state')).toBe('a & b');
  const answer = await fetch(new URL('oauth/token', server.url), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'sandbox-zapier',
      client_secret: 'sandbox-secret-zapier',
      redirect_uri: back,
      code: searchParams.get('code') ?? '',
      code_verifier: verifier,
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const me = async () =>
    (await fetch(new URL('api/v1/me', server.url), { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await me()).toBe(200);

  await open('#/connections');
  const zapier = page.getByRole('region', { name: 'Zapier, au nom de Hugo Marchetti' });
  await zapier.getByText('à aucune adresse').waitFor();
  await zapier.getByRole('button', { name: 'Y mettre fin' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Y mettre fin' }).click();
  await page.getByText('Aucune pour l’instant. Dans Zapier').waitFor();
  expect(await me()).toBe(401);
  expect(complaints).toEqual([]);
});
