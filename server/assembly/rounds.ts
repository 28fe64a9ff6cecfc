import type { Timing } from '../engine/ports.ts';

const STOP_PATIENCE_MS = 1_000;

/**
 * Does a list of things in turn, again and again, a pause between two rounds; what fails is told and tried anew
 * in the next one.
 *
 * @param everyMs how long the pause is.
 * @returns `stop` ends it. A vendor that does not answer is not waited for: the next start finds what was under way.
 */
export function startRounds(
  { pause }: Pick<Timing, 'pause'>,
  everyMs: number,
  round: readonly (() => Promise<unknown>)[],
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const end = new AbortController();
  const rounds = (async () => {
    for (;;) {
      await pause(everyMs, end.signal);
      if (end.signal.aborted) return;
      for (const work of round) await work().catch(onError);
    }
  })();
  return {
    async stop() {
      end.abort();
      await Promise.race([rounds, pause(STOP_PATIENCE_MS)]);
    },
  };
}
