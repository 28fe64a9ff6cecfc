import { sweepChats } from '../../server/connectors/zoho-salesiq/chat-sweep.ts';
import type { ZohoSalesIqClient } from '../../server/connectors/zoho-salesiq/client.ts';

/** Where more chats had changed since the last look than one walks through, each look failed, and none came further. */

const NOW = Date.UTC(2026, 10, 30, 12);
const BEGUN = NOW - 90 * 86_400_000;

interface Asked {
  readonly updatedFrom: number;
  readonly updatedTill?: number;
  readonly page: number;
}

/** SalesIQ with chats that changed at these moments, the last first, 99 a page. */
function portal(moments: number[], onAsk: (moments: number[], asked: Asked) => void = () => {}) {
  const chats = async (_portal: string, asked: Asked) => {
    onAsk(moments, asked);
    const { updatedFrom, updatedTill = Number.POSITIVE_INFINITY, page } = asked;
    const rows = moments
      .map((at, nth) => ({ id: String(nth), at }))
      .filter(({ at }) => at > updatedFrom && at < updatedTill)
      .sort((one, other) => other.at - one.at)
      .slice((page - 1) * 99, page * 99)
      .map(({ id, at }) => ({ id, state: 'ended', changedAt: new Date(at).toISOString() }));
    return { chats: rows, at: NOW };
  };
  return { screenOf: () => 'lumen', chats } as unknown as ZohoSalesIqClient;
}

async function swept(client: ZohoSalesIqClient) {
  const found = new Set<string>();
  let cursor: unknown = { portal: 'lumen', from: BEGUN, begun: BEGUN };
  let looks = 0;
  for (let isMore = true; isMore; looks += 1) {
    expect(looks).toBeLessThan(20);
    const result = await sweepChats(client, { cursor, onForMs: 0, graceMs: 0 } as never);
    for (const { recordId } of result.events) found.add(String(recordId));
    ({ cursor } = result);
    isMore = result.more === true;
  }
  return { found, cursor };
}

const spread = (count: number) =>
  Array.from({ length: count }, (_, nth) => BEGUN + 1 + Math.floor((nth * (NOW - BEGUN - 2)) / count));
const crowded = (count: number) => Array.from({ length: count }, (_, nth) => NOW - 86_400_000 + nth * 7);

it.each([
  ['spread over all the time', spread(25_000)],
  ['within moments of a single day', crowded(25_000)],
])('25,000 chats that changed, %s, are found piece by piece, the oldest first', async (_how, moments) => {
  const { found, cursor } = await swept(portal(moments));
  expect(found.size).toBe(25_000);
  expect(cursor).toMatchObject({ from: NOW - 60_000, begun: BEGUN });
});

it('none is lost where chats change while a piece is read', async () => {
  let asks = 0;
  const client = portal(spread(25_000), (moments, { updatedTill, page }) => {
    asks += 1;
    // The newest of the piece goes on: all that lie behind it move up by one.
    if (updatedTill === undefined || page === 100 || asks % 5 !== 0) return;
    const inPiece = moments.filter((at) => at < updatedTill);
    moments[moments.indexOf(Math.max(...inPiece))] = NOW - 1_000;
  });
  expect((await swept(client)).found.size).toBe(25_000);
});
