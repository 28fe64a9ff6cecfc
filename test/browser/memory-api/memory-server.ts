import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import type { AlertServices } from '../../../server/api/alerts/alert-services.ts';
import type { Role } from '../../../server/api/contract.ts';
import { BASE_PATH } from '../../../server/api/paths.ts';
import { createApi } from '../../../server/api/router.ts';
import { localSession } from '../../../server/api/session/session.ts';
import type { SyncServices } from '../../../server/api/syncs/sync-services.ts';
import { buildPages } from '../build-pages.ts';
import { exampleConnections, exampleFlows } from './example-settings.ts';
import { type MemoryOrganisation, MemoryServices } from './memory-services.ts';

const PROJECT = new URL('../../../', import.meta.url).pathname;

export interface MemoryServer {
  readonly url: string;
  readonly world: MemoryOrganisation;
  readonly services: MemoryServices;
  /** Who the next requests come from. */
  role: Role;
  mode: 'sandbox' | 'production';
  /** Closes the port and every line, as a server that went away does; `start` opens the same port again. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** The built pages and the real API over one organisation in memory. */
export async function openMemoryServer(
  runs: MemoryOrganisation['runs'] = [],
  syncs?: SyncServices,
  alerts?: AlertServices,
): Promise<MemoryServer> {
  await buildPages();
  const world: MemoryOrganisation = {
    organisation: {
      id: 'lumen',
      name: 'Atelier Lumen',
      locale: 'fr-FR',
      timeZone: 'Europe/Paris',
      currency: 'EUR',
    },
    runs: [...runs],
    flows: exampleFlows(),
    connections: exampleConnections(),
  };
  const services = new MemoryServices([world], syncs, alerts);
  let close = async () => {};
  let port = 0;
  let starts = 0;
  const handle: MemoryServer = {
    get url() {
      return `http://127.0.0.1:${port}/`;
    },
    world,
    services,
    role: 'admin',
    mode: 'sandbox',
    stop: () => close(),
    async start() {
      starts += 1;
      const api = createApi({
        services,
        session: localSession(async () => ({
          organisationId: 'lumen',
          role: handle.role,
          user: { id: 'u2', name: 'Hugo Marchetti' },
        })),
        mode: handle.mode,
        sandboxUrl: handle.mode === 'sandbox' ? 'http://127.0.0.1:9/' : null,
        version: '0.0.0',
        epoch: `start${starts}`,
        log: { error: (facts) => process.stderr.write(`${JSON.stringify(facts)}\n`) },
      });
      const app = express()
        .use(BASE_PATH, api.router)
        .use(express.static(join(PROJECT, 'dist', 'widget')));
      const server = createServer(app).listen(port, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      port = (server.address() as AddressInfo).port;
      close = async () => {
        api.close();
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      };
    },
  };
  await handle.start();
  return handle;
}
