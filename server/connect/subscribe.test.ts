import type { Subscription, SubscriptionWish, WebhookDeclaration } from '../core/connector.ts';
import { LiaisonError } from '../core/errors.ts';
import type { ConnectionRow } from '../store/connections.ts';
import { listSubscriptions } from '../store/subscriptions.ts';
import { disconnect } from './disconnect.ts';
import { hookSecrets } from './hook-secrets.ts';
import { connectInSandbox } from './sandbox.ts';
import { ensureSubscriptions } from './subscribe.ts';
import { behave, failureOf, startRig } from './testing/rig.ts';

let rig: Awaited<ReturnType<typeof startRig>>;
let connection: ConnectionRow;
let wishes: SubscriptionWish[];
let ended: string[];
let answer: (wish: SubscriptionWish) => readonly Subscription[];

const webhooks: WebhookDeclaration<unknown> = {
  schemes: [
    { kind: 'secret-header', header: 'x-secret' },
    { kind: 'hmac-sha256', header: 'x-signature', encoding: 'hex', read: () => null, prefix: () => '' },
  ],
  contentTypes: ['application/json'],
  read: () => null,
  subscribe: async (_client, wish) => {
    wishes.push(wish);
    return answer(wish);
  },
  unsubscribe: async (_client, subscription) => {
    ended.push(subscription.vendorId);
  },
};

beforeEach(async () => {
  rig = await startRig();
  behave(rig.vendor);
  rig.connectors.set('crm', { ...rig.crm, webhooks });
  connection = await connectInSandbox(rig.deps, { organisationId: null, connector: rig.crm });
  wishes = [];
  ended = [];
  answer = () => [{ kind: 'secret-header', vendorId: 'rule-1' }];
});
afterEach(() => rig.close());

const ensure = (topics = ['Deals.edit'], deps = rig.deps) => ensureSubscriptions(deps, connection, topics);
const secrets = async () => hookSecrets(rig.deps.vault, rig.deps.database, connection);

it('subscribes the connection’s own address once, however often and from wherever it is asked', async () => {
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => ensure()));
  expect(outcomes.filter((outcome) => outcome === 'subscribed')).toHaveLength(1);
  expect(await ensure()).toBe('unchanged');
  expect(wishes).toEqual([
    {
      url: `http://127.0.0.1:3000/hooks/crm/${connection.hookKey}`,
      secret: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
      topics: ['Deals.edit'],
    },
  ]);
  expect((await secrets())('secret-header')).toEqual([wishes[0]!.secret]);
});

it('our secret is accepted before the vendor is told it', async () => {
  let accepted: readonly string[] = [];
  const asking: WebhookDeclaration<unknown> = {
    ...webhooks,
    subscribe: async (_client, wish) => {
      accepted = (await secrets())('secret-header');
      return answer(wish);
    },
  };
  rig.connectors.set('crm', { ...rig.crm, webhooks: asking });
  await ensure();
  expect(accepted).toHaveLength(1);
});

it('subscribes again when the address or the topics change, with the same secret', async () => {
  await ensure();
  await ensure(['Deals.edit'], { ...rig.deps, publicUrl: 'https://liaison.example' });
  await ensure(['Deals.edit', 'Contacts.edit'], { ...rig.deps, publicUrl: 'https://liaison.example' });
  expect(wishes.map(({ url, topics }) => [new URL(url).origin, topics])).toEqual([
    ['http://127.0.0.1:3000', ['Deals.edit']],
    ['https://liaison.example', ['Deals.edit']],
    ['https://liaison.example', ['Contacts.edit', 'Deals.edit']],
  ]);
  expect(new Set(wishes.map(({ secret }) => secret)).size).toBe(1);
});

it('renews when a third of its life is left, and ends the one that was replaced', async () => {
  const week = 7 * 86_400_000;
  answer = () => [{ kind: 'secret-header', vendorId: 'channel-1', expiresAt: Date.now() + week }];
  await ensure();
  expect(await ensure()).toBe('unchanged');
  const age = (days: number) =>
    rig.deps.database.query(
      `update subscriptions set created_at = created_at - $1 * interval '1 day', expires_at = expires_at - $1 * interval '1 day'`,
      [days],
    );
  await age(4.5);
  expect(await ensure()).toBe('unchanged');
  await age(0.3);
  answer = () => [{ kind: 'secret-header', vendorId: 'channel-2', expiresAt: Date.now() + week }];
  expect(await ensure()).toBe('subscribed');
  expect(ended).toEqual(['channel-1']);
  expect(await ensure()).toBe('unchanged');
});

const HOUR = 3_600_000;

it.each([
  ['an hour', HOUR, 48 * HOUR],
  ['three days', 72 * HOUR, 720 * HOUR],
  ['a week', 168 * HOUR, 720 * HOUR],
])(
  'of channels that live %s no second is without one, though each renewal is late',
  async (_, life, span) => {
    let clock = 0;
    const channels: { id: string; from: number; to: number }[] = [];
    answer = () => {
      const id = `channel-${channels.length}`;
      channels.push({ id, from: clock, to: clock + life });
      return [{ kind: 'secret-header', vendorId: id, expiresAt: Date.now() + life }];
    };
    const stopped: string[] = [];
    const ending: WebhookDeclaration<unknown> = {
      ...webhooks,
      unsubscribe: async (_client, { vendorId }) => {
        const open = channels.filter(({ id, to }) => to > clock && !stopped.includes(id));
        // The one that takes over is open before this one is closed.
        expect(open.some(({ id }) => id !== vendorId)).toBe(true);
        stopped.push(vendorId);
        const channel = channels.find(({ id }) => id === vendorId);
        if (channel !== undefined) channel.to = Math.min(channel.to, clock);
      },
    };
    rig.connectors.set('crm', { ...rig.crm, webhooks: ending });
    await ensure();
    // Due after two thirds of a life, done four tenths later than that.
    const step = Math.round(life * (2 / 3) * 1.4);
    for (; clock < span; ) {
      clock += step;
      await rig.deps.database.query(
        `update subscriptions set created_at = created_at - $1 * interval '1 millisecond', expires_at = expires_at - $1 * interval '1 millisecond'`,
        [step],
      );
      expect(await ensure()).toBe('subscribed');
    }
    const gaps = channels.filter(({ from }, index) => index > 0 && from > (channels[index - 1]?.to ?? 0));
    expect(gaps).toEqual([]);
    expect(stopped).toHaveLength(channels.length - 1);
  },
);

it('a secret of the vendor’s choosing comes first, and the former ones stay accepted for a while', async () => {
  for (const name of ['a', 'b', 'c', 'd']) {
    answer = () => [{ kind: 'hmac-sha256', vendorId: `endpoint-${name}`, secret: `whsec_${name}` }];
    await ensure([name]);
  }
  expect((await secrets())('hmac-sha256')).toEqual(['whsec_d', 'whsec_c', 'whsec_b']);
});

it('secrets lie sealed', async () => {
  answer = () => [{ kind: 'hmac-sha256', vendorId: 'endpoint', secret: 'canary-whsec' }];
  await ensure();
  const rows = await rig.deps.database.query<{ row: string }>('select t::text as row from secrets t');
  expect(rows.map(({ row }) => row).join()).not.toContain(Buffer.from('canary-whsec').toString('hex'));
});

it('a vendor that fails leaves what stood before, and the next try is free to work', async () => {
  await ensure();
  answer = () => {
    throw new LiaisonError('retry-later', { sentence: { en: '', fr: '' } });
  };
  expect((await failureOf(ensure(['Other']))).kind).toBe('retry-later');
  expect(await listSubscriptions(rig.deps.database, connection.id)).toHaveLength(1);
  answer = () => [{ kind: 'secret-header', vendorId: 'rule-2' }];
  expect(await ensure(['Other'])).toBe('subscribed');
});

it('when no flow listens any more, nothing stays subscribed', async () => {
  expect(await ensure([])).toBe('unchanged');
  await ensure();
  expect(await ensure([])).toBe('subscribed');
  expect(ended).toEqual(['rule-1']);
  expect(await ensure([])).toBe('unchanged');
});

it('a disconnect ends every subscription', async () => {
  answer = () => [
    { kind: 'secret-header', vendorId: 'rule-1' },
    { kind: 'secret-header', vendorId: 'rule-2' },
  ];
  await ensure();
  expect(await disconnect(rig.deps, connection)).toMatchObject({ unsubscribed: 2, token: 'revoked' });
  expect(ended).toEqual(['rule-1', 'rule-2']);
});
