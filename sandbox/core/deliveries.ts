import process from 'node:process';
import type { Fault } from './fault.ts';
import { randomId } from './identifiers.ts';
import { type Signer, signatureHeaders } from './sign.ts';
import type { Delivery, Table } from './simulator.ts';

/** Seconds to wait after each failed attempt; the last one repeats. */
const PAUSES = [0.2, 0.5, 1, 2, 4, 8, 10];
const ATTEMPT_TIMEOUT_MS = 10_000;
const IN_FLIGHT_AT_ONCE = 64;
const DELIVERED_KEPT = 5_000;
const REORDER_WITHIN_MS = 400;

export interface DeliveryRow extends Delivery {
  readonly id: string;
  readonly vendor: string;
  readonly queuedAt: string;
  readonly attempts: number;
  readonly state: 'waiting' | 'delivered' | 'lost';
  /** Status of the last answer, or why there was none. */
  readonly last: string | null;
}

/** The webhooks of all vendors: journaled before they are sent, sent until a 2xx, across restarts. */
/** Before a delivery is made again that could not be noted: the disk is full. */
const NOTED_AGAIN_MS = 2_000;

export interface Deliveries {
  queue(vendor: string, delivery: Delivery): void;
  list(): DeliveryRow[];
  /** Takes up what an earlier process left waiting. */
  resume(): void;
  /** Forgets everything, also what waits for its next attempt. */
  forget(): void;
  stop(): Promise<void>;
}

export function openDeliveries(
  table: Table<DeliveryRow>,
  surroundings: {
    clock: () => Date;
    random: () => number;
    faultOf: (vendor: string) => Fault | null;
    /** The vendors' own schemes. */
    signers: Readonly<Record<string, Signer>>;
    /** Told how an attempt ended. */
    onAttempt?: (row: DeliveryRow, ok: boolean) => void;
  },
): Deliveries {
  const { clock, random, faultOf, signers, onAttempt } = surroundings;
  const ready: string[] = [];
  const timers = new Map<string, NodeJS.Timeout>();
  const flights = new Map<string, Promise<void>>();
  const delivered = table
    .all()
    .filter((row) => row.state !== 'waiting')
    .map((row) => row.id);
  const halt = new AbortController();

  const schedule = (id: string, ms: number): void => {
    const timer = setTimeout(() => {
      timers.delete(id);
      ready.push(id);
      launch();
    }, ms);
    timers.set(id, timer);
  };

  const launch = (): void => {
    while (flights.size < IN_FLIGHT_AT_ONCE && !halt.signal.aborted) {
      const id = ready.shift();
      if (id === undefined) return;
      const flight = attempt(id).finally(() => {
        flights.delete(id);
        launch();
      });
      flights.set(id, flight);
    }
  };

  const attempt = async (id: string): Promise<void> => {
    const row = table.get(id);
    if (!row) return;
    const { ok, last } = await send(row, clock(), signers, halt.signal);
    if (halt.signal.aborted || !table.get(id)) return;
    const attempts = row.attempts + 1;
    const isOver = ok || row.once === true;
    try {
      table.put(id, { ...row, attempts, last, state: ok ? 'delivered' : isOver ? 'lost' : 'waiting' });
      onAttempt?.(row, ok);
    } catch (error) {
      // What cannot be remembered as delivered is delivered again, as vendors do.
      process.stderr.write(`A delivery could not be noted (${sentenceOf(error)}); it is made again.\n`);
      schedule(id, NOTED_AGAIN_MS);
      return;
    }
    if (isOver) forgetOldest(id);
    else schedule(id, 1000 * (PAUSES[attempts - 1] ?? 10));
  };

  const forgetOldest = (id: string): void => {
    delivered.push(id);
    if (delivered.length <= DELIVERED_KEPT) return;
    const oldest = delivered.shift();
    if (oldest !== undefined) table.delete(oldest);
  };

  return {
    queue(vendor, delivery) {
      const fault = faultOf(vendor);
      if (random() < (fault?.loseDeliveries ?? 0)) return;
      for (let copy = 0; copy < (fault?.duplicate ? 2 : 1); copy += 1) {
        const id = randomId('dlv_', 20);
        table.put(id, {
          ...delivery,
          id,
          vendor,
          queuedAt: clock().toISOString(),
          attempts: 0,
          state: 'waiting',
          last: null,
        });
        // Never inside the call that caused it: the vendor's own answer leaves first.
        schedule(id, fault?.reorder ? random() * REORDER_WITHIN_MS : 0);
      }
    },
    list: () => table.all(),
    resume() {
      for (const row of table.all()) if (row.state === 'waiting') schedule(row.id, 0);
    },
    forget() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      ready.length = 0;
      delivered.length = 0;
    },
    async stop() {
      halt.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.allSettled(flights.values());
    },
  };
}

async function send(
  row: DeliveryRow,
  now: Date,
  signers: Readonly<Record<string, Signer>>,
  halt: AbortSignal,
): Promise<{ ok: boolean; last: string }> {
  const method = row.method ?? 'POST';
  try {
    const answer = await fetch(row.url, {
      method,
      headers: {
        ...row.headers,
        ...(method === 'GET' ? {} : { 'Content-Type': row.contentType }),
        ...signatureHeaders(row.sign, row.body, now, signers),
      },
      ...(method === 'GET' ? {} : { body: row.body }),
      redirect: 'manual',
      signal: AbortSignal.any([halt, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
    });
    await answer.body?.cancel();
    return { ok: answer.ok, last: String(answer.status) };
  } catch (error) {
    return { ok: false, last: sentenceOf(error) };
  }
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
