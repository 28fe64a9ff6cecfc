const LONGEST = 28;

/** An id as a list shows it: of a long one the beginning, and the end, which tells it from its neighbours. */
export function shortId(id: string): string {
  return id.length <= LONGEST ? id : `${id.slice(0, 8)}…${id.slice(-14)}`;
}
