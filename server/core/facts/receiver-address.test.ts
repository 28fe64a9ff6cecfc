import { readReceiverAddress } from './receiver-address.ts';

it.each([
  ['https://hooks.example.com/liaison', 'https://hooks.example.com/liaison'],
  ['  https://HOOKS.example.com  ', 'https://hooks.example.com/'],
  ['https://hooks.example.com:443/a?zapikey=1.2&b#part', 'https://hooks.example.com/a?zapikey=1.2&b'],
  ['https://hooks.example.com./', 'https://hooks.example.com/'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
])('%s is taken', (text, url) => expect(readReceiverAddress(text)).toEqual({ url }));

it.each([
  '',
  'hooks.example.com',
  'http://hooks.example.com/',
  'file:///etc/passwd',
  'gopher://hooks.example.com/',
  'ftp://hooks.example.com/',
  'javascript:alert(1)',
  'unix:/run/postgresql/.s.PGSQL.5432',
  'https://user@hooks.example.com/',
  'https://user:secret@hooks.example.com/',
  'https://hooks.example.com@127.0.0.1/',
  'https://hooks.example.com:22/',
  'https://hooks.example.com:5432/',
  'https://hooks.example.com:8443/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0177.0.0.1/',
  'https://0x7f.1/',
  'https://0/',
  'https://8.8.8.8/',
  'https://169.254.169.254/latest/meta-data/',
  'https://10.0.0.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2606:4700::1111]/',
  'https://localhost/',
  'https://localhost./',
  'https://LOCALHOST/',
  'https://app.localhost/',
  'https://metadata/',
  'https://metadata.google.internal/',
  'https://printer.local/',
  'https://router.home.arpa/',
  'https://intranet.corp/',
  `https://hooks.example.com/${'a'.repeat(2_000)}`,
])('%s is refused, in both languages', (text) => {
  const read = readReceiverAddress(text);
  expect(read).toEqual({ refused: { en: expect.stringMatching(/\.$/), fr: expect.stringMatching(/\.$/) } });
});
