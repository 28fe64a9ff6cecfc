/** A bell between loops of one process: a ring while nobody listens is not lost. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, or after `ms`. */
  wait(ms: number): Promise<void>;
}

export function bell(): Bell {
  let rung = false;
  let listener: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      listener?.();
    },
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          listener = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        listener = null;
      }
      rung = false;
    },
  };
}
