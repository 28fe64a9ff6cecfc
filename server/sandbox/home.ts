import { mkdir, stat } from 'node:fs/promises';
import type { Database } from '../store/database.ts';
import { asStartFailure } from '../store/postgres/home.ts';

/**
 * The folder of a deployment's sandbox: its key, and what the simulated vendors know. Servers that share a
 * database share it, whatever folder each was given: the tokens in that database open with that key only, and
 * only those vendors know them. It is the folder of the server that came first, for as long as it stands.
 *
 * @param own this server’s own, absolute; made when it is missing.
 * @throws StartFailure when it cannot be made.
 */
export async function sandboxHome(database: Database, own: string): Promise<string> {
  await mkdir(own, { recursive: true }).catch((error: unknown) => {
    throw asStartFailure(error, own);
  });
  return database.transaction(async (sql) => {
    await sql.query(
      `insert into deployment (name, value) values ('sandbox-home', $1) on conflict (name) do nothing`,
      [JSON.stringify(own)],
    );
    const [row] = await sql.query<{ value: string }>(
      `select value from deployment where name = 'sandbox-home' for update`,
    );
    if (row !== undefined && (await isFolder(row.value))) return row.value;
    await sql.query(`update deployment set value = $1, updated_at = now() where name = 'sandbox-home'`, [
      JSON.stringify(own),
    ]);
    return own;
  });
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
