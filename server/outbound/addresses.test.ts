import http from 'node:http';
import { guardedLookup, isForbiddenAddress, type Resolve } from './addresses.ts';
import { createDoor } from './door.ts';
import { type FakeVendor, fakeConnector, startFakeVendor } from './testing/fake-vendor.ts';
import { TransportFailure } from './transport.ts';

describe('isForbiddenAddress', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.255',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '2130706433',
    '0177.0.0.1',
    'localhost',
    '',
  ])('%s', (address) => expect(isForbiddenAddress(address)).toBe(true));

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4007::200e'])(
    'not %s',
    (address) => expect(isForbiddenAddress(address)).toBe(false),
  );
});

describe('in production', () => {
  const request = { method: 'GET', headers: {}, body: null };

  it.each([
    [['10.0.0.5']],
    [['8.8.8.8', '127.0.0.1']],
    [['::ffff:169.254.169.254']],
    [['64:ff9b::a00:1']],
    [[]],
  ])('a vendor’s name that resolves to %j is refused before connecting', async (addresses) => {
    const resolve: Resolve = async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const door = createDoor({ sandboxUrl: null, resolve });
    const outcome = await door
      .send(fakeConnector(), { ...request, url: new URL('https://api.acme.example/') })
      .catch((error: unknown) => error);
    expect(outcome).toMatchObject({ name: 'TransportFailure', reason: 'forbidden', sent: false });
    door.close();
  });

  it('a name that does not resolve was certainly never sent to', async () => {
    const door = createDoor({ sandboxUrl: null, resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    const sending = door.send(fakeConnector(), { ...request, url: new URL('https://api.acme.example/') });
    await expect(sending).rejects.toMatchObject({ reason: 'unreachable', sent: false });
    door.close();
  });
});

describe('in the sandbox', () => {
  it('nothing but the sandbox’s own origin is reachable', async () => {
    const sandbox = await startFakeVendor();
    const other = await startFakeVendor();
    const { createTransport } = await import('./transport.ts');
    const transport = createTransport({ sandboxUrl: sandbox.url });
    const ask = (url: string) =>
      transport({ url: new URL(url), method: 'GET', headers: {}, body: null, timeoutMs: 1000 });
    expect((await ask(sandbox.url)).status).toBe(200);
    for (const url of [
      'https://api.acme.example/',
      other.url,
      sandbox.url.replace('127.0.0.1', 'localhost'),
    ]) {
      await expect(ask(url)).rejects.toBeInstanceOf(TransportFailure);
    }
    expect(other.requests).toEqual([]);
    transport.close();
    await Promise.all([sandbox.close(), other.close()]);
  });
});

describe('guardedLookup', () => {
  let vendor: FakeVendor;
  beforeEach(async () => {
    vendor = await startFakeVendor();
  });
  afterEach(() => vendor.close());

  it('connects to the very answer that it checked: a name that changes its mind gains nothing', async () => {
    const checked: string[] = [];
    const answers = ['127.0.0.1', '127.0.0.66'];
    const resolve: Resolve = async () => [{ address: answers.shift() ?? '', family: 4 }];
    const lookup = guardedLookup(resolve, (address) => {
      checked.push(address);
      return address !== '127.0.0.1';
    });
    const get = () =>
      new Promise<string | undefined>((resolvePeer, reject) => {
        http
          .get(
            `http://rebinding.example:${new URL(vendor.url).port}/`,
            { lookup, agent: false },
            (answer) => {
              resolvePeer(answer.socket.remoteAddress);
              answer.resume();
            },
          )
          .on('error', reject);
      });
    expect(await get()).toBe('127.0.0.1');
    await expect(get()).rejects.toThrow('does not resolve to public addresses only');
    expect(checked).toEqual(['127.0.0.1', '127.0.0.66']);
    expect(vendor.requests).toHaveLength(1);
  });
});
