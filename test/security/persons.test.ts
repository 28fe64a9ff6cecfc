import { BASE_PATH } from '../../server/api/paths.ts';
import { insertConnection } from '../postgres/insert-connection.ts';
import { makeOtherOrganisation, type OtherOrganisation } from './other-organisation.ts';
import { openSecurityRig, type SecurityRig, TEST_SYNC } from './rig.ts';
import { bearer, signIn, type Tokens } from './visitor.ts';

/** What is prepared for persons, and what each has of it: for admins, for the person, and for nobody else. */

let rig: SecurityRig;
let other: OtherOrganisation;
let template: string;
const who: Record<'admin' | 'claire' | 'ines', Tokens> = {} as never;
const ids: Record<'claire' | 'ines', string> = {} as never;
const PERSON = '4876876000000030001';

beforeAll(async () => {
  rig = await openSecurityRig();
  who.admin = await signIn(rig.url, 'hugo');
  who.claire = await signIn(rig.url, 'claire');
  who.ines = await signIn(rig.url, 'ines');
  other = await makeOtherOrganisation(rig.database, rig.url);
  const users = await rig.database.query<{ id: string; name: string; organisationId: string }>(
    'select id, name, organisation_id as "organisationId" from users',
  );
  const userOf = (name: string) => users.find((one) => one.name.startsWith(name))!;
  ids.claire = userOf('Claire').id;
  ids.ines = userOf('Inès').id;
  const { organisationId } = userOf('Claire');
  for (const [connector, owner] of [
    [TEST_SYNC.objects[1]!.connector.id, null],
    [TEST_SYNC.objects[0]!.connector.id, ids.claire],
  ] as const)
    await insertConnection(rig.database, {
      organisationId,
      connector,
      account: { id: `${connector} ${owner}`, name: owner === null ? 'Commun' : 'Carnet-de-Claire' },
      ...(owner !== null && { owner }),
    });
  // The connectors of this suite's own sync have no consent page: what an admin made stands here already.
  await rig.database.query(
    `insert into templates (organisation_id, id, flow, open, connector, settings, filter, approves)
     values ($1, 'prepared', $2, true, $3, '{}', null, 10)`,
    [organisationId, TEST_SYNC.id, TEST_SYNC.objects[0]!.connector.id],
  );
  template = 'prepared';
}, 60_000);
afterAll(() => rig.close());

const ask = (tokens: Tokens, method: string, path: string, body?: object) =>
  fetch(`${rig.url}${BASE_PATH}${path}`, {
    method,
    headers: { ...bearer(tokens.token), 'content-type': 'application/json', 'accept-language': 'fr' },
    ...(body && { body: JSON.stringify(body) }),
  });

const OF_ADMINS: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['GET', '/templates'],
  ['POST', '/templates', { flow: TEST_SYNC.id }],
  ['GET', '/templates/prepared'],
  ['PATCH', '/templates/prepared', { open: true }],
  ['DELETE', '/templates/prepared'],
  ['GET', '/persons'],
  ['POST', `/persons/${PERSON}/ask`],
  ['POST', `/persons/${PERSON}/end`],
];

it.each(OF_ADMINS.map((one) => [`${one[0]} ${one[1]}`, one] as const))(
  '%s is an admin’s',
  async (_, [method, path, body]) => {
    for (const rep of [who.claire, who.ines]) {
      const answer = await ask(rep, method, path, body);
      expect(answer.status).toBe(403);
      expect(answer.headers.get('content-language')).toBe('fr');
    }
  },
);

it.each(
  OF_ADMINS.filter(([, path]) => /prepared|persons\//.test(path)).map(
    (one) => [`${one[0]} ${one[1]}`, one] as const,
  ),
)('%s is for another organisation’s admin as if there were none', async (_, [method, path, body]) => {
  expect((await ask(other.tokens, method, path, body)).status).toBe(404);
});

it('another organisation is told of no template and of no person', async () => {
  for (const path of ['/templates', '/persons', '/personal']) {
    const text = await (await ask(other.tokens, 'GET', path)).text();
    expect(text).not.toContain('prepared');
    expect(text).not.toContain('Claire');
  }
});

it('what a person has is theirs and the admins’: a colleague is told nothing of it', async () => {
  const joined = await ask(who.claire, 'POST', '/personal/join');
  const { integrations } = (await joined.json()) as { integrations: { id: string }[] };
  expect(integrations).toHaveLength(1);
  const { id } = integrations[0]!;
  // Once more makes nothing more.
  await ask(who.claire, 'POST', '/personal/join');
  const own = (await (await ask(who.claire, 'GET', '/personal')).json()) as { integrations: object[] };
  expect(own.integrations).toHaveLength(1);
  for (const path of ['/personal', '/integrations', '/connections', '/documents'])
    expect(await (await ask(who.ines, 'GET', path)).text()).not.toMatch(/Carnet-de-Claire|Claire Fontaine/);
  for (const [method, path, body] of [
    ['GET', `/integrations/${id}`],
    ['PATCH', `/integrations/${id}`, { enabled: false }],
    ['DELETE', `/integrations/${id}`],
    ['POST', `/integrations/${id}/preview`],
  ] as const)
    expect([method, (await ask(who.ines, method, path, body)).status]).toEqual([method, 404]);
  const persons = (await (await ask(who.admin, 'GET', '/persons')).json()) as {
    persons: { name: string; state: string; integrations: { id: string }[] }[];
  };
  expect(persons.persons.find(({ name }) => name.startsWith('Claire'))).toMatchObject({
    state: 'taking-part',
    integrations: [{ id }],
  });
});

it('a person pauses their own, and changes nothing of what the template says', async () => {
  const { integrations } = (await (await ask(who.claire, 'GET', '/personal')).json()) as {
    integrations: { id: string }[];
  };
  const path = `/integrations/${integrations[0]!.id}`;
  for (const body of [{ settings: { everySeconds: 60 } }, { connections: { left: 'x' } }])
    expect((await ask(who.claire, 'PATCH', path, body)).status).toBe(422);
  expect((await ask(who.admin, 'PATCH', path, { settings: { everySeconds: 60 } })).status).toBe(422);
  expect((await ask(who.claire, 'PATCH', path, { enabled: false })).status).toBe(200);
  const own = (await (await ask(who.claire, 'GET', '/personal')).json()) as {
    integrations: { state: string }[];
  };
  expect(own.integrations[0]!.state).toBe('paused');
});

it('whoever said no is not asked again, until an admin asks', async () => {
  const asks = async () =>
    ((await (await ask(who.ines, 'GET', '/personal?asking=true')).json()) as { asks: boolean }).asks;
  const state = async () =>
    (
      (await (await ask(who.admin, 'GET', '/persons')).json()) as { persons: { id: string; state: string }[] }
    ).persons.find(({ id }) => id === '4876876000000030003')?.state;
  expect(await asks()).toBe(true);
  expect(await state()).toBe('asked');
  await ask(who.ines, 'POST', '/personal/decline');
  expect([await asks(), await state()]).toEqual([false, 'declined']);
  expect((await ask(who.admin, 'POST', '/persons/4876876000000030003/ask')).status).toBe(200);
  expect([await asks(), await state()]).toEqual([true, 'asked']);
});

it('a person ends their own: it is gone, with the account that only it used', async () => {
  const answer = await ask(who.claire, 'POST', '/personal/end');
  expect(await answer.json()).toMatchObject({ integrations: [], asks: false });
  expect(await rig.database.query('select from connections where owner = $1', [ids.claire])).toHaveLength(0);
});

it('a template that is deleted is gone for everybody', async () => {
  expect(await (await ask(who.admin, 'DELETE', `/templates/${template}`)).json()).toEqual({
    id: template,
    ended: 0,
  });
  expect((await ask(who.admin, 'GET', `/templates/${template}`)).status).toBe(404);
  expect(((await (await ask(who.ines, 'GET', '/personal')).json()) as { offers: object[] }).offers).toEqual(
    [],
  );
});
