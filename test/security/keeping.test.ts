import { BASE_PATH } from '../../server/api/paths.ts';
import { openSecurityRig, type SecurityRig } from './rig.ts';
import { bearer, signIn, type Tokens } from './visitor.ts';

let rig: SecurityRig;
let admin: Tokens;
let rep: Tokens;

beforeAll(async () => {
  rig = await openSecurityRig();
  admin = await signIn(rig.url, 'hugo');
  rep = await signIn(rig.url, 'claire');
});
afterAll(() => rig.close());

const keeping = (who: Tokens, body?: unknown) =>
  fetch(`${rig.url}${BASE_PATH}/keeping`, {
    method: body === undefined ? 'GET' : 'PUT',
    headers: { ...bearer(who.token), 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

it('an admin chooses how long what was sent and answered is kept: 30 days at first, 1 to 365', async () => {
  expect(await (await keeping(admin)).json()).toEqual({ days: 30 });
  for (const days of [0, 366, 1.5, -1, '7', null]) {
    const refused = await keeping(admin, { days });
    expect([days, refused.status]).toEqual([days, 422]);
  }
  expect(await (await keeping(admin)).json()).toEqual({ days: 30 });
  for (const days of [1, 365, 7]) {
    expect((await keeping(admin, { days })).status).toBe(200);
    expect(await (await keeping(admin)).json()).toEqual({ days });
  }
});

it('nobody else reads or chooses it', async () => {
  expect((await keeping(rep)).status).toBe(403);
  expect((await keeping(rep, { days: 1 })).status).toBe(403);
});
