import { createDoor } from './door.ts';
import { download } from './download.ts';
import { startFakeVendor } from './testing/fake-vendor.ts';

const noted: (number | null)[] = [];
const asked = { signal: undefined, onAnswer: (_url: URL, one: { status: number } | null) => note(one) };
const note = (one: { status: number } | null): void => void noted.push(one?.status ?? null);

it.each([
  ['127.0.0.1'],
  ['10.0.0.5'],
  ['169.254.169.254'],
  ['192.168.1.1'],
  ['::1'],
  ['::ffff:169.254.169.254'],
  ['64:ff9b::7f00:1'],
  ['fd00:ec2::254'],
  // One that is private among public ones.
  ['8.8.8.8', '10.0.0.1'],
])(
  'a file at a name that leads to %s is refused before a connection is made',
  async (...addresses: string[]) => {
    const door = createDoor({
      sandboxUrl: null,
      resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    });
    const had = await download(door, 'https://files.example.com/a.pdf', asked);
    door.close();
    expect(had).toEqual({
      refused: expect.objectContaining({ en: expect.stringContaining('private network') }),
    });
    expect(noted.at(-1)).toBeNull();
  },
);

it.each([
  ['http://files.example.com/a.pdf', 'no address of a file'],
  ['file:///etc/passwd', 'no address of a file'],
  ['nothing', 'no address of a file'],
  ['https://files.example.com:22/a.pdf', 'private network'],
  ['https://user@files.example.com/a.pdf', 'private network'],
  ['https://127.0.0.1/a.pdf', 'private network'],
])('%s is called by nobody', async (address, why) => {
  const door = createDoor({
    sandboxUrl: null,
    resolve: () => Promise.reject(new Error('nobody asks for a name')),
  });
  expect(await download(door, address, asked)).toMatchObject({
    refused: { en: expect.stringContaining(why) },
  });
  door.close();
});

it('is read whole and without a credential; a redirect, and what is larger than 10 MB, is not', async () => {
  const sandbox = await startFakeVendor();
  const door = createDoor({ sandboxUrl: sandbox.url });
  const address = 'https://files.example.com/d/Plan%20A.pdf';
  const bytes = Buffer.from([0x25, 0, 0xff, 0x0a]);
  sandbox.answer = (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/pdf' }).end(bytes);
  expect(await download(door, address, asked)).toEqual({
    ...{ name: 'Plan A.pdf', contentType: 'application/pdf', bytes },
  });
  expect(sandbox.requests[0]?.headers.authorization).toBeUndefined();
  sandbox.answer = (_request, response) =>
    response.writeHead(302, { location: `${sandbox.url}/receiver/secret` }).end();
  expect(await download(door, address, asked)).toMatchObject({
    refused: { en: expect.stringContaining('answered 302') },
  });
  expect(sandbox.requests).toHaveLength(2);
  sandbox.answer = (_request, response) => response.end(Buffer.alloc(11 * 1024 * 1024));
  expect(await download(door, address, asked)).toMatchObject({
    refused: { en: expect.stringContaining('10 MB') },
  });
  sandbox.answer = (_request, response) => response.writeHead(503).end();
  await expect(download(door, address, asked)).rejects.toMatchObject({ kind: 'retry-later' });
  door.close();
  await sandbox.close();
});
