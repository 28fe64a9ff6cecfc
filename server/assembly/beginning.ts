import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { StopList } from './stop-list.ts';

/** What every part of a start is handed. */
export interface Beginning {
  readonly config: Config;
  readonly log: Logger;
  readonly stops: StopList;
  /** Aborted: the start is given up between two of its parts. */
  readonly stopAsked: AbortSignal;
  /** Called once when an admin leaves the sandbox. */
  readonly leaveSandbox: () => void;
}
