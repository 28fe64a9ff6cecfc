import type { VendorAnswer } from '../core/connector.ts';
import { ERROR_KINDS, type ErrorKind } from '../core/errors.ts';
import { classifyHttp } from './classify-http.ts';
import { retryAfter } from './retry-after.ts';
import { sentenceFor } from './sentences.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');

function answer(status: number, rest: Partial<VendorAnswer> = {}): VendorAnswer {
  const url = new URL('https://api.acme.example/');
  return { method: 'POST', url, status, headers: new Headers(), text: '{}', now: NOW, ...rest };
}

describe('classifyHttp', () => {
  it.each<[number, ErrorKind | null, boolean]>([
    [200, null, false],
    [201, null, false],
    [204, null, false],
    [304, null, false],
    [302, 'unknown', true],
    [400, 'rejected', false],
    [401, 'reconnect', false],
    [403, 'reconnect', false],
    [404, 'gone', false],
    [408, 'retry-later', true],
    [409, 'conflict', false],
    [410, 'gone', false],
    [412, 'conflict', false],
    [418, 'rejected', false],
    [422, 'rejected', false],
    [429, 'rate-limited', false],
    [500, 'retry-later', true],
    [502, 'retry-later', true],
    [503, 'retry-later', true],
    [504, 'retry-later', true],
    [599, 'retry-later', true],
  ])('a write answered %i is %s; it may have happened: %s', (status, kind, mayHaveHappened) => {
    const error = classifyHttp(answer(status), { vendor: 'Acme' });
    expect(error?.kind ?? null).toBe(kind);
    expect(error?.details.mayHaveHappened ?? false).toBe(mayHaveHappened);
    const read = classifyHttp(answer(status, { method: 'GET' }), { vendor: 'Acme' });
    expect(read?.details.mayHaveHappened ?? false).toBe(false);
  });

  it('a vendor’s own meaning of a status comes first', () => {
    const rules = { vendor: 'Acme', statuses: { 403: 'rate-limited', 404: null } as const };
    expect(classifyHttp(answer(403), rules)?.kind).toBe('rate-limited');
    expect(classifyHttp(answer(404), rules)).toBeNull();
  });

  it('a 503 that names a time is a pause', () => {
    const error = classifyHttp(answer(503, { headers: new Headers({ 'retry-after': '30' }) }), {
      vendor: 'Acme',
    });
    expect([error?.kind, error?.details.retryAt]).toEqual(['rate-limited', NOW + 30_000]);
  });

  it('a page instead of JSON, or cut JSON, is no success where every success is JSON', () => {
    const rules = { vendor: 'Acme', json: true };
    for (const text of ['<html>', '{"id":']) {
      const error = classifyHttp(answer(200, { text }), rules);
      expect([error?.kind, error?.details.mayHaveHappened]).toEqual(['retry-later', true]);
    }
    expect(classifyHttp(answer(204, { text: '' }), rules)).toBeNull();
  });

  it('carries the vendor’s words and field', () => {
    const error = classifyHttp(answer(422), {
      vendor: 'Acme',
      message: () => 'Too long',
      field: () => 'Last_Name',
    });
    expect(error?.details).toMatchObject({ vendorMessage: 'Too long', field: 'Last_Name' });
  });
});

describe('retryAfter', () => {
  it.each([
    ['7', undefined, NOW + 7000],
    ['0', undefined, NOW],
    ['0.25', undefined, NOW + 250],
    ['Mon, 23 Nov 2026 10:01:00 GMT', undefined, NOW + 60_000],
    ['Mon, 23 Nov 2026 10:05:00 GMT', 'Mon, 23 Nov 2026 10:04:00 GMT', NOW + 60_000],
    ['Mon, 23 Nov 2026 09:00:00 GMT', undefined, NOW],
    ['-5', undefined, undefined],
    ['soon', undefined, undefined],
    ['', undefined, undefined],
  ])('%j with Date %j', (value, date, expected) => {
    const headers = new Headers({ 'retry-after': value, ...(date ? { date } : {}) });
    expect(retryAfter(headers, NOW)).toBe(expected);
  });
});

it('every kind of failure has its sentence in both languages, naming the vendor', () => {
  for (const kind of Object.keys(ERROR_KINDS) as ErrorKind[]) {
    const { en, fr } = sentenceFor(kind, 'Acme');
    expect(en).toContain('Acme');
    expect(fr).toContain('Acme');
    expect(en).not.toBe(fr);
  }
});
