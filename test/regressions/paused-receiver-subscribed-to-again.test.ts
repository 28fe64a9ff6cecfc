import { BASE_PATH } from '../../server/api/paths.ts';
import { letIn } from '../security/access-rig.ts';
import { openSecurityRig, type SecurityRig } from '../security/rig.ts';
import { bearer, signIn, Visitor } from '../security/visitor.ts';

/** An application that subscribed again was given the receiver that somebody had paused, and heard nothing. */

let rig: SecurityRig;
beforeAll(async () => {
  rig = await openSecurityRig();
  await signIn(rig.url, 'hugo');
}, 60_000);
afterAll(() => rig.close());

const HOOK = { url: 'https://hooks.example.com/paused', facts: ['deal.won'] };

it('subscribing again goes on with a receiver that was paused', async () => {
  const { access_token: token } = await letIn(new Visitor(), rig.url);
  const subscribe = async () => {
    const answer = await fetch(`${rig.url}${BASE_PATH}/receivers`, {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json' },
      body: JSON.stringify(HOOK),
    });
    return (await answer.json()) as { receiver: { id: string; state: string } };
  };
  const { receiver } = await subscribe();
  await rig.database.query(`update receivers set state = 'paused' where id = $1`, [receiver.id]);
  const again = await subscribe();
  expect(again).toMatchObject({ receiver: { id: receiver.id, state: 'active' } });
});
