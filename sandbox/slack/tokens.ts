import type { VendorDesk } from '../core/simulator.ts';
import { SlackRefusal } from './refusal.ts';
import { slackTables, type TokenRow } from './rows.ts';
import { findWorkspace } from './workspace.ts';

/** Of all workspaces together, whichever of them the desk is. */
const tokensOf = (desk: VendorDesk) => slackTables(desk.other('slack')).tokens;

/** A bot token. One app has one token in a workspace: installing it again adds scopes to it. */
export function installToken(
  desk: VendorDesk,
  { clientId, workspace, scopes }: Pick<TokenRow, 'clientId' | 'workspace' | 'scopes'>,
): TokenRow {
  const tokens = tokensOf(desk);
  const home = findWorkspace(workspace);
  const held = tokens
    .all()
    .find((row) => row.clientId === clientId && findWorkspace(row.workspace) === home && !row.revoked);
  const token = held?.token ?? desk.id(`xoxb-${desk.digits('', 12)}-${desk.digits('', 13)}-`, 24);
  const all = [...new Set([...(held?.scopes ?? []), ...scopes])];
  return tokens.put(token, {
    token,
    clientId,
    ...(workspace === undefined ? {} : { workspace }),
    scopes: all,
    revoked: false,
  });
}

/** Throws unless the token is one of a workspace's. */
export function believe(desk: VendorDesk, token: string): TokenRow {
  if (token === '') throw new SlackRefusal('not_authed');
  const row = tokensOf(desk).get(token);
  if (!row) throw new SlackRefusal('invalid_auth');
  if (row.revoked) throw new SlackRefusal('token_revoked');
  return row;
}

export function revokeToken(desk: VendorDesk, row: TokenRow): void {
  tokensOf(desk).put(row.token, { ...row, revoked: true });
}

/** Ends every token of every workspace. Answers how many there were. */
export function revokeAll(desk: VendorDesk): number {
  const live = tokensOf(desk)
    .all()
    .filter(({ revoked }) => !revoked);
  for (const row of live) revokeToken(desk, row);
  return live.length;
}
