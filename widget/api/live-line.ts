import type { LiveRecord, LiveSync, RunSummary } from '../../server/api/contract.ts';
import { readBlocks } from './event-stream.ts';

export type LineState = 'connecting' | 'live' | 'lost';

export interface LineListener {
  /** Runs that changed, each as it now is, newest change last. */
  runs(changed: readonly RunSummary[]): void;
  /** Something of these syncs changed. */
  syncs?(changed: readonly LiveSync[]): void;
  /** Something happened that concerns these records of the CRM. */
  records?(changed: readonly LiveRecord[]): void;
  /** Changes were missed: read everything again. */
  reset(): void;
  state(state: LineState): void;
}

export type OpenStream = (lastId: string | null, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;

/** The server speaks at least every 15 s; a line that is silent for longer than this is dead. */
const SILENCE_MS = 40_000;
/** A burst of changes is shown in one go. */
const GATHER_MS = 80;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/** Keeps one live line open: resumes where it broke off, and says so while it is broken. */
export function keepLine(open: OpenStream, listener: LineListener): () => void {
  const over = new AbortController();
  let lastId: string | null = null;
  let pause = FIRST_PAUSE_MS;

  const gathered = new Map<string, RunSummary>();
  const gatheredSyncs = new Map<string, LiveSync>();
  const gatheredRecords: LiveRecord[] = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;
  const handOver = () => {
    gathering = undefined;
    const [runs, syncs] = [[...gathered.values()], [...gatheredSyncs.values()]];
    gathered.clear();
    gatheredSyncs.clear();
    if (runs.length > 0) listener.runs(runs);
    if (syncs.length > 0) listener.syncs?.(syncs);
    const records = gatheredRecords.splice(0);
    if (records.length > 0) listener.records?.(records);
  };

  async function attempt(): Promise<void> {
    const line = new AbortController();
    const end = () => line.abort();
    over.signal.addEventListener('abort', end, { once: true });
    let silence = setTimeout(end, SILENCE_MS);
    try {
      for await (const { id, name, data } of readBlocks(await open(lastId, line.signal))) {
        clearTimeout(silence);
        silence = setTimeout(end, SILENCE_MS);
        pause = FIRST_PAUSE_MS;
        listener.state('live');
        if (id !== null) lastId = id;
        if (name === 'reset') listener.reset();
        if (name === 'run') {
          const run = JSON.parse(data) as RunSummary;
          gathered.delete(run.id);
          gathered.set(run.id, run);
          gathering ??= setTimeout(handOver, GATHER_MS);
        }
        if (name === 'sync') {
          const change = JSON.parse(data) as LiveSync;
          gatheredSyncs.set(change.sync, change);
          gathering ??= setTimeout(handOver, GATHER_MS);
        }
        if (name === 'record') {
          gatheredRecords.push(JSON.parse(data) as LiveRecord);
          gathering ??= setTimeout(handOver, GATHER_MS);
        }
      }
    } finally {
      clearTimeout(silence);
      over.signal.removeEventListener('abort', end);
    }
  }

  async function keep(): Promise<void> {
    listener.state('connecting');
    while (!over.signal.aborted) {
      await attempt().catch(() => undefined);
      if (over.signal.aborted) break;
      listener.state('lost');
      await sleepUntilOnline(pause, over.signal);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }
  void keep();

  return () => {
    clearTimeout(gathering);
    over.abort();
  };
}

/** Waits, but no longer than until the browser says that the network is back. */
function sleepUntilOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    globalThis.addEventListener?.('online', done);
    signal.addEventListener('abort', done);
  });
}
