import type { StripeClient } from '../../server/connectors/stripe/client.ts';
import { stripe } from '../../server/connectors/stripe/connector.ts';
import { sweepEvents } from '../../server/connectors/stripe/event-sweep.ts';
import type { ZohoCrmClient } from '../../server/connectors/zoho-crm/client.ts';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { sweepStage } from '../../server/connectors/zoho-crm/stage-sweep.ts';
import { type Connected, type OpenSandbox, openSandbox } from './sandbox-connection.ts';

const NOW = { onForMs: 0, graceMs: 0 };
const WON = { stage: 'Closed Won', topic: 'Deals.workflow' };
const A_SECOND = 1_100;

let sandbox: OpenSandbox;
let crm: Connected<ZohoCrmClient>;
let pay: Connected<StripeClient>;
beforeAll(async () => {
  sandbox = await openSandbox('sweeps');
  crm = await sandbox.connect(zohoCrm);
  pay = await sandbox.connect(stripe);
});
afterAll(() => sandbox.close());

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One look, and how many calls it took. */
async function counted<Result>(
  { exchanges }: { exchanges: readonly unknown[] },
  work: () => Promise<Result>,
): Promise<Result & { calls: number }> {
  const before = exchanges.length;
  return { ...(await work()), calls: exchanges.length - before };
}

describe('won deals', () => {
  const look = (cursor: unknown) => counted(crm, () => sweepStage(crm.client, WON, { cursor, ...NOW }));
  /** @returns their ids. */
  async function make(count: number, stage: string): Promise<string[]> {
    const deals = Array.from({ length: count }, (_, index) => ({
      Deal_Name: `Affaire ${stage} ${index}`,
      Stage: stage,
      Closing_Date: '2026-12-31',
    }));
    const results = await crm.client.create('Deals', deals, []);
    return results.map((one) => {
      if (!one.ok) throw one.error;
      return one.id;
    });
  }

  it('a look costs one call where nothing was won, among ten deals or a thousand more', async () => {
    const first = await look(null);
    expect(first).toMatchObject({ calls: 1, events: [] });
    expect(await look(first.cursor)).toMatchObject({ calls: 1, events: [] });
    await make(1_000, 'Qualification');
    expect(await look(first.cursor)).toMatchObject({ calls: 1, events: [] });
  });

  it('finds each that was won once, whether made as won or moved there, and one that was won again twice', async () => {
    await pause(A_SECOND);
    let { cursor } = await look(null);
    await pause(A_SECOND);
    const [madeId = ''] = await make(1, 'Closed Won');
    const [movedId = ''] = await make(1, 'Qualification');
    await crm.client.updateOne('Deals', { id: movedId, Stage: 'Closed Won' }, []);
    const first = await look(cursor);
    expect(first.events.map(({ recordId }) => recordId).sort()).toEqual([madeId, movedId].sort());
    expect(first.calls).toBe(2);
    cursor = first.cursor;

    await pause(A_SECOND);
    await crm.client.updateOne('Deals', { id: madeId, Next_Step: 'Facturer' }, []);
    expect(await look(cursor)).toMatchObject({ calls: 1, events: [] });

    await crm.client.updateOne('Deals', { id: madeId, Stage: 'Qualification' }, []);
    await crm.client.updateOne('Deals', { id: madeId, Stage: 'Closed Won' }, []);
    const again = await look(cursor);
    expect(again.events.map(({ recordId }) => recordId)).toEqual([madeId]);
    expect(again.events[0]?.key).not.toBe(first.events.find(({ recordId }) => recordId === madeId)?.key);
  });

  it('says when a deal came into the stage, whatever was edited since; null for one that never did', async () => {
    const [id = ''] = await make(1, 'Closed Won');
    const entered = await crm.client.enteredStage(id, 'Closed Won');
    await pause(A_SECOND);
    await crm.client.updateOne('Deals', { id, Next_Step: 'Facturer' }, []);
    expect(await crm.client.enteredStage(id, 'Closed Won')).toBe(entered);
    expect(Math.abs((entered ?? 0) - Date.now())).toBeLessThan(10_000);
    expect(await crm.client.enteredStage(id, 'Closed Lost')).toBeNull();
  });

  it('finds three hundred that were won at once, a page at a time', async () => {
    await pause(A_SECOND);
    const { cursor } = await look(null);
    await pause(A_SECOND);
    const made = await make(300, 'Closed Won');
    const { events, calls } = await look(cursor);
    expect(new Set(events.map(({ recordId }) => recordId))).toEqual(new Set(made));
    // Two pages of what came, and for each fifty deals one of how they came.
    expect(calls).toBe(2 + 300 / 50);
  });
});

describe('Stripe’s events', () => {
  const look = (cursor: unknown, types = ['customer.created']) =>
    counted(pay, () => sweepEvents(pay.client, types, { cursor, ...NOW }));

  it('a look costs one call where nothing of these kinds happened, whatever else did', async () => {
    const { cursor } = await look(null);
    await make(30);
    expect(await look(cursor, ['invoice.paid'])).toMatchObject({ calls: 1, events: [] });
  });

  it('finds each event under its own number, oldest first, a hundred in a call', async () => {
    await pause(A_SECOND);
    const { cursor } = await look(null);
    await pause(A_SECOND);
    const ids = await make(120);
    const { events, calls } = await look(cursor);
    expect(events.map(({ recordId }) => recordId)).toEqual(ids);
    expect(events.every(({ key, topic }) => /^evt_/.test(key) && topic === 'customer.created')).toBe(true);
    expect(events[0]?.body).toMatchObject({ object: 'event', data: { object: { object: 'customer' } } });
    expect(calls).toBe(2);
  });

  async function make(count: number): Promise<string[]> {
    const key = ((await (await fetch(`${sandbox.url}/_sandbox/keys`)).json()) as { stripe: string }).stripe;
    const ids: string[] = [];
    // Stripe takes so many calls in a second: one that is refused is made again.
    for (let index = 0; ids.length < count; index += 1) {
      const answer = await fetch(`${sandbox.url}/stripe/v1/customers`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: new URLSearchParams({ email: `client-${index}@exemple.example` }),
      });
      if (answer.ok) ids.push(((await answer.json()) as { id: string }).id);
      else await pause(100);
    }
    return ids;
  }
});
