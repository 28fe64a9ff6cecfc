import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config.ts';
import { openDatabase } from '../store/database.ts';
import { parseKeyring } from './keyring.ts';
import { rotate } from './rotate.ts';

/**
 * `npm run vault:rotate`: with `LIAISON_KEY=new:…,old:…` and the `DATABASE_URL` of a deployment, seals
 * everything under the first key. Servers go on working; each must have been started with both keys.
 */
async function main(): Promise<string> {
  const { databaseUrl, key } = readConfig(process.env);
  if (databaseUrl === null || key === null) {
    throw new Error(
      'vault:rotate needs DATABASE_URL and LIAISON_KEY (the new key first, then the old one, as id:base64).',
    );
  }
  const keyring = parseKeyring(key);
  const database = openDatabase(databaseUrl, { max: 2, onError: () => {} });
  try {
    const count = await rotate(database, keyring);
    return `${count} secrets were sealed again under the key "${keyring.current.id}". The other keys can be taken out of LIAISON_KEY.`;
  } finally {
    await database.close();
  }
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${await main()}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'vault:rotate failed'}\n`);
    process.exitCode = 1;
  }
}
