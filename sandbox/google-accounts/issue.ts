import type { VendorDesk } from '../core/simulator.ts';
import { keyOf } from './account.ts';
import { type AccessTokenRow, accountsTables, consentKey, type RefreshTokenRow } from './rows.ts';

const LIFE_SECONDS = 3600;
/** Live refresh tokens of one account and client; the oldest dies without a word. */
const MOST_REFRESH_TOKENS = 100;

export type IssuedFor = Pick<AccessTokenRow, 'clientId' | 'account' | 'scopes' | 'refreshToken'>;

/** Whether two rows are of one account and one client. */
const together = (one: Owned, other: Owned): boolean =>
  one.clientId === other.clientId && keyOf(one.account) === keyOf(other.account);

type Owned = Pick<AccessTokenRow, 'clientId' | 'account'>;

export function issueAccessToken(desk: VendorDesk, issuedFor: IssuedFor): { token: string; seconds: number } {
  const { accessTokens } = accountsTables(desk);
  const now = desk.clock().getTime();
  for (const old of accessTokens.all())
    if (old.expiresAt < now - LIFE_SECONDS * 1000) accessTokens.delete(old.token);
  const token = desk.id('ya29.a0', 80);
  accessTokens.put(token, { token, ...issuedFor, expiresAt: now + LIFE_SECONDS * 1000 });
  return { token, seconds: LIFE_SECONDS };
}

export function issueRefreshToken(desk: VendorDesk, of: Omit<RefreshTokenRow, 'token'>): string {
  const { refreshTokens } = accountsTables(desk);
  const live = refreshTokens.all().filter((row) => together(row, of));
  const oldest = live[0];
  if (oldest && live.length >= MOST_REFRESH_TOKENS) refreshTokens.delete(oldest.token);
  const token = desk.id('1//0', 60);
  refreshTokens.put(token, { token, ...of });
  return token;
}

/** Ends the consent that a token of either kind belongs to. False for a token that is not known. */
export function revoke(desk: VendorDesk, token: string): boolean {
  const { accessTokens, refreshTokens, consents } = accountsTables(desk);
  const row = accessTokens.get(token) ?? refreshTokens.get(token);
  if (!row) return false;
  for (const one of accessTokens.all()) if (together(one, row)) accessTokens.delete(one.token);
  for (const one of refreshTokens.all()) if (together(one, row)) refreshTokens.delete(one.token);
  consents.delete(consentKey(row.clientId, keyOf(row.account)));
  return true;
}

/** Ends every access token now; refresh tokens stay. Answers how many there were. */
export function expireAll(desk: VendorDesk): number {
  const { accessTokens } = accountsTables(desk);
  const live = accessTokens.all().filter(({ expiresAt }) => expiresAt > desk.clock().getTime());
  for (const { token } of accessTokens.all()) accessTokens.delete(token);
  return live.length;
}
