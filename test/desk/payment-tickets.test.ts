import { paymentTickets } from '../../server/flows/payment-tickets/flow.ts';
import { type Desk, openDesk, type SeenTicket } from './rig.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
beforeEach(() => desk.set());
afterEach(async () => {
  await desk.sandbox.fault('zoho-desk', null);
});

let people = 0;
/** Somebody whom nobody knows yet. */
const stranger = (): string => {
  people += 1;
  return `client${people}@exemple.example`;
};
const fails = (wish: object) => desk.happens({ act: 'fail', ...wish });
const of = async (email: string): Promise<SeenTicket[]> =>
  (await desk.tickets()).filter((one) => one.email === email);
const lastSummary = async (): Promise<string> => (await desk.runs()).at(-1)?.summary?.fr ?? '';

it('a payment that fails three times is one ticket with two comments, and is closed when it is paid, where that is asked for', async () => {
  desk.set({ closeWhenPaid: true, priority: 'High' });
  const email = stranger();
  const { intent } = await fails({ email, name: 'Léa Neuve', description: 'Suivi', amountMinor: 4_900 });
  await fails({ payment: intent.id, decline: 'expired_card' });
  await fails({ payment: intent.id, decline: 'generic_decline' });
  const [ticket, ...others] = await of(email);
  expect(others).toEqual([]);
  expect(ticket).toMatchObject({
    subject: 'Paiement échoué – 49,00 € – Léa Neuve',
    status: 'Open',
    priority: 'High',
    contact: 'Léa Neuve',
  });
  expect(ticket?.description).toContain('Motif\u00a0: provision insuffisante');
  expect(ticket?.description).toContain(`https://dashboard.stripe.com/payments/${intent.id}`);
  expect(ticket?.comments.map((text) => text.split('\n')[0])).toEqual([
    expect.stringContaining('carte expirée'),
    expect.stringContaining('refusé par la banque'),
  ]);
  await desk.happens({ act: 'pay-after-all', payment: intent.id });
  const [paid] = await of(email);
  expect(paid?.status).toBe('Closed');
  expect(paid?.comments.at(-1)).toMatch(/^Finalement réglé\u00a0: 49,00 € \(Suivi\)/);
});

it('it stays open where that is not asked for, and while another payment of the customer is unpaid', async () => {
  const email = stranger();
  const first = await fails({ email });
  desk.set({ closeWhenPaid: true });
  const second = await fails({ email, amountMinor: 1_000 });
  await desk.happens({ act: 'pay-after-all', payment: first.intent.id });
  expect((await of(email)).map(({ status, comments }) => [status, comments.length])).toEqual([['Open', 2]]);
  desk.set({ closeWhenPaid: false });
  await desk.happens({ act: 'pay-after-all', payment: second.intent.id });
  expect((await of(email)).map(({ status, comments }) => [status, comments.length])).toEqual([['Open', 3]]);
});

it('what an agent closed is opened again by the same payment; another one makes a new ticket of the same contact', async () => {
  const email = stranger();
  const { intent } = await fails({ email });
  const [ticket] = await of(email);
  await desk.desk({ act: 'change', ticket: ticket?.id, status: 'Closed' });
  await fails({ payment: intent.id });
  expect((await of(email)).map(({ status, comments }) => [status, comments.length])).toEqual([['Open', 1]]);
  await desk.desk({ act: 'change', ticket: ticket?.id, status: 'Closed' });
  await fails({ email, amountMinor: 500 });
  expect((await of(email)).map(({ status }) => status)).toEqual(['Closed', 'Open']);
  expect(await desk.contacts(email)).toBe(1);
});

it('a ticket that was thrown away is not written to: a new one is opened', async () => {
  const email = stranger();
  const { intent } = await fails({ email });
  const [ticket] = await of(email);
  await desk.desk({ act: 'trash', ticket: ticket?.id });
  await fails({ payment: intent.id });
  expect((await of(email)).map(({ comments }) => comments.length)).toEqual([0, 0]);
});

it('a requester who is new twice within a second, while the search finds nothing for minutes, is one contact', async () => {
  await desk.sandbox.fault('zoho-desk', { lagMs: 120_000 });
  const email = stranger();
  await desk.stripe({ act: 'fail', email });
  await desk.stripe({ act: 'fail', email, amountMinor: 700 });
  await desk.deliver(await desk.told());
  await desk.rig.settled();
  expect((await of(email)).map(({ comments }) => comments.length)).toEqual([1]);
  expect(await desk.contacts(email)).toBe(1);
});

it('events that are doubled, reordered and told again later say each thing once', async () => {
  const email = stranger();
  const { intent } = await desk.stripe({ act: 'fail', email });
  await desk.stripe({ act: 'fail', payment: intent.id });
  const events = await desk.told();
  const again = events.map((event) => ({ ...event, id: `${event.id}x` }));
  await desk.deliver([...events.toReversed(), ...again]);
  await desk.rig.settled();
  await desk.tell(events);
  expect((await of(email)).map(({ comments }) => comments.length)).toEqual([1]);
});

it('a failure that is told when the payment was made already is none', async () => {
  const email = stranger();
  const { intent } = await desk.stripe({ act: 'fail', email });
  await desk.stripe({ act: 'pay-after-all', payment: intent.id });
  await desk.tell((await desk.told()).toReversed());
  expect(await of(email)).toEqual([]);
  expect(await lastSummary()).toContain('a abouti depuis');
});

it.each(['reset', '500'] as const)(
  'an answer that is lost (%s) after the ticket or the comment was made makes no second one',
  async (commitThenFail) => {
    const email = stranger();
    const lose = () => desk.sandbox.fault('zoho-desk', { commitThenFail, methods: ['POST'], count: 1 });
    await lose();
    const { intent } = await fails({ email });
    expect((await of(email)).map(({ comments }) => comments.length)).toEqual([0]);
    await lose();
    await fails({ payment: intent.id });
    expect((await of(email)).map(({ comments }) => comments.length)).toEqual([1]);
  },
);

it('a guest without an address, and one whose address Desk does not take, have a ticket; the text names the address', async () => {
  const before = (await desk.tickets()).length;
  await fails({ name: 'Passant', amountMinor: 1_200 });
  const odd = 'hélène@exemple.example';
  await fails({ email: odd, name: 'Hélène' });
  const [guest, other] = (await desk.tickets()).slice(before);
  expect(guest).toMatchObject({ contact: 'Passant', email: null });
  expect(other).toMatchObject({ contact: 'Hélène', email: null });
  expect(other?.description).toContain(odd);
});

it.each([
  ['jpy', 4_990, '4 990 JPY'],
  ['kwd', 1_234, '1,234 KWD'],
  ['usd', 1_050, '10,50 $US'],
])('an amount in %s is written as it is', async (currency, amountMinor, written) => {
  const email = stranger();
  await fails({ email, currency, amountMinor });
  expect((await of(email))[0]?.subject).toContain(` ${written} `);
});

it('markup in a name or a description is text; what is too long is cut where one sees it, and whole in the ticket', async () => {
  const email = stranger();
  const name = `<script>alert(1)</script> & ${'Très '.repeat(60)}longue`;
  await fails({ email, name, description: '<b>zsu[@user:1]zsu</b>' });
  const [ticket] = await of(email);
  expect(ticket?.subject.length).toBeLessThanOrEqual(255);
  expect(ticket?.subject).toMatch(/…$/);
  expect(ticket?.description).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; Très');
  expect(ticket?.description).toContain('longue');
  expect(ticket?.description).not.toContain('<script>');
});

it('a dispute continues the ticket of the customer; its end is noted and closes nothing', async () => {
  const email = stranger();
  const { charge } = await desk.happens({ act: 'pay', email, amountMinor: 9_000, currency: 'eur' });
  const opened = (await desk.stripe({ act: 'dispute', charge: charge.id })) as unknown as {
    dispute: { id: string };
  };
  await desk.tell(await desk.told());
  expect((await of(email)).map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^Paiement contesté – 90,00 €/),
  ]);
  await desk.happens({ act: 'turn-dispute', dispute: opened.dispute.id, turn: 'lost' });
  const [ticket] = await of(email);
  expect([ticket?.status, ticket?.comments.length]).toEqual(['Open', 1]);
  expect(ticket?.comments[0]).toContain('perdu');
});

it('a dispute that is told after its end makes no ticket', async () => {
  const email = stranger();
  const { charge } = await desk.happens({ act: 'pay', email, amountMinor: 9_000, currency: 'eur' });
  const opened = (await desk.stripe({ act: 'dispute', charge: charge.id })) as never as {
    dispute: { id: string };
  };
  await desk.stripe({ act: 'turn-dispute', dispute: opened.dispute.id, turn: 'won' });
  await desk.tell((await desk.told()).toReversed());
  expect(await of(email)).toEqual([]);
});

it('refunds make a ticket only where they are asked for', async () => {
  const email = stranger();
  const { charge } = await desk.happens({ act: 'pay', email, amountMinor: 9_000, currency: 'eur' });
  await desk.happens({ act: 'refund', charge: charge.id, amountMinor: 1_000 });
  expect(await of(email)).toEqual([]);
  desk.set({ refund: true });
  await desk.happens({ act: 'refund', charge: charge.id, amountMinor: 2_000 });
  expect((await of(email)).map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^Remboursement – 20,00 €/),
  ]);
});

it('a department that is gone, and a priority, are refused in words; the run goes on once one is chosen', async () => {
  const email = stranger();
  desk.set({ department: 'Ancien' });
  await fails({ email });
  expect((await desk.runs()).at(-1)).toMatchObject({ state: 'shelved', error: { kind: 'rejected' } });
  desk.set();
  await desk.replayShelved();
  expect((await of(email)).length).toBe(1);
  const other = stranger();
  desk.set({ priority: 'Brûlant' });
  await fails({ email: other });
  expect((await desk.runs()).at(-1)).toMatchObject({ state: 'shelved', error: { kind: 'rejected' } });
  expect(await of(other)).toEqual([]);
  desk.set({ priority: 'Urgent' });
  await desk.replayShelved();
  expect((await of(other)).map(({ priority }) => priority)).toEqual(['Urgent']);
});

it('what can be put into the texts is offered in the reader’s words, and what cannot is refused by its name', async () => {
  const { subject } = paymentTickets.vendorSettings ?? {};
  const source = (written: string): never =>
    ({ organisation: { locale: 'fr-FR' }, settings: { subject: written } }) as never;
  const offered = (await subject?.offers?.(source(''))) ?? [];
  expect(offered).toContainEqual({
    value: '{Amount}',
    title: 'Montant',
    titles: { en: 'Amount', fr: 'Montant' },
  });
  const all = offered.map(({ value }) => value).join(' ');
  expect(await subject?.check?.(source(all.toLowerCase()), undefined)).toBeNull();
  expect(await subject?.check?.(source('{Amount} {Colour}'), undefined)).toMatchObject({
    refused: { fr: expect.stringContaining('{Colour}') as string },
  });
});
