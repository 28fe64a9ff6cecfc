import { once } from 'node:events';
import { connect } from 'node:net';
import express from 'express';
import { type HttpServer, listen } from './http-server.ts';

let server: HttpServer;
beforeAll(async () => {
  server = await listen('127.0.0.1', 0);
  const app = express();
  app.post('/api', express.json(), (_request, response) => void response.json({}));
  app.get('/live', (_request, response) => void response.write('data: 1\n\n'));
  server.serve({ rest: app });
});
afterAll(() => server.stop(100));

/** What the server says until it closes the connection. */
async function talk(head: string, drip: string): Promise<{ said: string; tookMs: number }> {
  const socket = connect(server.port, '127.0.0.1');
  let said = '';
  socket.on('data', (part: Buffer) => {
    said += part.toString();
  });
  socket.on('error', () => {});
  const began = performance.now();
  socket.write(head);
  const timer = setInterval(() => socket.write(drip), 250);
  // Whoever still drips when the server has closed may hear of it as an error first.
  await new Promise((closed) => socket.once('close', closed));
  clearInterval(timer);
  return { said, tookMs: performance.now() - began };
}

describe('a sender that trickles', () => {
  it('is cut off, wherever it sends to, while an answer may last', async () => {
    const live = connect(server.port, '127.0.0.1');
    live.write('GET /live HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(live, 'data');
    const [body, headers] = await Promise.all([
      talk(
        'POST /api HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9999\r\n\r\n{',
        ' ',
      ),
      talk('POST /api HTTP/1.1\r\nhost: x\r\n', 'x'),
    ]);
    expect(body.said).toContain('408');
    expect(body.tookMs).toBeLessThan(20_000);
    expect(headers.said).toContain('408');
    expect(headers.tookMs).toBeLessThan(15_000);
    expect(live.destroyed).toBe(false);
    live.destroy();
  });
});

describe('a connection that is kept', () => {
  const answered = (socket: ReturnType<typeof connect>): Promise<string> =>
    once(socket, 'data').then(([part]) => String(part));

  it('is kept longer than proxies keep theirs, and says for how long', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write('POST /api HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
    expect(await answered(socket)).toMatch(/keep-alive: timeout=65\b/i);
    socket.destroy();
  });

  it('holds up no stop, though its request is answered only after the stop was asked for', async () => {
    const own = await listen('127.0.0.1', 0);
    let answer = () => {};
    own.serve({
      rest: (_request, response) => {
        answer = () => void response.end('{}');
        socket.emit('asked');
      },
    });
    const socket = connect(own.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(socket, 'asked');
    const said = answered(socket);
    // A patience beyond this test's own: it ends by itself or not at all.
    const stopped = own.stop(600_000);
    answer();
    expect(await said).toContain('200 OK');
    await stopped;
  });
});
