import { readFile, stat } from 'node:fs/promises';
import { noAccount, StartFailure } from './start-failure.ts';

/** An account of the machine that programs can be started as. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

// `nobody` is on every Unix; a distribution that packages PostgreSQL also has `postgres`.
const PREFERRED = ['postgres', 'nobody'];

/** The accounts of a passwd file: `name:password:uid:gid:comment:home:shell`. */
export function parsePasswd(text: string): Account[] {
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    const ids = { uid: Number(uid), gid: Number(gid) };
    const valid = name && uid && gid && Number.isInteger(ids.uid) && Number.isInteger(ids.gid);
    return valid ? [{ name, ...ids }] : [];
  });
}

/**
 * The account that PostgreSQL must run as, or undefined when it can run as ourselves. PostgreSQL
 * refuses root, and needs an account that the machine knows by name.
 *
 * @param cluster an existing cluster keeps the account that owns it.
 * @throws StartFailure when we are root and the machine has no suitable account.
 */
export async function accountToRunAs(
  cluster: string | undefined,
  passwdFile = '/etc/passwd',
): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = parsePasswd(await readFile(passwdFile, 'utf8').catch(() => '')).filter(
    (account) => account.uid !== 0,
  );
  const owner = cluster === undefined ? undefined : await stat(cluster).catch(() => undefined);
  const chosen =
    accounts.find((account) => account.uid === owner?.uid) ??
    PREFERRED.map((name) => accounts.find((account) => account.name === name)).find(Boolean);
  if (chosen === undefined) throw new StartFailure(noAccount);
  return chosen;
}
