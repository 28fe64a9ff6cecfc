import process from 'node:process';
import { readConfig } from './config.ts';
import { startSandbox } from './core/host.ts';
import { simulators } from './index.ts';
import { scenarios } from './scenarios/index.ts';

/** Starts the sandbox by itself. Prints one JSON line on stdout once it listens. */
async function main(): Promise<void> {
  const { port, dataFolder, record } = readConfig(process.env);
  const sandbox = await startSandbox({ port, dataFolder, record, simulators, scenarios }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') throw error;
      throw new Error(
        `Port ${port} is in use. Stop what listens there, or set SANDBOX_PORT to another port.`,
      );
    },
  );
  const leave = (): void => {
    sandbox.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
  process.stdout.write(`${JSON.stringify({ ready: true, url: sandbox.url })}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
