import { microsoftMailClient } from '../../server/connectors/microsoft-mail/client.ts';
import { mails } from '../../server/connectors/microsoft-mail/mails.ts';
import type { ConnectorHttp } from '../../server/core/connector.ts';

/**
 * A mailbox is looked through by when its mails came, in seconds. Where more of them than a page holds came in one, as
 * when a mailbox is moved, the look stayed in that second for ever, and found nothing that came later.
 */

const BEGUN = Date.parse('2026-11-23T09:00:00Z');
const NOW = Date.parse('2026-11-23T10:00:00Z');

/** A mailbox with as many mails in each of some seconds, listed as Graph does: in order, page by page. */
function mailboxOf(seconds: readonly { readonly at: number; readonly count: number }[]) {
  const all = seconds.flatMap(({ at, count }) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${(at - BEGUN) / 1_000}-${index}`,
      receivedDateTime: new Date(at).toISOString().replace('.000Z', 'Z'),
    })),
  );
  const http: ConnectorHttp = {
    received: async () => [],
    account: { id: '1', name: 'claire' },
    apiUrl: null,
    download: async () => ({ refused: { en: '', fr: '' } }),
    async fetch(input) {
      const url = new URL(String(input));
      const since = /^receivedDateTime ge (\S+)$/.exec(url.searchParams.get('$filter') ?? '')?.[1] ?? '';
      const found = all.filter(({ receivedDateTime }) => receivedDateTime >= since);
      const top = Number(url.searchParams.get('$top'));
      const end = Number(url.searchParams.get('$skip') ?? 0) + top;
      url.searchParams.set('$skip', String(end));
      const next = end < found.length ? { '@odata.nextLink': url.href } : {};
      return Response.json(
        { value: found.slice(end - top, end), ...next },
        { headers: { date: new Date(NOW).toUTCString() } },
      );
    },
  };
  return microsoftMailClient(http);
}

/** Everything that a few looks find, each mail once. */
async function looked(client: ReturnType<typeof mailboxOf>, looks: number) {
  const found = new Set<string>();
  let cursor: unknown = { at: BEGUN };
  for (let look = 0; look < looks; look += 1) {
    const page = await mails.changed(client, { cursor, onForMs: 0, graceMs: 1_000 } as never);
    for (const { recordId } of page.events) found.add(recordId ?? '');
    cursor = page.cursor;
    if (!page.more) break;
  }
  return found;
}

it.each([
  ['the first second', [{ at: BEGUN, count: 250 }]],
  [
    'a later one',
    [
      { at: BEGUN, count: 3 },
      { at: BEGUN + 7_000, count: 250 },
    ],
  ],
  ['exactly a page', [{ at: BEGUN, count: 100 }]],
])('all mails of %s are found, and those that came after it', async (_what, seconds) => {
  const client = mailboxOf([...seconds, { at: BEGUN + 60_000, count: 2 }]);
  const count = seconds.reduce((sum, one) => sum + one.count, 2);
  expect((await looked(client, 20)).size).toBe(count);
});

it('a second of more than anybody has ends, too', async () => {
  const client = mailboxOf([
    { at: BEGUN, count: 5_300 },
    { at: BEGUN + 60_000, count: 2 },
  ]);
  const found = await looked(client, 20);
  expect([found.has('60-0'), found.has('60-1')]).toEqual([true, true]);
});
