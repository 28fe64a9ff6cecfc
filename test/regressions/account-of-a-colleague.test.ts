import { bearer, decide, locationOf, signIn, Visitor } from '../security/visitor.ts';
import { endAll } from '../system/aftermath.ts';
import { type Liaison, startLiaison, until } from '../system/liaison-process.ts';
import { newServedPlace, type ServedPlace } from '../system/served-place.ts';

interface Own {
  readonly connect: string | null;
  readonly problem: { readonly en: string } | null;
  readonly integrations: readonly { readonly account: string; readonly state: string }[];
}

const HUGO = 'hugo.marchetti@atelier-lumen.example';
const CLAIRE = 'claire.fontaine@atelier-lumen.example';
let place: ServedPlace;
let liaison: Liaison;

beforeAll(async () => {
  place = await newServedPlace({ LIAISON_LOOK_SECONDS: '0.5' });
  liaison = await startLiaison(place);
}, 60_000);
afterAll(() => endAll(place, [liaison]), 30_000);

async function member(who: string) {
  const visitor = new Visitor();
  const { token } = await signIn(liaison.url, who, visitor);
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${liaison.url}/api/v1${path}`, {
      method,
      headers: { ...bearer(token), 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    ask,
    own: () => ask<Own>('GET', '/personal'),
    async connect(path: string | null, account: string) {
      const consent = locationOf(await visitor.visit(`${liaison.url}${path}`));
      await visitor.visit(await decide(visitor, consent, 'accept', account));
    },
  };
}

it('takes part for nobody but the colleague, under no template, whoever comes first', async () => {
  const [hugo, claire] = [await member('hugo'), await member('claire')];
  await hugo.own();
  const template = async () => {
    const { id } = await hugo.ask<{ id: string }>('POST', '/templates', { flow: 'contacts-google-crm' });
    await hugo.ask('PATCH', `/templates/${id}`, { open: true });
    return id;
  };
  const first = await template();
  await claire.connect((await claire.ask<Own>('POST', '/personal/join')).connect, 'hugo');
  const refused = await claire.own();
  expect([refused.integrations, refused.problem?.en]).toEqual([
    [],
    `The account ${HUGO} belongs to Hugo Marchetti. Connect an account of your own.`,
  ]);
  // An account that was connected once stands under the next template, too.
  await hugo.ask('DELETE', `/templates/${first}`);
  await template();
  const again = await claire.ask<Own>('POST', '/personal/join');
  expect([again.integrations, again.problem?.en]).toEqual([[], refused.problem?.en]);
  await claire.connect(again.connect, 'claire');
  await hugo.connect((await hugo.ask<Own>('POST', '/personal/join')).connect, 'hugo');
  for (const [who, account] of [
    [hugo, HUGO],
    [claire, CLAIRE],
  ] as const)
    await until(async () => (await who.own()).integrations[0]?.account === account);
}, 60_000);

it('does not stand in the way of one’s own that was connected before it', async () => {
  const [hugo, ines] = [await member('hugo'), await member('ines')];
  const [{ id } = { id: '' }] = (
    await hugo.ask<{ templates: { id: string }[] }>('GET', '/templates')
  ).templates.slice(-1);
  await hugo.ask('PATCH', `/templates/${id}`, { open: false });
  const { me } = { me: await ines.ask<{ organisation: { id: string } }>('GET', '/me') };
  const start = `/oauth/start/google-people/${me.organisation.id}?owner=me&account=new`;
  await ines.connect(start, 'ines');
  await ines.connect(start, 'claire');
  await hugo.ask('PATCH', `/templates/${id}`, { open: true });
  await ines.ask('POST', '/personal/join');
  const { integrations } = await ines.own();
  expect(integrations.map(({ account }) => account)).toEqual(['ines.delorme@atelier-lumen.example']);
}, 60_000);
