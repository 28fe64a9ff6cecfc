import { senderOf } from './sender-of.ts';

const from = (remoteAddress: string | undefined, forwarded?: string) => ({
  socket: { remoteAddress },
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
});

it('is who is connected where no proxy stands before, whatever a header says', () => {
  expect(senderOf(from('::ffff:198.51.100.7', '203.0.113.9'), 0)).toBe('198.51.100.7');
  expect(senderOf(from('2001:db8::1'), 0)).toBe('2001:db8::1');
  expect(senderOf(from(undefined), 0)).toBeNull();
});

it('is what the first of one’s own proxies wrote, and nothing that the sender wrote before it', () => {
  expect(senderOf(from('10.0.0.2', '198.51.100.7'), 1)).toBe('198.51.100.7');
  expect(senderOf(from('10.0.0.2', '203.0.113.9, 198.51.100.7'), 1)).toBe('198.51.100.7');
  expect(senderOf(from('10.0.0.2', '203.0.113.9, 198.51.100.7, 10.0.0.3'), 2)).toBe('198.51.100.7');
  expect(senderOf(from('10.0.0.2', '198.51.100.7:50123'), 1)).toBe('198.51.100.7');
  expect(senderOf(from('10.0.0.2', '[2001:db8::1]:50123'), 1)).toBe('2001:db8::1');
  expect(senderOf(from('10.0.0.2', '2001:db8::1'), 1)).toBe('2001:db8::1');
});

it('is not known where less came than the proxies would have written', () => {
  expect(senderOf(from('198.51.100.7'), 1)).toBeNull();
  expect(senderOf(from('198.51.100.7', '203.0.113.9'), 2)).toBeNull();
});
