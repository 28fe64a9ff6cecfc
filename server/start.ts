import type { Logger } from 'pino';
import { publicSandboxUrl } from './assembly/addresses.ts';
import type { Beginning } from './assembly/beginning.ts';
import { layGround } from './assembly/ground.ts';
import { startSandbox } from './assembly/start-sandbox.ts';
import { stopList } from './assembly/stop-list.ts';
import type { Config } from './config.ts';
import { parseKeyring } from './vault/keyring.ts';

export interface Running {
  readonly mode: Config['mode'];
  readonly url: string;
  readonly sandboxUrl: string | null;
  /** Finishes what is in hand and lets go of everything, in less than ten seconds. */
  stop(): Promise<void>;
}

/** What whoever runs the server has to do with it while it runs. */
export interface StartWishes {
  /** Called once when an admin leaves the sandbox; the server is then to be started anew. By default: nothing. */
  readonly leaveSandbox?: () => void;
  /** Aborted: a start that is under way is given up between two of its parts, and rejects. */
  readonly stopAsked?: AbortSignal;
}

/**
 * Puts Liaison together: database, vault, engine, doors, in this order, so that each finds what it needs.
 *
 * @throws an error with a `sentence` (or a plain message) that says what is missing; nothing is left running.
 */
export async function start(
  config: Config,
  log: Logger,
  { leaveSandbox = () => {}, stopAsked = new AbortController().signal }: StartWishes = {},
): Promise<Running> {
  const stops = stopList(log);
  try {
    return await assemble({ config, log, stops, stopAsked, leaveSandbox });
  } catch (error) {
    await stops.run();
    throw error;
  }
}

async function assemble(beginning: Beginning): Promise<Running> {
  const { config, stops, stopAsked } = beginning;
  // What cannot be used is said before anything is started.
  if (config.key !== null) parseKeyring(config.key);
  const ground = await layGround(beginning);
  // Asked between any two parts: on a busy machine each of them takes as long as a whole stop may.
  stopAsked.throwIfAborted();
  const sandbox = await startSandbox(beginning, ground);
  stopAsked.throwIfAborted();
  const { goInService } = await import('./assembly/in-service.ts');
  stopAsked.throwIfAborted();
  await goInService(beginning, ground, sandbox);
  return {
    mode: config.mode,
    url: ground.publicUrl,
    sandboxUrl: sandbox === null ? null : publicSandboxUrl(config, sandbox.url),
    stop: () => stops.run(),
  };
}
