import { createDoor } from '../outbound/door.ts';
import { startFakeVendor } from '../outbound/testing/fake-vendor.ts';
import { sendTo } from './send.ts';
import { errorOf } from './words.ts';

/** R33: what a name resolves to is judged at every attempt, whatever it resolved to when it was entered. */

const sending = (url: string) => ({
  url,
  headers: { 'webhook-id': '1' },
  body: '{}',
  signal: new AbortController().signal,
  now: 0,
});

it.each([
  ['127.0.0.1'],
  ['127.8.8.8'],
  ['0.0.0.0'],
  ['10.0.0.5'],
  ['100.64.0.1'],
  ['169.254.169.254'],
  ['172.16.0.1'],
  ['192.168.1.1'],
  ['198.18.0.1'],
  ['224.0.0.1'],
  ['255.255.255.255'],
  ['::1'],
  ['::'],
  ['::ffff:127.0.0.1'],
  ['::ffff:169.254.169.254'],
  ['64:ff9b::7f00:1'],
  ['2002:7f00:1::'],
  ['fc00::1'],
  ['fd00:ec2::254'],
  ['fe80::1'],
  ['ff02::1'],
  // One that is private among public ones.
  ['8.8.8.8', '10.0.0.1'],
  ['2606:4700::1111', '::1'],
])('a name that leads to %s is refused before a connection is made', async (...addresses: string[]) => {
  const door = createDoor({
    sandboxUrl: null,
    resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  });
  const sent = await sendTo(door, sending('https://hooks.example.com/'));
  door.close();
  expect(sent).toEqual({ attempt: { kind: 'none' }, answer: null, reason: 'forbidden' });
  expect(errorOf(sent)).toMatchObject({
    kind: 'rejected',
    sentence: { en: expect.stringContaining('Nothing was sent') },
  });
});

it('a name that is public when it is entered and private later (rebinding) is asked anew, and refused', async () => {
  const asked: string[] = [];
  const answers = [[], ['127.0.0.1']];
  const door = createDoor({
    sandboxUrl: null,
    async resolve(hostname) {
      asked.push(hostname);
      return (answers.shift() ?? []).map((address) => ({ address, family: 4 }));
    },
  });
  for (const _ of [1, 2]) {
    const { reason } = await sendTo(door, sending('https://rebinding.example.com/'));
    expect(reason).toBe('forbidden');
  }
  door.close();
  expect(asked).toEqual(['rebinding.example.com', 'rebinding.example.com']);
});

it.each([
  'http://hooks.example.com/',
  'https://hooks.example.com:22/',
  'https://user@hooks.example.com/',
  'https://127.0.0.1/',
])('an address that could never have been entered (%s) is not called either', async (url) => {
  // What got past the door would be found unreachable.
  const door = createDoor({
    sandboxUrl: null,
    resolve: () => Promise.reject(new Error('nobody asks for a name')),
  });
  expect((await sendTo(door, sending(url))).reason).toBe('forbidden');
  door.close();
});

it('a fault of our own is no answer of the receiver’s, and is not taken for one', async () => {
  const way = { send: () => Promise.reject(new TypeError('ours')) };
  await expect(sendTo(way, sending('https://hooks.example.com/'))).rejects.toThrow('ours');
});

it('in the sandbox everything goes to the sandbox, whatever the address', async () => {
  const sandbox = await startFakeVendor();
  sandbox.answer = (_request, response) => response.end('thank you');
  const door = createDoor({
    sandboxUrl: sandbox.url,
    resolve: () => Promise.reject(new Error('nobody asks for a name')),
  });
  const sent = await sendTo(door, sending('https://hooks.example.com/a/b?c=d'));
  expect(sent).toMatchObject({ attempt: { kind: 'answered', status: 200 }, answer: 'thank you' });
  expect(sandbox.requests).toMatchObject([
    { method: 'POST', path: '/receiver/hooks.example.com/a/b?c=d', body: '{}' },
  ]);
  door.close();
  await sandbox.close();
});

it('a redirect into a private network is an answer, and nothing more', async () => {
  const sandbox = await startFakeVendor();
  sandbox.answer = (_request, response) =>
    response.writeHead(307, { location: `${sandbox.url}/receiver/secret` }).end();
  const door = createDoor({ sandboxUrl: sandbox.url });
  const sent = await sendTo(door, sending('https://hooks.example.com/'));
  expect(sent.attempt).toMatchObject({ kind: 'answered', status: 307 });
  expect(errorOf(sent).sentence.en).toContain('a redirect, which is not followed');
  expect(sandbox.requests).toHaveLength(1);
  door.close();
  await sandbox.close();
});
