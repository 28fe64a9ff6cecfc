import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { endAll, stillRunning } from './aftermath.ts';
import { freePort, newPlace, ofAnyProgram, type Place, startLiaison } from './liaison-process.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** How long a busy machine is waited for; it ends in a second or three. */
const PATIENCE_MS = 60_000;
const ENGLISH = 'C.UTF-8';
const FRENCH = 'fr_FR.UTF-8';

interface End {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts Liaison as a user would, where it cannot start, and waits until it has ended. */
async function startInVain(variables: Record<string, string>): Promise<End> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: ROOT,
    env: { ...ofAnyProgram(), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (part: Buffer) => {
    said.stdout += part.toString();
  });
  child.stderr.on('data', (part: Buffer) => {
    said.stderr += part.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

const variablesOf = (place: Place, locale: string): Record<string, string> => ({
  LIAISON_DATA: place.folder,
  PORT: String(place.port),
  SANDBOX_PORT: String(place.sandboxPort),
  LANG: locale,
});

/** One line that is one or more sentences, and nothing of the program's insides. */
function clearSentence(end: End): string {
  expect(end.code).toBe(1);
  expect(end.stdout).toBe('');
  expect(end.stderr).toMatch(/^\p{Lu}[^\n]+\.\n$/u);
  expect(end.stderr).not.toMatch(/\bat .*:\d+:\d+|node:internal|Error\b|\{"/);
  return end.stderr;
}

/** Starts in both languages at once, each with the variables that make it fail. */
async function sentences(english: Record<string, string>, french: Record<string, string>): Promise<string[]> {
  return (await Promise.all([startInVain(english), startInVain(french)])).map(clearSentence);
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await closed;
}

let place: Place;
let otherPlace: Place;
/** Programs that have the ports: one answers as a web server does, the other says nothing. */
let web: Server;
let mute: Server;

beforeAll(async () => {
  place = await newPlace();
  otherPlace = await newPlace();
  web = createHttpServer((_request, response) => void response.end('something else'));
  mute = createServer((socket) => socket.resume());
  for (const server of [web, mute]) await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(async () => {
  await endAll(place, []);
  await endAll(otherPlace, []);
  await close(web);
  await close(mute);
});

describe('a Liaison that cannot start ends with one clear sentence, in the language of the terminal', () => {
  it('when another program has its port', async () => {
    const [taken, alsoTaken] = [portOf(web), portOf(mute)];
    const [en, fr] = await sentences(
      { ...variablesOf(place, ENGLISH), PORT: String(taken) },
      { ...variablesOf(otherPlace, FRENCH), PORT: String(alsoTaken) },
    );
    expect(en).toMatch(new RegExp(`^Port ${taken} is in use by another program.* PORT `));
    expect(fr).toMatch(new RegExp(`^Le port ${alsoTaken} est utilisé par un autre programme.* PORT\\b`));
    expect(await stillRunning(place)).toEqual([]);
  });

  it('when another program has its sandbox’s port, and stops what it had started', async () => {
    const [taken, alsoTaken] = [portOf(web), portOf(mute)];
    const [en, fr] = await sentences(
      { ...variablesOf(place, ENGLISH), SANDBOX_PORT: String(taken) },
      { ...variablesOf(otherPlace, FRENCH), SANDBOX_PORT: String(alsoTaken) },
    );
    expect(en).toMatch(new RegExp(`^Port ${taken} is used by another program.* SANDBOX_PORT `));
    expect(fr).toMatch(
      new RegExp(`^Le port ${alsoTaken} est utilisé par un autre programme.* SANDBOX_PORT\\b`),
    );
    expect(await stillRunning(place)).toEqual([]);
    expect(await stillRunning(otherPlace)).toEqual([]);
  });

  it('when a variable holds what cannot be used, naming it', async () => {
    const [en, fr] = await sentences(
      { ...variablesOf(place, ENGLISH), PORT: 'http' },
      { ...variablesOf(otherPlace, FRENCH), LIAISON_MODE: 'live' },
    );
    expect(en).toMatch(/^PORT is set to something/);
    expect(fr).toMatch(/^La valeur de LIAISON_MODE est inutilisable/);
  });

  it('when the address or the database that it was given is not there', async () => {
    const [en, fr] = await sentences(
      // A block that RFC 5737 keeps for examples: no machine has it.
      { ...variablesOf(place, ENGLISH), HOST: '203.0.113.7' },
      { ...variablesOf(otherPlace, FRENCH), DATABASE_URL: 'postgres://127.0.0.1:1/liaison' },
    );
    expect(en).toMatch(/^This machine has no address 203\.0\.113\.7\. Set HOST /);
    expect(fr).toMatch(/^Le PostgreSQL de DATABASE_URL \(127\.0\.0\.1:1\) est inutilisable/);
  });

  it('when the key that it was given cannot be used', async () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    const untouched = join(place.folder, 'untouched');
    const [en, fr] = await sentences(
      { ...variablesOf(place, ENGLISH), LIAISON_DATA: untouched, LIAISON_KEY: 'too-short' },
      { ...variablesOf(otherPlace, FRENCH), LIAISON_KEY: `a:${key},a:${key}` },
    );
    expect(en).toMatch(/^LIAISON_KEY must be 32 random bytes/);
    expect(fr).toMatch(/^LIAISON_KEY nomme deux clés «\u00a0a\u00a0»/);
    // Said before anything is started: no database was made for it.
    expect(existsSync(untouched)).toBe(false);
    expect(await stillRunning(place)).toEqual([]);
    expect(await stillRunning(otherPlace)).toEqual([]);
  });

  it('in production, naming all that it needs and has not, and only that', async () => {
    const production = { LIAISON_MODE: 'production', LIAISON_KEY: '' };
    const [en, fr] = await sentences(
      { ...variablesOf(place, ENGLISH), ...production },
      {
        ...variablesOf(otherPlace, FRENCH),
        ...production,
        DATABASE_URL: 'postgres://127.0.0.1:1/liaison',
        PUBLIC_URL: 'https://liaison.example',
      },
    );
    expect(en).toMatch(/^In production .*DATABASE_URL.*LIAISON_KEY.*PUBLIC_URL/);
    expect(fr).toMatch(/^En production,.*LIAISON_KEY/);
    expect(fr).not.toMatch(/DATABASE_URL|PUBLIC_URL/);
    expect(await stillRunning(place)).toEqual([]);
  });

  it('when another live Liaison has its data folder: that one is named, and left alone', async () => {
    const first = await startLiaison(place);
    try {
      const ports = { PORT: String(await freePort()), SANDBOX_PORT: String(await freePort()) };
      const [en, fr] = await sentences(
        { ...variablesOf(place, ENGLISH), ...ports },
        { ...variablesOf(place, FRENCH), PORT: '0', SANDBOX_PORT: '0' },
      );
      expect(en).toContain(`Another Liaison (process ${first.child.pid}, ${first.url})`);
      expect(fr).toContain(`Un autre Liaison (processus ${first.child.pid}, ${first.url})`);
      expect(en).toContain(place.folder);
      for (const port of Object.values(ports))
        await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
      expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
      expect((await fetch(`${first.sandboxUrl}/_sandbox`)).status).toBe(200);
    } finally {
      expect(await first.stop()).toBe(0);
    }
    expect(await stillRunning(place)).toEqual([]);
  });
});
