import { createHmac } from 'node:crypto';
import { endAll } from './aftermath.ts';
import {
  allSettled,
  json,
  type Liaison,
  ledger,
  play,
  startLiaison,
  until,
  webhookOf,
} from './liaison-process.ts';
import { newServedPlace, type ServedPlace } from './served-place.ts';
import { call, tryOn } from './tried.ts';

interface Connection {
  readonly id: string;
  readonly connector: { readonly id: string };
  readonly account: { readonly name: string };
  readonly delivery: { readonly url: string; readonly header: string } | null;
}

let place: ServedPlace;
let liaison: Liaison;

beforeAll(async () => {
  place = await newServedPlace();
  liaison = await startLiaison(place);
}, 120_000);
afterAll(() => endAll(place, [liaison]));

const created = async (email: string): Promise<Record<string, unknown>[]> =>
  (await ledger(liaison.sandboxUrl))
    .filter(({ vendor, object, action, record }) => {
      const isPerson = vendor === 'zoho-crm' && ['lead', 'contact'].includes(object);
      return isPerson && action === 'create' && record.Email === email;
    })
    .map(({ record }) => record);
const connections = async (): Promise<Connection[]> =>
  (await call<{ connections: Connection[] }>(liaison, 'GET', '/connections')).connections;
const titles = async (integration: string, setting: string, settings = {}): Promise<string[]> => {
  const asked = encodeURIComponent(JSON.stringify(settings));
  const path = `/integrations/${integration}/settings/${setting}/offers?settings=${asked}`;
  const { offers } = await call<{ offers: { title: string }[] }>(liaison, 'GET', path);
  return offers.map(({ title }) => title);
};
const tried = async (integration: string): Promise<string[]> => {
  const path = `/integrations/${integration}/try`;
  const { records } = await call<{ records: { title: string }[] | null }>(liaison, 'GET', path);
  return (records ?? []).map(({ title }) => title);
};

it.each([
  ['typeform', 'form-answers'],
  ['zoho-forms', 'form-answers-zoho-forms'],
  ['webhook', 'form-answers-webhook'],
])(
  'an answer at %s is one lead, delivered twice and killed in between, and is offered to map and to try',
  async (vendor, integration) => {
    await until(() => webhookOf(liaison.sandboxUrl, vendor).catch(() => null));
    const email = `${vendor}@exemple.example`;
    await play(liaison.sandboxUrl, `${vendor}-answer`, { firstName: 'Inès', lastName: 'Dupré', email });
    await play(liaison.sandboxUrl, `${vendor}-again`);
    if (vendor === 'webhook') {
      await liaison.kill();
      liaison = await startLiaison(place);
    }
    await until(async () => (await created(email)).length > 0);
    await allSettled(liaison.url);
    expect(await created(email)).toMatchObject([{ First_Name: 'Inès', Last_Name: 'Dupré' }]);
    expect(await titles(integration, 'columns.header')).toEqual(
      expect.arrayContaining([
        { typeform: 'Votre société', 'zoho-forms': 'Checkbox', webhook: 'societe' }[vendor],
      ]),
    );
    expect(await tried(integration)).toContain('Inès Dupré');
  },
);

it('a form of one’s own is connected with a name and a secret, and captures what is sent before anything is set up', async () => {
  const keys = { name: 'Été – « concours »', secret: 'un-secret-assez-long-1' };
  await call(liaison, 'POST', '/connections/webhook/key', { keys });
  const own = (await connections()).find(({ account }) => account.name === keys.name);
  expect(own?.delivery).toMatchObject({ header: 'x-liaison-secret' });
  const { url = '', header = '' } = own?.delivery ?? {};
  const body = JSON.stringify({ contact: { nom: 'Capture', email: 'capture@exemple.example' } });
  const send = (headers: Record<string, string>) =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const signature = (secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  expect((await send({})).status).toBe(401);
  expect((await send({ [header]: keys.secret.slice(1) })).status).toBe(401);
  expect((await send({ 'x-hub-signature-256': signature('another') })).status).toBe(401);
  const { id } = await call<{ id: string }>(liaison, 'POST', '/integrations', {
    flow: 'form-answers',
    name: 'Concours',
    owner: 'organisation',
    connections: { source: own?.id },
    settings: {},
    enabled: false,
  });
  expect(await tried(id)).toEqual([]);
  expect((await send({ 'x-hub-signature-256': signature(keys.secret) })).status).toBe(200);
  expect(await titles(id, 'columns.header')).toEqual(['contact.nom', 'contact.email']);
  expect(await tried(id)).toEqual(['Capture']);
  await allSettled(liaison.url);
  expect(await created('capture@exemple.example')).toEqual([]);
  const short = call(liaison, 'POST', '/connections/webhook/key', { keys: { name: 'X', secret: 'court' } });
  await expect(short).rejects.toThrow();
  await json(`${liaison.url}/readyz`);
});

it('a tool that can send no secret is believed from the addresses that are listed, as long as they are', async () => {
  const key = (id: string, addresses: string) =>
    call<Connection>(liaison, 'POST', `/connections/${id}/key`, {
      keys: {
        ...{ name: 'Vieux site', secret: 'vieux-site-0123456789' },
        ...(addresses === '' ? {} : { addresses }),
      },
    });
  const form = await key('webhook', '198.51.100.0/24 127.0.0.1');
  const send = async (nom: string) =>
    (
      await fetch(form.delivery?.url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ nom }),
      })
    ).status;
  expect(await send('Ada Morel')).toBe(200);
  // Taken off the list, it is refused at once: no former list counts for a while, as former secrets do.
  await key(form.id, '198.51.100.0/24');
  expect(await send('Bo Lind')).toBe(401);
  await key(form.id, '');
  expect(await send('Bo Lind')).toBe(401);
  const wide = fetch(`${liaison.url}/api/v1/connections/${form.id}/key`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'fr' },
    body: JSON.stringify({
      keys: { name: 'Vieux site', secret: 'vieux-site-0123456789', addresses: '0.0.0.0/0' },
    }),
  });
  expect(await (await wide).text()).toContain('plage trop large');
});

// The second write of such a run is that of its file.
const CRASHES = [
  'after-inbox-commit',
  'after-intent-commit:2',
  'after-vendor-write:2',
  'after-result-commit:2',
];
it.each(CRASHES)(
  'a file of an answer stands beside its lead once, delivered twice and the server killed %s',
  async (point) => {
    await liaison.stop();
    liaison = await startLiaison(place, { LIAISON_CRASH: point });
    const webhook = await until(() => webhookOf(liaison.sandboxUrl, 'webhook').catch(() => null));
    const { url, secret } = webhook;
    const name = point.replace(':', '-');
    const email = `${name}@exemple.example`;
    const send = async (): Promise<number> => {
      const body = new FormData();
      body.set('nom', name);
      body.set('email', email);
      body.set('cv', new File([new Uint8Array([0, 255, 13, 10, 45, 45])], `${name}.pdf`));
      const headers = { 'x-liaison-secret': secret };
      return fetch(url, { method: 'POST', headers, body }).then(
        ({ status }) => status,
        () => 0,
      );
    };
    await send();
    await until(() => Promise.resolve(liaison.child.exitCode !== null || liaison.child.signalCode !== null));
    liaison = await startLiaison(place);
    expect(await send()).toBe(200);
    const attached = async () =>
      (await ledger(liaison.sandboxUrl)).filter(
        ({ object, record }) => object === 'attachment' && record.name === `${name}.pdf`,
      );
    await until(async () => (await attached()).length > 0);
    await allSettled(liaison.url);
    expect(await attached()).toMatchObject([{ record: { size: 6, module: 'Leads' } }]);
    expect(await created(email)).toHaveLength(1);
  },
);

it('a try of an answer with a file shows by its name what would be attached, for a stranger and for somebody who is there', async () => {
  const { url, secret } = await webhookOf(liaison.sandboxUrl, 'webhook');
  const integration = 'form-answers-webhook';
  const turn = (enabled: boolean) => call(liaison, 'PATCH', `/integrations/${integration}`, { enabled });
  const send = async (email: string, file: string) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ nom: 'Essai', email })) body.set(name, value);
    body.set('plan', new File([new Uint8Array([0, 255])], file));
    const answered = await fetch(url, { method: 'POST', headers: { 'x-liaison-secret': secret }, body });
    expect(answered.status).toBe(200);
  };
  const wouldAttach = async (): Promise<string[]> => {
    const { steps, outcome } = await tryOn(liaison, integration);
    expect(outcome.state).toBe('done');
    return steps
      .filter(({ step, state }) => step === 'file' && state === 'would-write')
      .flatMap(({ fields }) => fields.map(({ titles: { en }, value }) => `${en}: ${value}`));
  };
  await turn(false);
  await send('essai@exemple.example', 'neuf.pdf');
  expect(await wouldAttach()).toEqual(['File: neuf.pdf']);
  await send('webhook@exemple.example', 'connu.pdf');
  expect(await wouldAttach()).toEqual(['File: connu.pdf']);
  await turn(true);
});
