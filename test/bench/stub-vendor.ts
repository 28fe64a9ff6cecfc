import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * A vendor that costs as little as it can, in a process of its own: it answers the two calls of a won deal, and
 * remembers when each deal was announced. `node stub-vendor.ts <port>`.
 */
const DEAL = /\/crm\/v8\/Deals\/(\d+)/;
const NAMED = /Affaire (\d+)/;

const announcedAt = new Map<string, number>();
let messages = 0;

const server = createServer((request, response) => {
  const url = request.url ?? '';
  const answer = (body: object): void => {
    const text = Buffer.from(JSON.stringify(body));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
    response.end(text);
  };
  const deal = DEAL.exec(url)?.[1];
  if (deal !== undefined) {
    answer({
      data: [
        {
          id: deal,
          Deal_Name: `Affaire ${deal}`,
          Stage: 'Closed Won',
          Amount: 1_200,
          Currency: 'EUR',
          Owner: { id: '900000000000001001', name: 'Claire Vasseur', email: 'claire@exemple.example' },
          Account_Name: { id: '900000000000002001', name: 'Menuiserie Exemple' },
          Closing_Date: '2026-12-31',
          Modified_Time: '2026-11-28T10:00:00+01:00',
        },
      ],
    });
  } else if (url.endsWith('/chat.postMessage')) {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      messages += 1;
      const body = decodeURIComponent(Buffer.concat(parts).toString().replaceAll('+', ' '));
      const id = NAMED.exec(body)?.[1];
      if (id !== undefined) announcedAt.set(id, performance.timeOrigin + performance.now());
      const ts = `${Math.floor(Date.now() / 1_000)}.${String(messages).padStart(6, '0')}`;
      answer({ ok: true, channel: 'C0EXAMPLE', ts, message: { type: 'message', text: 'x', ts } });
    });
  } else if (url === '/seen') {
    answer({ count: announcedAt.size });
  } else if (url === '/times') {
    answer(Object.fromEntries(announcedAt));
    announcedAt.clear();
  } else {
    response.writeHead(503, { 'content-length': 0 });
    response.end();
  }
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2]), '127.0.0.1');
await once(server, 'listening');
process.stdout.write('ready\n');
