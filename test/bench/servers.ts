import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import type { Connector } from '../../server/core/connector.ts';
import { noCrash } from '../../server/engine/crash-point.ts';
import { openEngine } from '../../server/engine/engine.ts';
import { door } from '../../server/hooks/door.ts';
import { openDatabase } from '../../server/store/database.ts';
import { insertConnection } from '../postgres/insert-connection.ts';

/**
 * The servers that are compared, each a process of its own: `node servers.ts express|express-bytes|http|ingest`.
 * Prints the port it listens on.
 */
export const SECRET = 'whsec_bench';
export const PATH = '/hooks/vendor/bench-key';

const vendor = {
  id: 'vendor',
  webhooks: {
    schemes: [
      {
        kind: 'hmac-sha256',
        header: 'x-signature',
        encoding: 'hex',
        read: (header: string) => ({ signatures: [header], timestamp: null }),
        prefix: () => '',
      },
    ],
    contentTypes: ['application/json'],
    read: (body: Record<string, unknown>) => [
      { key: String(body.id), topic: 'nothing.listens', recordId: null },
    ],
  },
} as unknown as Connector;

export const sign = (body: string): string => createHmac('sha256', SECRET).update(body).digest('hex');

async function listening(server: ReturnType<typeof createServer>): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
}

/** What most webhook receivers begin as: the body parsed, and sent back. */
async function serveExpress(): Promise<void> {
  const app = express();
  app.post(PATH, express.json(), (request, response) => {
    response.json(request.body);
  });
  await listening(createServer(app));
}

/** The least that Express can do: the bytes are read, and two words answered, as the door does. */
async function serveExpressBytes(): Promise<void> {
  const app = express();
  app.post(PATH, express.raw({ type: '*/*' }), (request, response) => {
    response.status(200).json({ received: (request.body as Buffer).length > 0 });
  });
  await listening(createServer(app));
}

async function serveHttp(): Promise<void> {
  await listening(
    createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts);
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
        response.end(body);
      });
    }),
  );
}

async function serveIngest(connectionString: string, organisationId: string): Promise<void> {
  const onError = (error: unknown): void => {
    process.stderr.write(`${String(error)}\n`);
  };
  const database = openDatabase(connectionString, { onError });
  const engine = await openEngine({
    database,
    connectionString,
    width: 64,
    crash: noCrash,
    timing: { now: Date.now, random: Math.random, pause: (ms) => sleep(ms) },
    log: { info() {}, warn() {}, error: onError },
    about: { host: 'bench', pid: process.pid, url: 'bench' },
    onRunChange() {},
    onDirectoryChange() {},
    onSyncChange() {},
    world: {
      flows: [],
      syncs: [],
      connectors: new Map(),
      organisation: () => Promise.reject(new Error('unused')),
      integrations: async () => [],
      open: () => Promise.reject(new Error('unused')),
    },
  });
  engine.start();
  const connection = {
    id: '00000000-0000-4000-8000-00000000000c',
    organisationId,
    account: 'a',
    secrets: () => [SECRET],
  };
  await insertConnection(database, {
    id: connection.id,
    organisationId,
    connector: 'vendor',
    hookKey: 'bench-key',
  });
  const handle = door({
    connectors: new Map([['vendor', vendor]]),
    find: async () => connection,
    accept: engine.accept,
    now: Date.now,
    crash: noCrash,
    onAnswer() {},
    onError,
  });
  await listening(createServer((request, response) => void handle(request, response)));
}

if (process.argv[1] === import.meta.filename) {
  const [, , kind, connectionString = '', organisationId = ''] = process.argv;
  if (kind === 'express') await serveExpress();
  else if (kind === 'express-bytes') await serveExpressBytes();
  else if (kind === 'http') await serveHttp();
  else await serveIngest(connectionString, organisationId);
}
