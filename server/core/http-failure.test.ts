import type { VendorAnswer } from './connector.ts';
import { ERROR_KINDS, type ErrorKind } from './errors.ts';
import { failureSentence } from './failure-sentences.ts';
import { httpFailure } from './http-failure.ts';

const NOW = Date.UTC(2026, 10, 23, 10, 0, 0);
const rules = { vendor: 'Acme' };

function answer(
  status: number,
  parts: Partial<Omit<VendorAnswer, 'headers'>> & { headers?: Record<string, string> } = {},
): VendorAnswer {
  const { headers, ...rest } = parts;
  return {
    method: 'GET',
    url: new URL('https://acme.example/x'),
    status,
    text: '{}',
    now: NOW,
    ...rest,
    headers: new Headers(headers),
  };
}

describe('an answer by its status', () => {
  it.each<[number, ErrorKind]>([
    [400, 'rejected'],
    [401, 'reconnect'],
    [403, 'rejected'],
    [404, 'gone'],
    [408, 'retry-later'],
    [409, 'conflict'],
    [410, 'gone'],
    [412, 'conflict'],
    [418, 'rejected'],
    [422, 'rejected'],
    [429, 'rate-limited'],
    [500, 'retry-later'],
    [502, 'retry-later'],
    [503, 'retry-later'],
    [504, 'retry-later'],
    [302, 'unknown'],
  ])('%d is %s', (status, kind) => {
    expect(httpFailure(answer(status), rules)?.kind).toBe(kind);
  });

  it('is a success with JSON, or with nothing where nothing is due', () => {
    for (const status of [200, 201, 207]) expect(httpFailure(answer(status), rules)).toBeNull();
    for (const status of [204, 304]) expect(httpFailure(answer(status, { text: '' }), rules)).toBeNull();
  });

  it('with a 503 that names a time is a limit', () => {
    expect(httpFailure(answer(503, { headers: { 'retry-after': '5' } }), rules)?.kind).toBe('rate-limited');
  });

  it('takes the vendor’s own meaning of a status first', () => {
    expect(httpFailure(answer(403), { ...rules, statuses: { 403: 'reconnect' } })?.kind).toBe('reconnect');
  });
});

describe('what a write may have done', () => {
  it.each([
    ['a page of a proxy in a 200', answer(200, { method: 'POST', text: '<html>Bad gateway</html>' })],
    ['a cut answer', answer(201, { method: 'PUT', text: '{"data":[{"id":' })],
    ['an empty 200', answer(200, { method: 'POST', text: '' })],
    ['a breakdown', answer(500, { method: 'POST' })],
    ['a full house after sending', answer(503, { method: 'POST' })],
  ])('is unknown after %s', (_name, failed) => {
    const error = httpFailure(failed, rules);
    expect(error?.retries).toBe(true);
    expect(error?.details.mayHaveHappened).toBe(true);
  });

  it('is nothing after a refusal, a limit or a read', () => {
    for (const failed of [answer(400, { method: 'POST' }), answer(429, { method: 'POST' }), answer(500)]) {
      expect(httpFailure(failed, rules)?.details.mayHaveHappened).toBeUndefined();
    }
    const readThroughPost = { ...rules, isRead: () => true };
    expect(
      httpFailure(answer(500, { method: 'POST' }), readThroughPost)?.details.mayHaveHappened,
    ).toBeUndefined();
  });
});

describe('the time to come back', () => {
  it.each([
    ['seconds', { 'retry-after': '30' }, NOW + 30_000],
    ['decimal seconds', { 'retry-after': '2.128' }, NOW + 2_128],
    ['a date', { 'retry-after': 'Mon, 23 Nov 2026 10:01:00 GMT' }, NOW + 60_000],
    [
      'a date by a vendor whose clock is an hour off',
      { 'retry-after': 'Mon, 23 Nov 2026 11:01:00 GMT', date: 'Mon, 23 Nov 2026 11:00:00 GMT' },
      NOW + 60_000,
    ],
    ['a date in the past', { 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, NOW],
    ['nothing', {}, undefined],
    ['more than a day', { 'retry-after': '31536000' }, NOW + 86_400_000],
    ['a date of another year', { 'retry-after': 'Mon, 22 Nov 2027 10:00:00 GMT' }, NOW + 86_400_000],
    ['more digits than a number has', { 'retry-after': '9'.repeat(400) }, NOW + 86_400_000],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
    ['a negative number', { 'retry-after': '-5' }, undefined],
  ])('is read from %s', (_name, headers, expected) => {
    for (const status of [429, 503]) {
      expect(
        httpFailure(answer(status, { headers: headers as Record<string, string> }), rules)?.details.retryAt,
      ).toBe(expected);
    }
  });
});

it('every kind has a sentence in both languages that names the vendor', () => {
  for (const kind of Object.keys(ERROR_KINDS) as ErrorKind[]) {
    const { en, fr } = failureSentence(kind, 'Acme');
    expect(en).toContain('Acme');
    expect(fr).toContain('Acme');
    expect(fr).not.toBe(en);
  }
});
