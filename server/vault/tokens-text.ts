import { z } from 'zod';

/** Names of the secrets of a connection. */
export const TOKENS = 'tokens';
export const KEY = 'key';

const StoredTokens = z.object({
  accessToken: z.string(),
  refreshToken: z.string().nullable(),
  /** Milliseconds that the access token was given for; null when it does not expire. */
  lifetimeMs: z.number().nullable(),
});

/** The tokens of a connection: one secret, so that they change together. */
export type StoredTokens = z.infer<typeof StoredTokens>;

export function readTokens(text: string): StoredTokens {
  return StoredTokens.parse(JSON.parse(text));
}

export function writeTokens({ accessToken, refreshToken, lifetimeMs }: StoredTokens): string {
  return JSON.stringify({ accessToken, refreshToken, lifetimeMs });
}

const FIVE_MINUTES = 5 * 60_000;

/**
 * True when the access token is due for a refresh: less than five minutes are left, or, of a token that
 * lives only for minutes, less than a quarter.
 */
export function isDue({ lifetimeMs }: StoredTokens, remainingMs: number | null): boolean {
  if (remainingMs === null) return false;
  return remainingMs < Math.min(FIVE_MINUTES, (lifetimeMs ?? FIVE_MINUTES * 4) / 4);
}
