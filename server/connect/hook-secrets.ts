import { z } from 'zod';
import type { SignatureScheme } from '../core/connector.ts';
import type { ConnectionRow } from '../store/connections.ts';
import type { Sql } from '../store/database.ts';
import { connectionItself, type Vault } from '../vault/vault.ts';

/** Whose deliveries they sign. */
type Owner = Pick<ConnectionRow, 'id' | 'organisationId'>;

type Kind = SignatureScheme['kind'];

const PREFIX = 'hook:';
/** The secret that we offer to vendors that take one. The same one at every repetition. */
const OWN = 'hook-own';
// While one secret takes over from another, deliveries signed with the former are still under way.
const ACCEPTED = 3;

const Secrets = z.array(z.string());

export type HookSecrets = (kind: Kind) => readonly string[];

/** The secrets that deliveries to a connection may be signed with, by scheme, newest first. */
export async function hookSecrets(vault: Vault, sql: Sql, owner: Owner): Promise<HookSecrets> {
  const held = await vault.list(sql, connectionItself(owner), PREFIX);
  const byKind = new Map(
    [...held].map(([name, text]) => [name.slice(PREFIX.length), Secrets.parse(JSON.parse(text))]),
  );
  return (kind) => byKind.get(kind) ?? [];
}

/** Our own secret, made on first use. Letters and digits only: some vendors escape anything else. */
export async function ownSecret(
  vault: Vault,
  sql: Sql,
  owner: Owner,
  randomBytes: (size: number) => Buffer,
): Promise<string> {
  const held = await vault.read(sql, connectionItself(owner), OWN);
  if (held !== null) return held.text;
  const secret = randomBytes(20).toString('hex');
  await vault.put(sql, connectionItself(owner), OWN, secret);
  return secret;
}

/** What is accepted from now on, and nothing that was before. Null: nothing. */
export async function acceptOnly(
  vault: Vault,
  sql: Sql,
  owner: Owner,
  kind: Kind,
  secret: string | null,
): Promise<void> {
  await vault.put(
    sql,
    connectionItself(owner),
    `${PREFIX}${kind}`,
    JSON.stringify(secret === null ? [] : [secret]),
  );
}

/** Accepts one more secret, before the others. */
export async function acceptSecret(
  vault: Vault,
  sql: Sql,
  owner: Owner,
  kind: Kind,
  secret: string,
): Promise<void> {
  const accepted = (await hookSecrets(vault, sql, owner))(kind);
  if (accepted[0] === secret) return;
  const next = [secret, ...accepted.filter((known) => known !== secret)].slice(0, ACCEPTED);
  await vault.put(sql, connectionItself(owner), `${PREFIX}${kind}`, JSON.stringify(next));
}
