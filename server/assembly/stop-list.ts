import type { Logger } from 'pino';

/** Things that were started, to be stopped in the opposite order, whatever fails on the way. */
export interface StopList {
  add(stop: () => Promise<unknown>): void;
  run(): Promise<void>;
}

export function stopList(log: Logger): StopList {
  const stops: (() => Promise<unknown>)[] = [];
  return {
    add: (stop) => void stops.push(stop),
    async run() {
      for (const stop of stops.splice(0).reverse()) {
        await stop().catch((error: unknown) => log.error({ err: error }, 'stopping went wrong; it goes on'));
      }
    },
  };
}
