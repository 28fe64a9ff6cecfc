import { randomUUID } from 'node:crypto';
import { storedActionServices } from '../../server/api/actions/stored-action-services.ts';
import { zohoCliq } from '../../server/connectors/zoho-cliq/connector.ts';
import type { Connector } from '../../server/core/connector.ts';
import { flows } from '../../server/flows/index.ts';
import { ORGANISATION, openRig, type Rig } from '../engine/rig.ts';

/**
 * A message has no room at Cliq for its mark but the address that it leads to: one that led nowhere was never found
 * again, and stood there twice once its caller asked again after an answer that was lost.
 */

let rig: Rig;
/** What stands in the channel. */
let channel: string[];
/** Answers that are still to be lost, after the message was taken. */
let losses: number;

beforeEach(async () => {
  rig = await openRig();
  channel = [];
  losses = 0;
  await rig.database.query(
    `insert into integrations (organisation_id, id, flow, enabled, settings) values ($1, 'news', 'announce', true, $2)`,
    [ORGANISATION.id, { place: '#general', module: 'Deals', when: 'created' }],
  );
  await rig.database.query(
    `insert into integration_roles (organisation_id, integration, role, connector, account_id)
     values ($1, 'news', 'target', 'zoho-cliq', '1')`,
    [ORGANISATION.id],
  );
});
afterEach(() => rig.close());

function actions() {
  const client = {
    async post(_place: string, text: string) {
      channel.push(text);
      if (losses > 0) {
        losses -= 1;
        throw new Error('the line broke');
      }
      return String(channel.length);
    },
    async messageWith(_place: string, sign: string) {
      const index = channel.findIndex((text) => text.includes(sign));
      return index < 0 ? null : String(index + 1);
    },
  };
  const connector = { ...zohoCliq, client: () => client } as unknown as Connector;
  return storedActionServices({
    database: rig.database,
    flows,
    syncs: new Map(),
    connectors: new Map([['zoho-cliq', connector]]),
    world: { open: async () => ({}) as never, organisation: async () => ORGANISATION },
    accept: async () => {},
    newMarker: randomUUID,
    publicUrl: 'https://liaison.example.com',
    now: Date.now,
    pause: async () => {},
  });
}
const post = (text: string, onceBy: string | null) => actions().post(ORGANISATION.id, 'news', text, onceBy);

it('is found by its mark, and stands there once', async () => {
  losses = 1;
  await expect(post('Déjeuner à midi', 'lunch')).rejects.toThrow('the line broke');
  expect(await post('Déjeuner à midi', 'lunch')).toEqual({ message: '#general/1', isNew: false });
  expect(await post('Déjeuner à midi', 'lunch')).toEqual({ message: '#general/1', isNew: false });
  expect(channel).toHaveLength(1);
  expect(channel[0]).toMatch(/^Déjeuner à midi\n\[Liaison\]\(https:\/\/liaison\.example\.com#[\w-]+\)$/);
});

it('of several that are asked for at once, one is posted and the others hear of it', async () => {
  const asked = await Promise.all([1, 2, 3, 4].map(() => post('Bonjour', 'hello')));
  expect(channel).toHaveLength(1);
  expect(asked.map((one) => one?.message)).toEqual(Array(4).fill('#general/1'));
  expect(asked.filter((one) => one?.isNew)).toHaveLength(1);
});

it('under another name, or none, it is another message', async () => {
  for (const name of ['a', 'b', null, null]) await post('Bonjour', name);
  expect(channel).toHaveLength(4);
});

it('one that is longer than the place takes is refused whole, and never cut', async () => {
  await expect(post('x'.repeat(5_001), null)).rejects.toMatchObject({ facts: { status: 422 } });
  expect(channel).toEqual([]);
});
