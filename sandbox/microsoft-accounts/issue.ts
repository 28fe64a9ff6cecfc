import type { VendorDesk } from '../core/simulator.ts';
import { type AccessTokenRow, accountsTables } from './rows.ts';

/** Between an hour and an hour and a half. https://learn.microsoft.com/entra/identity-platform/access-tokens#token-lifetime */
const LIFE_SECONDS = { least: 3_600, spread: 1_800 } as const;
const REFRESH_LIFE_MS = 90 * 24 * 3_600_000;

export type IssuedFor = Pick<AccessTokenRow, 'clientId' | 'account' | 'scopes' | 'signedInAt'>;

export function issueAccessToken(desk: VendorDesk, issuedFor: IssuedFor): { token: string; seconds: number } {
  const { accessTokens } = accountsTables(desk);
  const now = desk.clock().getTime();
  for (const old of accessTokens.all()) if (old.expiresAt <= now) accessTokens.delete(old.token);
  const seconds = LIFE_SECONDS.least + (Number(desk.digits('', 4)) % LIFE_SECONDS.spread);
  const token = desk.id('EwB4A8l6BAAU', 80);
  accessTokens.put(token, { token, ...issuedFor, expiresAt: now + seconds * 1_000 });
  return { token, seconds };
}

/** The one before stays good: https://learn.microsoft.com/entra/identity-platform/refresh-tokens */
export function issueRefreshToken(desk: VendorDesk, issuedFor: IssuedFor): string {
  const token = desk.id('M.C548_BAY.0.U.-', 60);
  const expiresAt = desk.clock().getTime() + REFRESH_LIFE_MS;
  accountsTables(desk).refreshTokens.put(token, { token, ...issuedFor, expiresAt });
  return token;
}

/** Ends every access token now; refresh tokens stay. Answers how many there were. */
export function expireAll(desk: VendorDesk): number {
  const { accessTokens } = accountsTables(desk);
  const now = desk.clock().getTime();
  const live = accessTokens.all().filter(({ expiresAt }) => expiresAt > now).length;
  for (const { token } of accessTokens.all()) accessTokens.delete(token);
  return live;
}

/** Ends what one account let in: its person took the application out of the account. Answers how many tokens. */
export function endConsent(desk: VendorDesk, account: string): number {
  let ended = 0;
  const { accessTokens, refreshTokens } = accountsTables(desk);
  for (const table of [accessTokens, refreshTokens])
    for (const row of table.all()) if (row.account === account && table.delete(row.token)) ended += 1;
  return ended;
}
