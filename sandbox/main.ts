import { flushCompileCache } from 'node:module';
import process from 'node:process';
import { readConfig } from './config.ts';
import { startSandbox } from './core/host.ts';
import { simulators } from './index.ts';
import { sandboxPages } from './page/router.ts';

/** Starts the sandbox by itself. Prints one JSON line on stdout once it listens. */
async function main(): Promise<void> {
  const { port, dataFolder, record, limitFactor, liaisonUrl } = readConfig(process.env);
  const pages = sandboxPages({ liaisonUrl });
  const sandbox = await startSandbox({
    port,
    dataFolder,
    record,
    limitFactor,
    simulators,
    pages,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is in use. Stop what listens there, or set SANDBOX_PORT to another port.`);
  });
  const leave = (): void => {
    sandbox.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
  process.stdout.write(`${JSON.stringify({ ready: true, url: sandbox.url })}\n`);
  // Where NODE_COMPILE_CACHE asks for it: one that is killed leaves nothing at its end.
  flushCompileCache();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
