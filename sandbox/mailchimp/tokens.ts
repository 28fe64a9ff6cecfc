import type { VendorDesk } from '../core/simulator.ts';
import { MailchimpRefusal } from './problem.ts';
import { mailchimpTables, type TokenRow } from './rows.ts';

/** A token that never expires. One application has one in an account. */
export function issueToken(desk: VendorDesk, clientId: string): TokenRow {
  const { tokens } = mailchimpTables(desk);
  const held = tokens.all().find((row) => row.clientId === clientId);
  return held ?? put(desk, { token: desk.id('', 32).toLowerCase(), clientId });
}

function put(desk: VendorDesk, row: TokenRow): TokenRow {
  return mailchimpTables(desk).tokens.put(row.token, row);
}

/** The token of an Authorization header: `Bearer`, or `OAuth` as older clients say; Basic has it as password. */
export function tokenOf(authorization: string | undefined): string | null {
  const [, scheme = '', value = ''] = /^(\w+) +(\S+)$/.exec(authorization ?? '') ?? [];
  if (/^(bearer|oauth|apikey)$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return null;
  return Buffer.from(value, 'base64').toString('utf8').split(':', 2)[1] ?? null;
}

/** Throws unless the header holds a token of this account. */
export function believe(desk: VendorDesk, authorization: string | undefined): TokenRow {
  const token = tokenOf(authorization);
  if (token === null)
    throw new MailchimpRefusal(401, 'API Key Missing', 'Your request did not include an API key.');
  const row = mailchimpTables(desk).tokens.get(token);
  if (!row)
    throw new MailchimpRefusal(
      401,
      'API Key Invalid',
      "Your API key may be invalid, or you've attempted to access the wrong datacenter.",
    );
  return row;
}

/** The account takes the application's access back. Answers how many tokens that ended. */
export function revokeAll(desk: VendorDesk): number {
  const { tokens } = mailchimpTables(desk);
  const live = tokens.all();
  for (const { token } of live) tokens.delete(token);
  return live.length;
}
