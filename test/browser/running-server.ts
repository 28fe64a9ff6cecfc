import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '../postgres/test-database.ts';
import { liaisonProgram } from '../system/liaison-process.ts';
import { buildPages } from './build-pages.ts';

const PROJECT = new URL('../../', import.meta.url).pathname;
const START_WITHIN_MS = 60_000;

export interface RunningServer {
  /** Ends with a slash. */
  readonly url: string;
  readonly sandboxUrl: string;
  /** Calls the sandbox's control interface. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * The whole product as a user starts it, on free ports and a folder of its own.
 *
 * @param database `own`: with a PostgreSQL of its own, as whoever tries it has it; `served`: one of the suite's, which
 *   starts sooner. What people see is the same.
 */
export async function startServer(database: 'own' | 'served' = 'served'): Promise<RunningServer> {
  await buildPages();
  const folder = await mkdtemp(join(tmpdir(), 'liaison-browser-'));
  const { DATABASE_URL: _ours, ...environment } = process.env;
  const served = database === 'served' ? await createTestDatabase() : null;
  const server = spawn(process.execPath, liaisonProgram(), {
    cwd: PROJECT,
    env: {
      ...environment,
      ...(served && { DATABASE_URL: served.connectionString }),
      PORT: '0',
      SANDBOX_PORT: '0',
      LIAISON_DATA: join(folder, 'data'),
      LANG: 'C',
      LC_ALL: 'C',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    await ended(server);
    await served?.drop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [url, sandboxUrl] = await addresses(server);
    return {
      url,
      sandboxUrl,
      stop,
      async control(method, path, body) {
        const answer = await fetch(new URL(`_sandbox/${path}`, sandboxUrl), {
          method,
          ...(body !== undefined && {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
        });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${path}: ${text}`);
        return text === '' ? null : JSON.parse(text);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The two addresses that the banner prints, once it does. */
function addresses(server: ChildProcess): Promise<[string, string]> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(
      () => reject(new Error(`The server did not start within ${START_WITHIN_MS} ms. It said: ${said}`)),
      START_WITHIN_MS,
    );
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const [app, sandbox] = [...said.matchAll(/^ {2}\S.* (http:\/\/[\w.:[\]]+)\/?$/gm)].map(
        ([, address]) => address,
      );
      if (!/Liaison is ready/.test(said) || app === undefined || sandbox === undefined) return;
      clearTimeout(late);
      resolve([`${app}/`, `${sandbox}/`]);
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The server ended with ${code} before it was ready. It said: ${said}`));
    });
  });
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) {
      resolve();
      return;
    }
    const hard = setTimeout(() => server.kill('SIGKILL'), 12_000);
    server.once('exit', () => {
      clearTimeout(hard);
      resolve();
    });
    server.kill('SIGTERM');
  });
}
