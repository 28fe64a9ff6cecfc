/** Bytes that are held at once, of all who come: who finds no room waits for it, in the order of coming. */
export interface Room {
  /**
   * Resolves when there is room, with what gives it back; null: there was none in time.
   *
   * @param bytes at most what there is in all.
   */
  take(bytes: number, withinMs: number): Promise<(() => void) | null>;
}

export function roomFor(total: number): Room {
  let free = total;
  const waiting: { readonly bytes: number; readonly enter: () => void }[] = [];

  function admit(): void {
    for (let next = waiting[0]; next !== undefined && next.bytes <= free; next = waiting[0]) {
      waiting.shift();
      next.enter();
    }
  }

  return {
    take(bytes, withinMs) {
      let isBack = false;
      const giveBack = (): void => {
        if (isBack) return;
        isBack = true;
        free += bytes;
        admit();
      };
      return new Promise((resolve) => {
        const entry = {
          bytes,
          enter() {
            clearTimeout(late);
            free -= bytes;
            resolve(giveBack);
          },
        };
        const late = setTimeout(() => {
          waiting.splice(waiting.indexOf(entry), 1);
          resolve(null);
          // Who stood behind may be smaller.
          admit();
        }, withinMs);
        waiting.push(entry);
        admit();
      });
    },
  };
}
