import { isListed, readAddressList } from './address-list.ts';

it.each([
  ['198.51.100.7', '198.51.100.7'],
  ['198.51.100.0/24', '198.51.100.255'],
  ['198.51.0.0/16 203.0.113.9', '203.0.113.9'],
  ['198.51.100.7', '::ffff:198.51.100.7'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['2001:db8::/32', '2001:db8:ffff::1'],
  ['2001:DB8::1', '2001:db8:0:0:0:0:0:1'],
  ['198.51.100.7, 2001:db8::1;203.0.113.0/25', '203.0.113.127'],
  ['::1', '::1'],
])('%s lists %s', (list, address) => {
  const read = readAddressList(list);
  expect(read).toHaveProperty('list');
  expect(isListed((read as { list: string }).list, address)).toBe(true);
});

it.each([
  ['198.51.100.7', '198.51.100.70'],
  ['198.51.100.0/24', '198.51.101.0'],
  ['203.0.113.0/25', '203.0.113.128'],
  ['2001:db8::/32', '2001:db9::1'],
  // 0x01020304 as IPv6 is not 1.2.3.4.
  ['1.2.3.4', '102:304::'],
  ['102:304::/32', '1.2.3.4'],
  ['198.51.100.7', ''],
  ['198.51.100.7', 'hooks.example.com'],
  ['198.51.100.7', '198.51.100.7, 203.0.113.9'],
  ['198.51.100.7', '0198.51.100.7'],
  ['', '198.51.100.7'],
])('%s does not list %s', (list, address) => {
  expect(isListed(list, address)).toBe(false);
});

it.each([
  '0.0.0.0/0',
  '198.0.0.0/8',
  '::/0',
  '2001::/16',
  '198.51.100.0/33',
  '2001:db8::/129',
  '198.51.100.0/',
  '198.51.100.0/24/8',
  '198.51.100',
  '198.51.100.256',
  '2001:db8:::1',
  'hooks.example.com',
  Array.from({ length: 51 }, (_, index) => `198.51.100.${index}`).join(' '),
])('%s is refused, in both languages', (list) => {
  const { refused } = readAddressList(list) as { refused: { en: string; fr: string } };
  expect(refused.en).toMatch(/198\.51\.100\.0\/24/);
  expect(refused.fr).toMatch(/198\.51\.100\.0\/24/);
});

it('nothing typed is an empty list, in which nobody stands', () => {
  expect(readAddressList(' \n ')).toEqual({ list: '' });
});
