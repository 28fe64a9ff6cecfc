/** How often something may happen under one name: counted in this process, in windows of fixed length. */
export function createLimit({
  most,
  windowMs,
  now,
}: {
  readonly most: number;
  readonly windowMs: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}): { take(name: string): { readonly ok: true } | { readonly ok: false; readonly waitSeconds: number } } {
  let windowAt = Number.NEGATIVE_INFINITY;
  const counts = new Map<string, number>();
  return {
    take(name) {
      const at = now();
      if (at - windowAt >= windowMs || at < windowAt) {
        windowAt = at;
        counts.clear();
      }
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      if (count <= most) return { ok: true };
      return { ok: false, waitSeconds: Math.max(1, Math.ceil((windowAt + windowMs - at) / 1_000)) };
    },
  };
}
