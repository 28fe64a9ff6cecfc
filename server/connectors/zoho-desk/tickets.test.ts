import type { NewTicket } from '../../core/ticket/offer.ts';
import type { JsonCall } from '../../kit/json-api.ts';
import type { DeskCall } from './api.ts';
import { ticketCalls } from './tickets.ts';

const MINUTE_MS = 60_000;
const now = Date.UTC(2026, 10, 24, 9);
const asked: { readonly path: string; readonly query: Readonly<Record<string, unknown>> }[] = [];

/** Desk with so many tickets, one for each minute until now, oldest first; the last one bears the marker. */
const deskWith = (count: number): DeskCall => {
  const rows = Array.from({ length: count }, (_none, place) => ({
    id: String(place + 1),
    ticketNumber: String(place + 101),
    subject: 'Panne',
    createdTime: new Date(now - (count - 1 - place) * MINUTE_MS).toISOString(),
  }));
  return (async ({ path, query = {} }: JsonCall, schema: { parse(body: unknown): unknown }) => {
    asked.push({ path, query });
    const { from = 0, limit = 10 } = query as { from?: number; limit?: number };
    const page = { data: rows.slice(from, from + limit) };
    const one = { description: path === `/tickets/${count}` ? 'Tout est arrêté. #liaison:1:open' : '' };
    const isList = path === '/tickets' || path === '/contacts/7/tickets';
    return { data: schema.parse(isList ? page : one), at: now };
  }) as unknown as DeskCall;
};
const ticket = (id: string | null): NewTicket => ({
  subject: 'Panne',
  lines: [],
  page: null,
  marker: 'liaison:1:open',
  department: '1',
  priority: null,
  requester: { id, name: 'Léa', email: null },
});

beforeEach(() => asked.splice(0));

describe.each([null, '7'])('a ticket that was made lately, of the requester %s', (requester) => {
  it.each([1, 99, 100, 101, 150, 200, 3_500, 4_999])(
    'is found behind %d older ones, without reading them all',
    async (count) => {
      const { find } = ticketCalls(deskWith(count), { account: {} as never });
      const since = new Date(now - 5 * MINUTE_MS);
      expect(await find(ticket(requester), since)).toMatchObject({ id: String(count) });
      expect(asked.filter(({ query }) => query.limit === 100).length).toBeLessThanOrEqual(3);
      expect(asked.length).toBeLessThanOrEqual(25);
      expect(asked.every(({ query }) => Number(query.from ?? 0) < 5_000)).toBe(true);
    },
  );
});

it('it is not said that there is none where Desk does not show the newest', async () => {
  const { find } = ticketCalls(deskWith(5_000), { account: {} as never });
  await expect(find(ticket(null), new Date(now))).rejects.toMatchObject({ kind: 'unknown' });
});

it('as far back as it may have been made, and no further, the department is looked through', async () => {
  for (const days of [1, 20, 60, 200]) {
    const { find } = ticketCalls(deskWith(3), { account: {} as never });
    asked.splice(0);
    await find(ticket(null), new Date(now - days * 24 * 60 * MINUTE_MS));
    const lists = asked.filter(({ path }) => path === '/tickets').map(({ query }) => query.receivedInDays);
    expect(lists.at(-1)).toBe([15, 30, 90].find((one) => days < one));
  }
});
