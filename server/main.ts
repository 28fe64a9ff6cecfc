import { flushCompileCache } from 'node:module';
import process from 'node:process';
import { banner, failureText, type TerminalLanguage, terminalLanguage } from './banner.ts';
import { readConfig } from './config.ts';
import type { Running, StartWishes } from './start.ts';

/** The whole of a graceful stop, after which the process ends whatever still hangs. */
const STOP_WITHIN_MS = 9_500;

async function main(language: TerminalLanguage): Promise<void> {
  const startedAt = performance.now();
  const config = readConfig(process.env);
  // Read once it is known that there is something to start.
  const [{ default: pino }, { start }] = await Promise.all([import('pino'), import('./start.ts')]);
  const log = pino({ level: config.logLevel, base: null }, pino.destination(2));
  let stopping = false;
  const stopAsked = new AbortController();
  const wishes: StartWishes = { leaveSandbox: leave, stopAsked: stopAsked.signal };
  let ready: Promise<Running> = start(config, log, wishes);

  function leave(): void {
    ready = ready.then(async (running) => {
      const { leaveSandbox } = await import('./assembly/leave-sandbox.ts');
      return leaveSandbox(running, config, log, wishes);
    });
    ready.then(
      (running) => stopping || process.stdout.write(banner(running, running, language, 0)),
      // Given up because it was asked to stop is no failure.
      (error: unknown) => stopping || fail(error),
    );
  }

  const stop = (): void => {
    // A second Ctrl-C is impatience, and is granted.
    if (stopping) process.exit(130);
    stopping = true;
    stopAsked.abort();
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    ready
      .catch(() => null)
      .then((running) => running?.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  const running = await ready.catch((error: unknown) => {
    // Given up because it was asked to: the stop that is under way ends the process.
    if (stopping) return null;
    throw error;
  });
  if (running !== null && !stopping)
    process.stdout.write(banner(running, running, language, performance.now() - startedAt));
  // Where NODE_COMPILE_CACHE asks for it: a server that is killed leaves nothing at its end.
  flushCompileCache();
}

function fail(error: unknown): void {
  process.stderr.write(failureText(error, language));
  process.exit(1);
}

const language = terminalLanguage(process.env);
main(language).catch(fail);
