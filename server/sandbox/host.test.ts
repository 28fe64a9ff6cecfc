import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fingerprintOf } from '../../sandbox/core/fingerprint.ts';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/test-database.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { commandLine } from '../store/postgres/process-table.ts';
import { type SandboxHost, startSandboxHost } from './host.ts';
import {
  probe,
  SANDBOX_SOURCE,
  type SandboxAnswer,
  sourceFingerprint,
  stopSandboxProcess,
} from './process.ts';

const log = { info() {}, warn() {}, error() {} };
const alone = async () => true;
const amongOthers = async () => false;

let test: TestDatabase;
let database: Database;
let dataFolder: string;
const pids = new Set<number>();
beforeEach(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.connectionString, { onError() {} });
  dataFolder = await mkdtemp(join(tmpdir(), 'liaison-sandbox-'));
});
afterEach(async () => {
  for (const pid of pids) await stopSandboxProcess(pid);
  pids.clear();
  await database.close();
  await test.drop();
  await rm(dataFolder, { recursive: true, force: true });
});

async function start(changes: Partial<Parameters<typeof startSandboxHost>[0]> = {}): Promise<SandboxHost> {
  const host = await startSandboxHost({
    port: 0,
    dataFolder,
    database,
    log,
    liaisonUrl: 'http://127.0.0.1:3000',
    stopAsked: new AbortController().signal,
    lastOne: alone,
    ...changes,
  });
  pids.add((await at(host.url)).pid);
  return host;
}

async function at(url: string): Promise<SandboxAnswer> {
  const answer = await probe(url);
  if (typeof answer === 'string') throw new Error(`${answer} at ${url}`);
  return answer;
}

const portOf = (url: string) => Number(new URL(url).port);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

describe('the sandbox of a server', () => {
  it('is known by the same fingerprint on both sides', async () => {
    expect(await sourceFingerprint()).toBe(fingerprintOf(SANDBOX_SOURCE));
  });

  it('runs as a process apart, and stops with the last server', async () => {
    const first = await start({ lastOne: amongOthers });
    const second = await start();
    expect(second.url).toBe(first.url);
    await first.stop();
    expect((await at(first.url)).dataFolder).toBe(join(dataFolder, 'sandbox'));
    await second.stop();
    expect(await probe(first.url)).toBe('nothing');
    expect(await database.query(`select from deployment where name = 'sandbox'`)).toEqual([]);
  });

  it('is not waited for by a server that is told to stop meanwhile, and is not left running', async () => {
    const asked = new AbortController();
    const port = await freePort();
    const starting = start({ port, stopAsked: asked.signal });
    // It is at work from the moment in which it has a log.
    while ((await stat(join(dataFolder, 'sandbox.log')).catch(() => null)) === null) await pause(5);
    asked.abort(new Error('told to stop'));
    await expect(starting).rejects.toThrow('told to stop');
    expect(await probe(`http://127.0.0.1:${port}`)).toBe('nothing');
    expect(await database.query(`select from deployment where name = 'sandbox'`)).toEqual([]);
  });

  it('is one for two servers that start at the same moment, and answers at the port of each', async () => {
    const port = await freePort();
    const [one, two] = await Promise.all([
      start({ lastOne: amongOthers }),
      start({ port, lastOne: amongOthers }),
    ]);
    expect(one.url).toBe(two.url);
    const { pid } = await at(one.url);
    expect((await at(`http://127.0.0.1:${port}`)).pid).toBe(pid);
    await Promise.all([one.stop(), two.stop()]);
    expect((await at(one.url)).pid).toBe(pid);
  });

  it('left running by a crash is adopted by the next server of the same data, known to the database or not', async () => {
    const port = await freePort();
    const before = await at((await start({ port })).url);
    expect(await at((await start({ port })).url)).toEqual(before);
    await database.query('delete from deployment');
    expect(await at((await start({ port })).url)).toEqual(before);
  });

  it('left running gives way when it must record now, or its port is not the wanted one', async () => {
    const old = await at((await start()).url);
    const recording = await at((await start({ record: join(dataFolder, 'record.ndjson') })).url);
    expect(await commandLine(old.pid)).toBe('');
    const port = await freePort();
    const moved = await start({ port });
    expect(portOf(moved.url)).toBe(port);
    expect(await commandLine(recording.pid)).toBe('');
  });

  it('of another data folder is ended when its server is dead, and respected when it lives', async () => {
    const port = await freePort();
    const other = await mkdtemp(join(tmpdir(), 'liaison-sandbox-'));
    const theirs = await start({ port, dataFolder: other });
    await database.query('delete from deployment');

    await writeFile(join(other, 'sandbox-server.pid'), `${process.ppid}\n`);
    await expect(start({ port })).rejects.toThrow(`sandbox of another Liaison (data folder ${other})`);
    await writeFile(join(other, 'sandbox-server.pid'), '');
    const ours = await start({ port });
    expect(ours.url).toBe(theirs.url);
    expect((await at(ours.url)).dataFolder).toBe(join(dataFolder, 'sandbox'));
    await rm(other, { recursive: true });
  });

  it('is not started on a port of another program, and the sentence names the port', async () => {
    const stranger = createServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi'),
    ).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as { port: number };
    await expect(start({ port })).rejects.toThrow(`Port ${port} is used by another program`);
    stranger.close();
  });
});
