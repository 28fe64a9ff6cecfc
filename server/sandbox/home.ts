import { mkdir, stat } from 'node:fs/promises';
import type { Database } from '../store/database.ts';
import { deploymentFact, firstDeploymentFact, setDeploymentFact } from '../store/deployment.ts';
import { asStartFailure } from '../store/postgres/home.ts';

const FACT = 'sandbox-home';

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
    await firstDeploymentFact(sql, FACT, own);
    const kept = await deploymentFact<string>(sql, FACT, { lock: true });
    if (kept !== undefined && (await isFolder(kept))) return kept;
    await setDeploymentFact(sql, FACT, own);
    return own;
  });
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
