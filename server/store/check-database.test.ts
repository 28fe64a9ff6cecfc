import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { startPooler } from '../../test/postgres/pooler.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { checkDatabase } from './check-database.ts';

let test: TestDatabase;
let url: URL;
beforeAll(async () => {
  test = await createTestDatabase();
  url = new URL(test.connectionString);
});
afterAll(() => test.drop());

const asked = (change: (to: URL) => void): string => {
  const to = new URL(url);
  change(to);
  return to.href;
};

/** Both languages, neither with the password in it. */
async function refusal(connectionString: string): Promise<string> {
  const failure = await checkDatabase(connectionString).catch((error: unknown) => error);
  const { en, fr } = (failure as { sentence: { en: string; fr: string } }).sentence;
  for (const text of [en, fr]) {
    expect(text).toMatch(/^[^\n]+\.$/);
    expect(text).not.toContain(url.password || 'a password');
  }
  return en;
}

/** Speaks just enough of PostgreSQL's protocol to say a version. */
async function claimsToBe(version: string): Promise<Server> {
  const message = (type: string, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const numbers = (...values: readonly [bytes: number, value: number][]): Buffer =>
    Buffer.concat(
      values.map(([bytes, value]) => {
        const one = Buffer.alloc(bytes);
        one.writeIntBE(value, 0, bytes);
        return one;
      }),
    );
  const ready = message('Z', Buffer.from('I'));
  const column = numbers([4, 0], [2, 0], [4, 25], [2, -1], [4, -1], [2, 0]);
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', numbers([4, 0])), ready]));
      socket.once('data', () =>
        socket.write(
          Buffer.concat([
            message('T', numbers([2, 1]), Buffer.from('server_version\0'), column),
            message('D', numbers([2, 1], [4, version.length]), Buffer.from(version)),
            message('C', Buffer.from('SHOW\0')),
            ready,
          ]),
        ),
      );
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('the PostgreSQL of DATABASE_URL', () => {
  it('is used when it answers', async () => {
    await expect(checkDatabase(url.href)).resolves.toBeUndefined();
  });

  it('is refused in words that name it: nobody answers, nobody of that name, no such database', async () => {
    const silent = await refusal(asked((to) => (to.port = '1')));
    expect(silent).toMatch(/\(127\.0\.0\.1:1\) cannot be used: .*ECONNREFUSED/);
    const stranger = await refusal(asked((to) => (to.username = 'nobody-we-know')));
    expect(stranger).toContain('does not let “nobody-we-know” in');
    const absent = await refusal(asked((to) => (to.pathname = '/not-there')));
    expect(absent).toContain('has no database “not-there”');
  });

  it('is refused when it is older than what Liaison needs', async () => {
    const server = await claimsToBe('13.22 (Debian 13.22-1)');
    const { port } = server.address() as AddressInfo;
    expect(await refusal(`postgres://someone@127.0.0.1:${port}/liaison`)).toContain('version 13.22');
    server.close();
    await once(server, 'close');
  });

  it.each([1, 2, 3, 12])(
    'is refused behind a pooler in transaction mode, which is named: a pool of %d',
    async (backends) => {
      const pooler = await startPooler(url.href, { mode: 'transaction', backends });
      expect(await refusal(pooler.connectionString)).toMatch(/pooler, such as PgBouncer in transaction mode/);
      await pooler.stop();
    },
  );

  it('is used behind a pooler in session mode', async () => {
    const pooler = await startPooler(url.href, { mode: 'session', backends: 4 });
    await expect(checkDatabase(pooler.connectionString)).resolves.toBeUndefined();
    await pooler.stop();
  });
});
