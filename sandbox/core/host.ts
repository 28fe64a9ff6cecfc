import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import { readBody } from './body.ts';
import { openCalls } from './calls.ts';
import { type ControlParts, control } from './control.ts';
import { openDeliveries } from './deliveries.ts';
import { openDesks } from './desks.ts';
import { exchange } from './exchange.ts';
import { openFaults } from './fault.ts';
import { fingerprintOf } from './fingerprint.ts';
import { openLedger } from './ledger.ts';
import { openRecorder } from './recording.ts';
import type { Scenario } from './scenario.ts';
import type { Simulator, VendorDesk } from './simulator.ts';
import { openTables } from './tables.ts';

export interface SandboxOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** Holds the journal. One sandbox at a time. */
  readonly dataFolder: string;
  /** File to which every exchange with a vendor's API is appended. */
  readonly record?: string | undefined;
  readonly simulators: readonly Simulator[];
  /** Those of the simulators unless given. */
  readonly scenarios?: readonly Scenario[];
  /** Pages for people, mounted at `/`. */
  readonly pages?: (parts: ControlParts) => Router;
  /** By how much vendors' limits on calls are stretched; 1, the real ones, unless given. */
  readonly limitFactor?: number;
  readonly clock?: () => Date;
  readonly random?: () => number;
}

export interface RunningSandbox {
  /** `http://127.0.0.1:3001` */
  readonly url: string;
  readonly port: number;
  /** Desk of a vendor, for tests that look behind the API. */
  desk(vendor: string): VendorDesk;
  stop(): Promise<void>;
}

/**
 * Starts the host of simulators on 127.0.0.1. The port is taken before the journal is opened, so that a
 * second sandbox fails (`EADDRINUSE`) before it touches the first one's data.
 */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  // As vendors do: whoever was held up for some seconds still finds the connection that it kept.
  const server = createServer({ keepAliveTimeout: 65_000 });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  try {
    const { app, deskOf, close } = assemble(options, url);
    server.on('request', app);
    return {
      url,
      port,
      desk: deskOf,
      async stop() {
        await new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        });
        await close();
      },
    };
  } catch (error) {
    server.close();
    throw error;
  }
}

function assemble(options: SandboxOptions, url: string) {
  const { simulators, dataFolder, clock = () => new Date(), random = Math.random } = options;
  const scenarios = options.scenarios ?? simulators.flatMap((one) => one.scenarios ?? []);
  const { limitFactor = 1 } = options;
  const tables = openTables(dataFolder);
  const ledger = openLedger(tables.table('sandbox', 'ledger'), clock);
  const faults = openFaults(tables.table('sandbox', 'faults'), random, clock);
  const recorder = openRecorder(options.record);
  const calls = openCalls();
  const deliveries = openDeliveries(tables.table('sandbox', 'deliveries'), {
    clock,
    random,
    faultOf: faults.show,
    signers: Object.assign({}, ...simulators.map((one) => one.signers)),
    onAttempt({ vendor, subscription }, ok) {
      const simulator = simulators.find((one) => one.vendor === vendor);
      if (subscription !== undefined) simulator?.delivered?.(deskOf(vendor), subscription, { ok });
    },
  });
  const deskOf = openDesks(simulators, { tables, ledger, deliveries, faults, clock, url, limitFactor });
  const seeded = tables.table<{ at: string }>('sandbox', 'seeded');
  // Per vendor, so that a simulator that is new to an existing data folder gets its records too.
  const seed = (): void => {
    for (const simulator of simulators) {
      if (seeded.get(simulator.vendor)) continue;
      simulator.seed(deskOf(simulator.vendor));
      seeded.put(simulator.vendor, { at: clock().toISOString() });
    }
  };
  const reset = (): void => {
    deliveries.forget();
    tables.clear();
    seed();
  };

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(readBody());
  const about = { dataFolder, fingerprint: fingerprintOf(join(import.meta.dirname, '..')) };
  const held = { tables, ledger, deliveries, faults, calls };
  const parts = { simulators, scenarios, deskOf, ...held, clock, reset, about };
  app.use('/_sandbox', control(parts));
  for (const simulator of simulators) {
    const router = express.Router();
    simulator.routes(router, deskOf(simulator.vendor));
    app.use(`/${simulator.vendor}`, exchange(simulator, { faults, recorder, calls }), router);
  }
  if (options.pages) app.use(options.pages(parts));
  app.use((request: Request, response: Response) => {
    response.status(404).json({ error: `The sandbox has nothing at ${request.method} ${request.path}.` });
  });
  app.use((error: unknown, _request: Request, response: Response, _next: unknown) => {
    const known =
      typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
    if (!response.headersSent)
      response.status(known).json({ error: error instanceof Error ? error.message : String(error) });
  });

  // A thousand rows: by themselves, each would cost a write of its own.
  tables.together(seed);
  deliveries.resume();
  return {
    app,
    deskOf,
    async close() {
      await deliveries.stop();
      tables.close();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
