import { v7 } from 'uuid';
import type { Log } from '../core/log.ts';
import type { Database } from '../store/database.ts';
import { addDeliveredFiles } from '../store/event-files.ts';
import { groupCommit } from '../store/group-commit.ts';
import { insertEvents, type NewEvent } from '../store/inbox.ts';
import type { CrashPoints } from './crash-point.ts';
import { dispatchOnce, listening } from './dispatch.ts';
import { type Exclusively, exclusiveLocks, type IfFree } from './exclusive.ts';
import { announceSync, listen, type RunChange, readRunChanges, readSyncChange } from './notify.ts';
import { isOwnTrouble } from './own-trouble.ts';
import { pollOnce } from './poll.ts';
import type { Timing, World } from './ports.ts';
import { type ProcessIdentity, takeIdentity } from './process-identity.ts';
import { replay } from './replay.ts';
import { runner } from './runner.ts';
import { settler } from './settle.ts';
import { type StoreTrouble, storeTrouble } from './store-trouble.ts';
import { syncEngine } from './sync/sync-engine.ts';
import { takeOverFromTheDead } from './take-over.ts';
import { takerUp } from './take-up.ts';
import { bell } from './wake.ts';
import { worker } from './worker.ts';

export interface EngineParts {
  readonly database: Database;
  readonly connectionString: string;
  readonly world: World;
  readonly timing: Timing;
  readonly log: Log;
  readonly crash: CrashPoints;
  readonly about: { readonly host: string; readonly pid: number; readonly url: string };
  /** Runs in hand at once in this process. */
  readonly width: number;
  /** Seconds between two looks for what no webhook announced; null or absent: as each flow declares. */
  readonly sweepSeconds?: number | null;
  /** A webhook that is not lost comes within this, by default ten seconds; what is younger is left to the next look. */
  readonly graceMs?: number;
  readonly onRunChange: (change: RunChange) => void;
  readonly onDirectoryChange: () => void;
  readonly onSyncChange: (key: { organisationId: string; integration: string }) => void;
}

export interface Engine {
  /** Resolves when the events are on disk; a repeated one is accepted and changes nothing. */
  accept(events: readonly NewEvent[]): Promise<void>;
  /** See `replay.ts`. */
  replay(organisationId: string, where: { sql: string; values: readonly unknown[] }): Promise<number>;
  /** Starts the loops; before it, events are accepted and wait. */
  start(): void;
  /** Other live processes of this deployment, by their rows. */
  readonly processId: string;
  readonly runsInHand: number;
  /** See `exclusive.ts`, and the same for the next. */
  readonly exclusively: Exclusively;
  readonly ifFree: IfFree;
  /** What the database refused to store, for whoever tells people. */
  readonly trouble: StoreTrouble;
  /** Finishes what is in hand, within `patienceMs`; what is not finished stays for the next start. */
  stop(patienceMs: number): Promise<void>;
}

const LOOK_EVERY_MS = 1_000;
const BURIAL_EVERY_MS = 1_000;
/** Sources looked at at once in this process: a vendor that does not answer holds up no other. */
const LOOKS_AT_ONCE = 3;
/** Syncs in hand at once in this process; each keeps to the budgets of its own connections. */
const SYNCS_AT_ONCE = 3;
const SYNC_LOOK_MS = 300;
const GRACE_MS = 10_000;
const TAKE_UP_EVERY_MS = 5_000;
/** Between two looks of a loop that the database keeps from working. */
const LONGEST_PAUSE_MS = 4_000;

/** Puts the durable machinery together over one database. */
export async function openEngine(parts: EngineParts): Promise<Engine> {
  const { database, world, timing, log, crash } = parts;
  const trouble = storeTrouble({ log, now: timing.now });
  const onError = (error: unknown): void => {
    // Told once for all loops that meet it, and not with every one of their tries.
    if (isOwnTrouble(error)) trouble.refused(error);
    else log.error({ err: error }, 'engine loop failed; it goes on');
  };
  const locks = exclusiveLocks(parts.connectionString, onError);
  const arrivals = bell();
  const work = bell();
  let stopped = false;
  const quiet = new AbortController();
  const ending = new AbortController();

  let identity: ProcessIdentity = await takeIdentity(database, parts.about);
  let isProven = true;
  const hands = worker({
    database,
    bell: work,
    width: parts.width,
    onError,
    onForgotten: (ids) => {
      log.warn({ runs: ids.length }, 'runs that nobody here worked on were given back');
      work.ring();
    },
    owner: () => (isProven ? identity.id : null),
    execute: runner({
      database,
      world,
      timing,
      log,
      crash,
      exclusively: locks.exclusively,
      trouble,
      settle: settler(database, crash),
      begin,
    }),
  });

  /** Events of an integration's own: whether any flow listens to such is not asked, for nobody else hears them. */
  async function begin(events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const heard = new Set(events.map(({ connector, topic }) => `${connector} ${topic}`));
    if ((await insertEvents(database, events, [...heard])) > 0) arrivals.ring();
  }

  // Without the proof that it lives, a process must take its runs for lost: others may have them already.
  async function identityLost(): Promise<void> {
    isProven = false;
    hands.drop();
    while (!stopped) {
      try {
        identity = await takeIdentity(database, parts.about);
        isProven = true;
        identity.onLost(() => void identityLost());
        return;
      } catch (error) {
        onError(error);
        await timing.pause(500);
      }
    }
  }
  identity.onLost(() => void identityLost());

  const listener = await listen(
    database,
    {
      work: () => {
        arrivals.ring();
        work.ring();
      },
      runs: (payload) => {
        for (const change of readRunChanges(payload)) parts.onRunChange(change);
      },
      directory: parts.onDirectoryChange,
      syncs: (payload) => parts.onSyncChange(readSyncChange(payload)),
    },
    onError,
  );

  /**
   * Repeats `once` for as long as it finds work, then waits for the bell or the next look. While the database
   * is not well the looks are further apart: each of them asks vendors for what cannot be stored then.
   */
  async function loop(once: () => Promise<boolean>, wait: () => Promise<void>): Promise<void> {
    let failures = 0;
    while (!stopped) {
      const busy = await once().then(
        (found) => {
          failures = 0;
          return found;
        },
        (error: unknown) => {
          onError(error);
          failures += isOwnTrouble(error) ? 1 : 0;
          return false;
        },
      );
      if (stopped) return;
      if (failures > 1) await timing.pause(Math.min(LONGEST_PAUSE_MS, 250 * 2 ** failures), quiet.signal);
      else if (!busy) await wait();
    }
  }

  const isListenedTo = listening(world.flows, world.syncs, world.connectors);
  const pause = (ms: number) => () => timing.pause(ms, quiet.signal);
  const acceptBatch = groupCommit<readonly NewEvent[], void>(async (batches) => {
    const events = batches.flat();
    const listened = events.filter(isListenedTo).map(({ connector, topic }) => `${connector} ${topic}`);
    const waiting = await insertEvents(database, events, [...new Set(listened)]);
    crash('after-inbox-commit');
    if (waiting > 0) arrivals.ring();
    return batches.map(() => undefined);
  });
  /** By themselves: what is as large as files holds up nobody else's. */
  async function acceptWithFiles(events: readonly NewEvent[]): Promise<void> {
    const listened = events.filter(isListenedTo).map(({ connector, topic }) => `${connector} ${topic}`);
    const waiting = await database.transaction(async (sql) => {
      const count = await insertEvents(sql, events, [...new Set(listened)]);
      await addDeliveredFiles(sql, events);
      return count;
    });
    crash('after-inbox-commit');
    if (waiting > 0) arrivals.ring();
  }
  const haveFiles = (events: readonly NewEvent[]): boolean =>
    events.some(({ files = [] }) => files.length > 0);
  const syncs = syncEngine({
    database,
    world,
    timing,
    log,
    crash,
    trouble,
    ifFree: locks.ifFree,
    ending: ending.signal,
    newId: () => v7(),
    // Told to every process: the pages that show it may be another's.
    onChange: (key) => void announceSync(database, key).catch(onError),
  });
  const takeUp = takerUp({ database, world, timing, log, ifFree: locks.ifFree, ending: ending.signal });
  const loops: Promise<void>[] = [];

  return {
    accept: (events) => (haveFiles(events) ? acceptWithFiles(events) : acceptBatch(events)),
    replay: (organisationId, where) => replay({ database, world }, organisationId, where),
    exclusively: locks.exclusively,
    ifFree: locks.ifFree,
    trouble,
    get processId() {
      return identity.id;
    },
    get runsInHand() {
      return hands.inHand;
    },
    start() {
      loops.push(
        hands.run(),
        loop(
          async () => {
            const looked = await dispatchOnce({ database, world, crash, newId: () => v7() });
            if (looked > 0) work.ring();
            return looked > 0;
          },
          () => arrivals.wait(LOOK_EVERY_MS),
        ),
        ...Array.from({ length: LOOKS_AT_ONCE }, () =>
          loop(async () => {
            const found = await pollOnce({
              database,
              world,
              timing,
              ifFree: locks.ifFree,
              sweepSeconds: parts.sweepSeconds ?? null,
              graceMs: parts.graceMs ?? GRACE_MS,
              ending: ending.signal,
            });
            if (found !== null && found > 0) arrivals.ring();
            return found !== null;
          }, pause(LOOK_EVERY_MS)),
        ),
        loop(async () => {
          await takeUp();
          return false;
        }, pause(TAKE_UP_EVERY_MS)),
        ...Array.from({ length: SYNCS_AT_ONCE }, () => loop(() => syncs.once(), pause(SYNC_LOOK_MS))),
        loop(async () => {
          if (isProven && (await takeOverFromTheDead(database, identity.id)) > 0) work.ring();
          return false;
        }, pause(BURIAL_EVERY_MS)),
      );
    },
    async stop(patienceMs) {
      stopped = true;
      quiet.abort();
      arrivals.ring();
      const timer = setTimeout(() => ending.abort(), patienceMs);
      await hands.stop(patienceMs);
      await Promise.allSettled(loops);
      clearTimeout(timer);
      await listener.close();
      await identity.release();
      await locks.close();
    },
  };
}
