import type { Request } from 'express';
import { isOwnLocalRequest, localSession, type Session } from './session.ts';

const request = (headers: Record<string, string>, method = 'GET') => ({ method, headers });

describe('a request is from the sandbox’s own page', () => {
  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST', '127.0.0.1'])(
    'when it is addressed to %s',
    (host) => {
      expect(isOwnLocalRequest(request({ host }))).toBe(true);
    },
  );

  it.each([
    'evil.example:3000',
    'localhost.evil.example:3000',
    'evil.example#localhost',
    '127.0.0.1.nip.example',
    '127.0.0.2:3000',
    'localhost:3000@evil.example',
    '[::1]evil:3000',
    '',
  ])('never when it is addressed to «%s» (a name that was rebound to this machine)', (host) => {
    expect(isOwnLocalRequest(request({ host }))).toBe(false);
  });

  it('never without a Host', () => {
    expect(isOwnLocalRequest(request({}))).toBe(false);
  });

  it('when the page that sent it has the same origin', () => {
    const headers = { host: 'localhost:3000', origin: 'http://localhost:3000' };
    expect(isOwnLocalRequest(request(headers, 'POST'))).toBe(true);
  });

  it.each([
    'http://localhost:3001',
    'https://localhost:3000',
    'http://127.0.0.1:3000',
    'https://evil.example',
    'null',
    '',
  ])('never when a page of origin «%s» sent it', (origin) => {
    expect(isOwnLocalRequest(request({ host: 'localhost:3000', origin }, 'POST'))).toBe(false);
    expect(isOwnLocalRequest(request({ host: 'localhost:3000', origin }))).toBe(false);
  });

  it('not when the browser says that another site makes it change something', () => {
    const headers = { host: 'localhost:3000', 'sec-fetch-site': 'cross-site' };
    expect(isOwnLocalRequest(request(headers, 'POST'))).toBe(false);
    expect(isOwnLocalRequest(request({ ...headers, 'sec-fetch-site': 'same-origin' }, 'POST'))).toBe(true);
  });
});

describe('the sandbox’s session', () => {
  const admin: Session = { organisationId: 'lumen', role: 'admin', user: null };

  it('is given to its own pages', async () => {
    const session = localSession(async () => admin);
    expect(await session(request({ host: 'localhost:3000' }) as Request)).toBe(admin);
  });

  it('is refused to any other with a sentence, before it is looked for', () => {
    const session = localSession(async () => {
      throw new Error('looked for');
    });
    expect(() => session(request({ host: 'evil.example' }) as Request)).toThrow('403 foreign-page');
  });
});
