import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Fact } from '../../server/core/facts/facts.ts';
import type { Automation, RunContext } from '../../server/core/flow.ts';
import { createDoor } from '../../server/outbound/door.ts';
import { type FakeVendor, startFakeVendor } from '../../server/outbound/testing/fake-vendor.ts';
import { startDispatcher } from '../../server/receivers/dispatcher.ts';
import { newSecret } from '../../server/receivers/sign.ts';
import { tell } from '../../server/store/dispatches.ts';
import { insertReceiver, type NewReceiver } from '../../server/store/receivers.ts';
import { parseKeyring } from '../../server/vault/keyring.ts';
import { keepReceiverSecret, openReceiverSecrets } from '../../server/vault/receiver-secrets.ts';
import { openVault, type Vault } from '../../server/vault/vault.ts';
import { ORGANISATION, ok, openRig, type Rig, testFlow } from '../engine/rig.ts';

export const won = (key: string): Fact => ({
  type: 'deal.won',
  key,
  data: {
    record: { application: 'crm', object: 'crm.deals', id: key, name: 'Café Müller' },
    stage: 'Gagné',
    amount: { value: '179.25', currency: 'EUR' },
  },
});

/** A run makes something, and tells of it. */
export const making = ({ write }: Making, fact: Fact): Promise<unknown> =>
  write('make', { find: async () => null, send: async () => ({}), tells: () => fact });

type Making = Pick<RunContext<unknown, string>, 'write'>;

/** A flow whose runs make one thing, and tell of it. */
export const telling = (fact: (context: RunContext<unknown, string>) => Fact): Automation =>
  testFlow(async (context) => {
    await making(context, fact(context));
    return ok;
  });

export interface Receiving {
  readonly id: string;
  readonly secret: string;
}

export interface ReceiverRig extends Rig {
  readonly vault: Vault;
  /** Every receiver's application: requests come by the receiver's host. */
  readonly application: FakeVendor;
  readonly key: { readonly organisationId: string; readonly integration: string };
  receiver(wish?: Partial<NewReceiver>): Promise<Receiving>;
  tell(...facts: readonly Fact[]): Promise<void>;
  dispatcher(): { stop(patienceMs: number): Promise<void> };
  /** What came to a receiver's host, the body read, in the order in which it came. */
  came(host: string): { id: string; timestamp: string; type: string; data: Record<string, unknown> }[];
  /** The same request as the official library sees it: the body, or it throws. */
  verified(host: string, index: number, secret: string): unknown;
}

export const until = async <T>(look: () => T | Promise<T>): Promise<NonNullable<Awaited<T>>> => {
  for (;;) {
    const found = await look();
    if (found) return found as NonNullable<Awaited<T>>;
    await sleep(20);
  }
};

export const VAULT_KEY = `test:${Buffer.alloc(32, 7).toString('base64')}`;

/** A database, an application that is told, and dispatchers as every server process has one. */
export async function openReceiverRig(): Promise<ReceiverRig> {
  const rig = await openRig();
  const { database } = rig;
  const vault = await openVault(database, parseKeyring(VAULT_KEY));
  const application = await startFakeVendor();
  const door = createDoor({ sandboxUrl: application.url });
  const dispatchers = new Set<{ stop(patienceMs: number): Promise<void> }>();
  await database.query(
    `insert into integrations (organisation_id, id, flow, name, enabled) values ($1, 'won', 'deal-won', 'Gagnées', true)`,
    [ORGANISATION.id],
  );
  const to = (host: string) =>
    application.requests.filter(({ path }) => path.startsWith(`/receiver/${host}/`));

  return {
    ...rig,
    vault,
    application,
    key: { organisationId: ORGANISATION.id, integration: 'won' },
    async receiver(wish = {}) {
      const receiver = {
        id: randomUUID(),
        organisationId: ORGANISATION.id,
        url: 'https://hooks.example.com/liaison',
        description: '',
        facts: ['deal.won'],
        integrations: null,
        ...wish,
      };
      await insertReceiver(database, receiver, 50);
      const secret = newSecret(randomBytes);
      await keepReceiverSecret(vault, database, receiver, { id: randomUUID(), text: secret }, 0);
      return { id: receiver.id, secret };
    },
    async tell(...facts) {
      for (const fact of facts)
        await tell(database, { organisationId: ORGANISATION.id, integration: 'won' }, fact);
    },
    dispatcher() {
      const one = startDispatcher({
        database,
        way: door,
        secrets: (id) => openReceiverSecrets(vault, database, id),
        now: Date.now,
        random: () => 0.5,
        pause: (ms, signal) =>
          sleep(Math.min(ms, 50), undefined, signal === undefined ? {} : { signal }).catch(() => {}),
        log: { info() {}, warn() {}, error() {} },
        onError(error) {
          throw error;
        },
      });
      dispatchers.add(one);
      return one;
    },
    came: (host) =>
      to(host).map(({ headers, body }) => ({
        id: String(headers['webhook-id']),
        timestamp: String(headers['webhook-timestamp']),
        ...JSON.parse(body),
      })),
    verified(host, index, secret) {
      const request = to(host)[index];
      if (request === undefined) throw new Error(`nothing came to ${host} as number ${index}`);
      return new Webhook(secret).verify(request.body, request.headers as Record<string, string>);
    },
    async close() {
      await Promise.all([...dispatchers].map((one) => one.stop(2_000)));
      door.close();
      await application.close();
      await rig.close();
    },
  };
}
