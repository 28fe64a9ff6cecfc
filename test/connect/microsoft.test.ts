import type { MicrosoftContactsClient } from '../../server/connectors/microsoft-contacts/client.ts';
import { asLiaisonError, type LiaisonError } from '../../server/core/errors.ts';
import type { ConnectionRow } from '../../server/store/connections.ts';
import { grantById } from '../../server/store/grants.ts';
import { startFamilyRig } from './family-rig.ts';

const ID = 'microsoft-contacts';
let rig: Awaited<ReturnType<typeof startFamilyRig>>;
beforeAll(async () => {
  rig = await startFamilyRig();
});
afterAll(() => rig.close());

const act = (wish: object) => rig.deps.door.control('acts/microsoft-accounts', wish);
const clientOf = (connection: ConnectionRow): MicrosoftContactsClient => rig.clientOf(connection);
const failureOf = (call: Promise<unknown>): Promise<LiaisonError> =>
  call.then(() => {
    throw new Error('nothing failed');
  }, asLiaisonError);

it('asks for lasting access, whose it is and what is needed, at the page of every tenant', async () => {
  const address = await rig.begin(ID, { account: 'new' });
  expect(address.pathname).toBe('/microsoft-accounts/common/oauth2/v2.0/authorize');
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    scope: 'offline_access User.Read Contacts.ReadWrite',
    response_type: 'code',
    response_mode: 'query',
    prompt: 'select_account',
    code_challenge_method: 'S256',
  });
  const connection = await rig.accept(address, 'claire');
  expect(connection.account.name).toBe('claire.fontaine@atelier-lumen.example');
  // Microsoft names its permissions by their whole addresses, and says nothing of the lasting access.
  const grant = await grantById(rig.database, connection.grantId);
  expect([...(grant?.scopes ?? [])].sort()).toEqual(['Contacts.ReadWrite', 'User.Read', 'offline_access']);
});

it('goes on with the token that each renewal brings', async () => {
  const connection = await rig.connect(ID);
  const tokens = async () =>
    (await rig.rows('microsoft-accounts', 'refresh tokens')).filter(({ account }) => account === 'hugo')
      .length;
  const before = await tokens();
  for (let time = 1; time <= 2; time += 1) {
    await rig.deps.door.control('expire/microsoft-accounts', {});
    expect(await clientOf(connection).user()).toMatchObject({ id: connection.account.id });
    expect(await tokens()).toBe(before + time);
  }
});

it('says that an administrator has to agree, and where, to whoever may not; the administrator may', async () => {
  await act({ act: 'administrators-only' });
  const error = await failureOf(rig.begin(ID, { account: 'new' }).then((page) => rig.accept(page, 'ines')));
  expect(error.kind).toBe('rejected');
  expect(error.details.sentence.en).toContain('administrator');
  expect(error.details.sentence.fr).toContain('administrateur');
  const page = new URL(error.details.vendorMessage ?? '');
  expect(page.origin + page.pathname).toBe(
    'https://login.microsoftonline.com/organizations/v2.0/adminconsent',
  );
  expect(Object.fromEntries(page.searchParams)).toEqual({
    client_id: 'sandbox-microsoft',
    scope: 'https://graph.microsoft.com/User.Read https://graph.microsoft.com/Contacts.ReadWrite',
    redirect_uri: 'http://127.0.0.1:3000/oauth/callback',
  });
  const agreed = await rig.accept(await rig.begin(ID, { account: 'new' }), 'hugo');
  expect(agreed.account.name).toBe('hugo.marchetti@atelier-lumen.example');
  await act({ act: 'administrators-only', on: false });
});

it('asks whoever connected for a fresh sign-in where the tenant’s rules do, and for a new consent where it ended', async () => {
  const connection = await rig.connect(ID);
  await act({ act: 'ask-for-fresh-sign-in' });
  const challenged = await failureOf(clientOf(connection).listChanges(null));
  expect(challenged.kind).toBe('reconnect');
  expect(challenged.details.sentence.en).toContain('fresh sign-in');
  const renewed = await rig.accept(await rig.begin(ID, { connectionId: connection.id }), 'hugo');
  expect(renewed.id).toBe(connection.id);
  expect((await clientOf(renewed).listChanges(null)).contacts.length).toBeGreaterThan(0);
  await act({ act: 'remove-application', account: 'hugo' });
  expect((await failureOf(clientOf(renewed).listChanges(null))).kind).toBe('reconnect');
});
