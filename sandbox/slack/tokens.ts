import type { VendorDesk } from '../core/simulator.ts';
import { SlackRefusal } from './refusal.ts';
import { slackTables, type TokenRow } from './rows.ts';

/** A bot token. One app has one token in a workspace: installing it again adds scopes to it. */
export function installToken(desk: VendorDesk, clientId: string, scopes: readonly string[]): TokenRow {
  const { tokens } = slackTables(desk);
  const held = tokens.all().find((row) => row.clientId === clientId && !row.revoked);
  const token = held?.token ?? desk.id(`xoxb-${desk.digits('', 12)}-${desk.digits('', 13)}-`, 24);
  const all = [...new Set([...(held?.scopes ?? []), ...scopes])];
  return tokens.put(token, { token, clientId, scopes: all, revoked: false });
}

/** Throws unless the token is one of this workspace's. */
export function believe(desk: VendorDesk, token: string): TokenRow {
  if (token === '') throw new SlackRefusal('not_authed');
  const row = slackTables(desk).tokens.get(token);
  if (!row) throw new SlackRefusal('invalid_auth');
  if (row.revoked) throw new SlackRefusal('token_revoked');
  return row;
}

export function revokeToken(desk: VendorDesk, row: TokenRow): void {
  slackTables(desk).tokens.put(row.token, { ...row, revoked: true });
}

/** Ends every token of the workspace. Answers how many there were. */
export function revokeAll(desk: VendorDesk): number {
  const live = slackTables(desk)
    .tokens.all()
    .filter(({ revoked }) => !revoked);
  for (const row of live) revokeToken(desk, row);
  return live.length;
}
