/**
 * Concurrent callers share one flush: while a flush is under way the next items gather, and go together
 * when it ends. Under load this turns one transaction per item into one per round trip; alone, an item
 * waits for nothing.
 * One flush at a time, on purpose: half as many that are twice as large cost the database less, and what is
 * answered after one is done while the next is under way.
 *
 * @param flush stores the items in the order given and resolves to one result per item, or rejects for all.
 * @param options.isOfOne whether a failure of a batch may be one item's: each is then flushed alone, so that
 *   what can never be stored fails nobody else.
 */
export function groupCommit<Item, Result>(
  flush: (items: readonly Item[]) => Promise<readonly Result[]>,
  {
    maxBatch = 500,
    isOfOne = () => false,
  }: { maxBatch?: number; isOfOne?: (error: unknown) => boolean } = {},
): (item: Item) => Promise<Result> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (reason: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let flushing = false;

  async function store(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await flush(batch.map((entry) => entry.item));
      for (const [index, entry] of batch.entries()) entry.resolve(results[index] as Result);
    } catch (error) {
      if (batch.length > 1 && isOfOne(error)) for (const entry of batch) await store([entry]);
      else for (const entry of batch) entry.reject(error);
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxBatch);
      waiting = waiting.slice(maxBatch);
      await store(batch);
    }
    flushing = false;
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // Items that arrive in one turn of the event loop leave together.
      if (!flushing) {
        flushing = true;
        setImmediate(() => void drain());
      }
    });
}
