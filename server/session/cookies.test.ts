import type { Response } from 'express';
import { frameCookie, popupCookie, readCookie, writeCookie } from './cookies.ts';
import { ownOrigins } from './own-origins.ts';

const VALUE = 'v'.repeat(43);

function written(cookie: ReturnType<typeof popupCookie>, value: string | null): string {
  const lines: string[] = [];
  writeCookie(
    cookie,
    { append: (_: string, line: string) => lines.push(line) } as unknown as Response,
    value,
  );
  return lines[0]!;
}

describe('under https', () => {
  it('the popup’s cookie is bound to this very host, and no script and no frame is given it', () => {
    expect(written(popupCookie(true), VALUE)).toBe(
      `__Host-liaison_sign_in=${VALUE}; Path=/; HttpOnly; SameSite=Lax; Max-Age=28800; Secure`,
    );
  });

  it('the frame’s cookie exists below one site only, and is sent to the session’s address alone', () => {
    expect(written(frameCookie(true), VALUE)).toBe(
      `liaison_frame=${VALUE}; Path=/api/v1/session; HttpOnly; Max-Age=28800; Secure; SameSite=None; Partitioned`,
    );
  });
});

it('a cookie is removed under the very attributes that it was set with', () => {
  expect(written(frameCookie(true), null)).toBe(
    'liaison_frame=; Path=/api/v1/session; HttpOnly; Max-Age=0; Secure; SameSite=None; Partitioned',
  );
});

it.each([
  [`liaison_frame=${VALUE}`, VALUE],
  [`a=b; liaison_frame=${VALUE}; c=d`, VALUE],
  [`xliaison_frame=${VALUE}`, null],
  [`liaison_frame=${VALUE}x`, null],
  ['liaison_frame=', null],
  ['liaison_frame', null],
  ['', null],
])('of «%s» only what we made is read', (cookie, value) => {
  expect(readCookie(frameCookie(true), { headers: { cookie } })).toBe(value);
});

describe('our own origins', () => {
  it('are the public address alone in production', () => {
    const isOwn = ownOrigins('https://liaison.example/', null);
    expect(isOwn('https://liaison.example')).toBe(true);
    for (const origin of [
      'http://liaison.example',
      'https://liaison.example:444',
      'https://liaison.example.evil.example',
      'https://evil.example',
      'http://127.0.0.1:3000',
      'null',
      '',
    ])
      expect([origin, isOwn(origin)]).toEqual([origin, false]);
  });

  it('are this machine’s names too in the sandbox, with its own port', () => {
    const isOwn = ownOrigins('http://127.0.0.1:3000', 3000);
    expect(isOwn('http://localhost:3000')).toBe(true);
    expect(isOwn('http://localhost:3001')).toBe(false);
    expect(isOwn('https://localhost:3000')).toBe(false);
  });
});
