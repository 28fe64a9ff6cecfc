import { randomUUID } from 'node:crypto';
import { wooCommerce } from '../../server/connectors/woocommerce/connector.ts';
import { zohoDesk } from '../../server/connectors/zoho-desk/connector.ts';
import { ordersBesideTicket } from '../../server/flows/orders-beside-ticket/flow.ts';
import { openFlow, type Row } from './flow-rig.ts';

type Flow = Awaited<ReturnType<typeof openFlow>>;
let flow: Flow;
beforeAll(async () => {
  flow = await openFlow(ordersBesideTicket as never, {
    desk: zohoDesk as never,
    shop: wooCommerce as never,
  });
});
afterAll(() => flow.close());
beforeEach(() => flow.set());

let people = 0;
const stranger = (): string => {
  people += 1;
  return `acheteur${people}@exemple.example`;
};
const act = async (wish: object): Promise<{ id: string }> =>
  ((await flow.sandbox.act('zoho-desk', wish)) as { ticket: { id: string } }).ticket;
const opened = (email: string | undefined) =>
  act({ act: 'open', subject: 'Où est ma commande ?', ...(email === undefined ? {} : { email }) });
const ordered = async (email: string, more: object = {}): Promise<number> => {
  const fields = {
    status: 'processing',
    currency: 'EUR',
    billing: { email },
    line_items: [{ product_id: 10, quantity: 1 }],
    ...more,
  };
  const { order } = (await flow.sandbox.act('woocommerce', { act: 'order', fields })) as {
    order: { id: number };
  };
  return order.id;
};
async function tell(id: string, times = 1): Promise<void> {
  const event = () => ({
    key: randomUUID(),
    topic: 'Ticket_Update',
    recordId: id,
    body: { payload: { id } },
  });
  await flow.accept('desk', Array.from({ length: times }, event));
  await flow.rig.settled();
}
const commentsOn = async (ticket: string): Promise<Row[]> =>
  ((await flow.tables('zoho-desk')).comments ?? []).filter(({ ticketId }) => ticketId === ticket);
const textOn = async (ticket: string): Promise<string[]> =>
  (await commentsOn(ticket)).map(({ content }) => String(content));
const lastSummary = async (): Promise<string> => (await flow.runs()).at(-1)?.summary?.fr ?? '';

it('the customer’s orders stand in one comment, the newest first, which is written anew when they change, and only then', async () => {
  const email = stranger();
  const first = await ordered(email);
  const { id } = await opened(email.toUpperCase());
  await tell(id, 3);
  expect(await textOn(id)).toEqual([
    expect.stringMatching(new RegExp(`\\n#${first} · .* · en préparation\\n`)),
  ]);
  const [comment] = await commentsOn(id);
  expect(comment).toMatchObject({ isPublic: false, contentType: 'plainText' });
  const writes = async () =>
    (await flow.sandbox.ledger('zoho-desk')).filter(({ object }) => object === 'comment').length;
  const before = await writes();
  await tell(id);
  expect([await writes(), await lastSummary()]).toEqual([before, expect.stringContaining('déjà')]);
  const second = await ordered(email);
  await tell(id);
  const [text, ...others] = await textOn(id);
  expect(others).toEqual([]);
  expect(text?.indexOf(`#${second} `)).toBeLessThan(text?.indexOf(`#${first} `) ?? 0);
  expect((await commentsOn(id))[0]?.id).toBe(comment?.id);
});

it('no more than are asked for; orders of somebody else, carts and what was thrown away are none of them', async () => {
  flow.set({ most: 2 });
  const email = stranger();
  for (let count = 0; count < 4; count += 1) await ordered(email);
  await ordered(email, { status: 'checkout-draft' });
  await ordered(`x${email}`);
  const { id } = await opened(email);
  await tell(id);
  const [text = ''] = await textOn(id);
  expect(text.match(/^#\d+ · /gm)).toHaveLength(2);
  expect(text).toContain('et 2 de plus');
});

it('of twenty long orders a digest is remembered, and what stands there is not written again', async () => {
  flow.set({ most: 20 });
  const email = stranger();
  for (let count = 0; count < 20; count += 1) await ordered(email);
  const { id } = await opened(email);
  await tell(id);
  expect((await textOn(id))[0]?.match(/^#\d+ · /gm)).toHaveLength(20);
  await tell(id);
  expect(await lastSummary()).toContain('déjà');
  const links = await flow.rig.database.query<{ right_id: string }>(
    'select right_id from links where left_id = $1',
    [`text ${id}`],
  );
  expect(links.map(({ right_id }) => right_id)).toEqual([expect.stringMatching(/^[\da-f]{64}$/)]);
});

it('the preview is of the newest order that counts, with all of that customer’s', async () => {
  const email = stranger();
  const first = await ordered(email);
  const second = await ordered(email);
  await ordered(stranger(), { status: 'checkout-draft' });
  const shown = await flow.preview();
  expect(shown.basis.fr).toContain(email);
  expect(shown.text).toMatch(new RegExp(`#${second} .*\n#${first} `));
});

it('who ordered nothing, left no address, or has a closed ticket gets no comment', async () => {
  const nothing = await opened(stranger());
  const nobody = await opened(undefined);
  const email = stranger();
  await ordered(email);
  const closed = await opened(email);
  await act({ act: 'change', ticket: closed.id, status: 'Closed' });
  for (const { id } of [nothing, nobody, closed]) {
    await tell(id);
    expect(await textOn(id)).toEqual([]);
  }
});

it('a comment whose answer was lost is one, and one that an agent deleted is not made again', async () => {
  const email = stranger();
  await ordered(email);
  const { id } = await opened(email);
  await flow.sandbox.fault('zoho-desk', { commitThenFail: 'reset', methods: ['POST'], count: 1 });
  await tell(id);
  await flow.sandbox.fault('zoho-desk', null);
  expect(await textOn(id)).toHaveLength(1);
  const [comment] = await commentsOn(id);
  await flow.sandbox.act('zoho-desk', { act: 'delete-comment', comment: comment?.id });
  await ordered(email);
  await tell(id);
  expect([await textOn(id), await lastSummary()]).toEqual([[], expect.stringContaining('supprimé')]);
  await tell(id);
  expect(await textOn(id)).toEqual([]);
});
