import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { listKeyIds, readSecret } from '../store/secrets.ts';
import { sandboxKey } from './key-file.ts';
import { type Keyring, parseKeyring } from './keyring.ts';
import { rotate } from './rotate.ts';
import { seal, unseal } from './seal.ts';
import { storeConnection } from './testing/stored-connection.ts';
import { grantOf, openVault } from './vault.ts';

const newKey = () => randomBytes(32).toString('base64');
const [oldKey, nextKey] = [newKey(), newKey()];
const oldRing = parseKeyring(`old:${oldKey}`);
const bothRing = parseKeyring(`next:${nextKey},old:${oldKey}`);
const nextRing = parseKeyring(`next:${nextKey}`);

let test: TestDatabase;
let database: Database;

function eachWithDatabase(): void {
  beforeEach(async () => {
    test = await createTestDatabase();
    database = openDatabase(test.connectionString, { max: 4, onError: () => {} });
  });
  afterEach(async () => {
    await database.close();
    await test.drop();
  });
}

describe('sealing', () => {
  it('100,000 seals under one key never use a nonce twice, nor give the same bytes', () => {
    const nonces = new Set<string>();
    for (let count = 0; count < 100_000; count += 1) {
      nonces.add(seal(oldRing, ['a'], 'token').sealed.toString('hex', 1, 13));
    }
    expect(nonces.size).toBe(100_000);
  });

  it('opens under its own words only', () => {
    const sealed = seal(oldRing, ['organisation', 'connection', 'tokens'], 'jeton é');
    expect(unseal(oldRing, ['organisation', 'connection', 'tokens'], sealed)).toBe('jeton é');
    for (const other of [
      ['organisation', 'other', 'tokens'],
      ['other', 'connection', 'tokens'],
      ['organisation', 'connection', 'key'],
      ['organisationconnection', '', 'tokens'],
      [],
    ]) {
      expect(() => unseal(oldRing, other, sealed)).toThrow('does not open');
    }
  });

  it('notices every changed byte and every cut', () => {
    const { sealed, keyId } = seal(oldRing, ['a'], 'token');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => unseal(oldRing, ['a'], { sealed: changed, keyId })).toThrow();
      expect(() => unseal(oldRing, ['a'], { sealed: sealed.subarray(0, index), keyId })).toThrow();
    }
  });
});

describe('keyring', () => {
  it.each([
    ['nothing', ''],
    ['a short one', 'short'],
    ['half of one', newKey().slice(0, 20)],
    ['one beside nonsense', `${newKey()},nonsense`],
    ['two of one name', `a:${newKey()},a:${newKey()}`],
    ['33 bytes', 'x'.repeat(44)],
  ])('refuses %s without repeating it', (_name, text) => {
    let message = '';
    try {
      parseKeyring(text);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('LIAISON_KEY');
    if (text.length > 10) expect(message).not.toContain(text);
  });

  it('a key without a name keeps its name when a newer one stands before it', () => {
    const key = newKey();
    const alone = parseKeyring(key).current.id;
    expect([...parseKeyring(`${newKey()},${key}`).keys.keys()][1]).toBe(alone);
  });

  it('two processes that make the sandbox’s key together get one, which only its owner may read', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'liaison-key-'));
    const keys = await Promise.all(Array.from({ length: 8 }, () => sandboxKey(path.join(folder, 'data'))));
    expect(new Set(keys).size).toBe(1);
    expect(parseKeyring(keys[0]!).keys.size).toBe(1);
    expect((await stat(path.join(folder, 'data', 'sandbox.key'))).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });
});

describe('vault', () => {
  eachWithDatabase();

  it('a wrong key refuses to start, and changes nothing', async () => {
    await openVault(database, oldRing);
    await expect(openVault(database, nextRing)).rejects.toThrow('sealed with another key (“old”)');
    await expect(openVault(database, parseKeyring(`old:${nextKey}`))).rejects.toThrow(
      'sealed with another key',
    );
    await openVault(database, oldRing);
    await openVault(database, bothRing);
  });

  it('of two different keys that start together on an empty database one is refused', async () => {
    const outcomes = await Promise.allSettled([openVault(database, oldRing), openVault(database, nextRing)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('ciphertext that is moved to another grant, organisation or name does not open', async () => {
    const vault = await openVault(database, oldRing);
    const [mine, theirs] = [await storeConnection(database), await storeConnection(database)];
    await vault.put(database, grantOf(mine), 'tokens', 'mine');
    await vault.put(database, grantOf(theirs), 'tokens', 'theirs');
    const move = `update secrets set sealed = (select sealed from secrets where grant_id = $2 and name = 'tokens') where grant_id = $1`;
    await database.query(move, [theirs.grantId, mine.grantId]);
    await expect(vault.read(database, grantOf(theirs), 'tokens')).rejects.toThrow('does not open');
    await database.query(`update secrets set name = 'key' where grant_id = $1`, [mine.grantId]);
    await expect(vault.read(database, grantOf(mine), 'key')).rejects.toThrow('does not open');
    await expect(
      vault.read(database, { ...grantOf(mine), organisationId: theirs.organisationId }, 'key'),
    ).rejects.toThrow();
  });

  it('no table holds a secret in the clear', async () => {
    const vault = await openVault(database, oldRing);
    const connection = await storeConnection(database);
    await vault.put(database, grantOf(connection), 'tokens', 'canary-5f1c9e');
    const tables = await database.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    expect(tables.length).toBeGreaterThan(5);
    for (const { name } of tables) {
      const rows = await database.query<{ row: string }>(`select t::text as row from "${name}" t`);
      const hex = Buffer.from('canary-5f1c9e').toString('hex');
      expect(rows.filter(({ row }) => row.includes('canary-5f1c9e') || row.includes(hex))).toEqual([]);
    }
  });

  it('a swap that is based on an older version changes nothing', async () => {
    const vault = await openVault(database, oldRing);
    const connection = await storeConnection(database);
    await vault.put(database, grantOf(connection), 'tokens', 'one');
    const swap = (version: number, text: string) =>
      vault.swap(database, grantOf(connection), 'tokens', { version, text, lifetimeMs: null });
    const both = await Promise.all([swap(1, 'two'), swap(1, 'three')]);
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await swap(1, 'four')).toBe(false);
    expect(await vault.read(database, grantOf(connection), 'tokens')).toMatchObject({
      text: both[0] ? 'two' : 'three',
      version: 2,
    });
  });
});

describe('rotation', () => {
  eachWithDatabase();

  async function fill(ring: Keyring, count: number) {
    const vault = await openVault(database, ring);
    const connection = await storeConnection(database);
    for (let index = 0; index < count; index += 1)
      await vault.put(database, grantOf(connection), `name-${index}`, `text-${index}`);
    return { vault, connection };
  }

  it('seals everything again; then the old key can go, and only then', async () => {
    const { connection } = await fill(oldRing, 450);
    await openVault(database, bothRing);
    expect(await rotate(database, bothRing)).toBe(450);
    expect(await listKeyIds(database)).toEqual(['next']);
    const vault = await openVault(database, nextRing);
    expect((await vault.read(database, grantOf(connection), 'name-449'))?.text).toBe('text-449');
    await expect(openVault(database, oldRing)).rejects.toThrow();
    expect(await rotate(database, nextRing)).toBe(0);
  });

  it('a key that still seals something is not let go', async () => {
    const { connection } = await fill(oldRing, 1);
    await rotate(database, bothRing);
    await (await openVault(database, bothRing)).put(database, grantOf(connection), 'x', 'y');
    await database.query(`update secrets set key_id = 'old' where name = 'x'`);
    await expect(openVault(database, nextRing)).rejects.toThrow('still sealed under the key “old”');
  });

  it('keeps what a server saved in the meantime, and lets a refresh under way save its result', async () => {
    const { vault, connection } = await fill(oldRing, 1);
    const stale = await readSecret(database, grantOf(connection), 'name-0');
    await vault.swap(database, grantOf(connection), 'name-0', {
      version: stale!.version,
      text: 'newer',
      lifetimeMs: null,
    });
    await rotate(database, bothRing);
    expect(
      (await vault.read(database, grantOf(connection), 'name-0').catch(() => null))?.text,
    ).toBeUndefined();
    const next = await openVault(database, nextRing);
    const held = await next.read(database, grantOf(connection), 'name-0');
    expect(held).toMatchObject({ text: 'newer', version: 2 });
    expect(
      await next.swap(database, grantOf(connection), 'name-0', {
        version: 2,
        text: 'newest',
        lifetimeMs: null,
      }),
    ).toBe(true);
  });

  it('runs as a command, and names what is missing', async () => {
    await fill(oldRing, 3);
    const run = (environment: Record<string, string>) =>
      promisify(execFile)(process.execPath, ['server/vault/rotate-command.ts'], { env: environment });
    const done = await run({
      DATABASE_URL: test.connectionString,
      LIAISON_KEY: `next:${nextKey},old:${oldKey}`,
    });
    expect(done.stdout).toContain('3 secrets were sealed again under the key "next"');
    await expect(run({ DATABASE_URL: test.connectionString })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('LIAISON_KEY') as string,
    });
  });
});
