/** Draws that are the same for the same seed, so that what was found can be played again. */
export function seededDraws(seed: number) {
  let state = seed >>> 0;
  /** A whole number from 0 to below `most`: mulberry32. */
  function below(most: number): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  }
  return {
    below,
    oneOf<T>(all: readonly T[]): T {
      return all[below(all.length)] as T;
    },
  };
}
