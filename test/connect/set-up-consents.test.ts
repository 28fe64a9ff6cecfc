import type { ConnectDeps } from '../../server/connect/deps.ts';
import { connectors } from '../../server/connectors/index.ts';
import { familyId } from '../../server/core/registration.ts';
import { setUpSandbox } from '../../server/sandbox/set-up.ts';
import { listConnections } from '../../server/store/connections.ts';
import { startFamilyRig } from './family-rig.ts';

let rig: Awaited<ReturnType<typeof startFamilyRig>>;
/** What the sandbox was asked, path by path. */
const asked: string[] = [];

beforeAll(async () => {
  rig = await startFamilyRig();
  const door: ConnectDeps['door'] = {
    ...rig.deps.door,
    control(path, body) {
      asked.push(path);
      return rig.deps.door.control(path, body);
    },
  };
  // The CRM is connected already, as after a start that was cut short.
  expect(await setUpSandbox({ ...rig.deps, door }, new Map(), new Map())).toBe(rig.organisationId);
});
afterAll(() => rig.close());

const times = (path: string): number => asked.filter((one) => one === path).length;

it('the set-up of a sandbox asks each account for one consent, whatever will stand on it', () => {
  const families = ['zoho-accounts', 'google-accounts', 'microsoft-accounts'];
  expect(families.map((service) => times(`consents/${service}`))).toEqual([1, 1, 1]);
  expect(times('keys')).toBe(1);
});

it('connects every application, those of a family over one grant', async () => {
  const standing = await listConnections(rig.database);
  expect(standing.map(({ connector }) => connector).sort()).toEqual(connectors.map(({ id }) => id).sort());
  for (const family of ['zoho', 'google', 'microsoft']) {
    const members = new Set(connectors.filter((one) => familyId(one) === family).map(({ id }) => id));
    expect(members.size).toBeGreaterThan(2);
    const grants = standing.filter(({ connector }) => members.has(connector)).map(({ grantId }) => grantId);
    expect(new Set(grants).size).toBe(1);
  }
});
