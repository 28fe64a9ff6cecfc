import { judgeAttempt, PATIENCE_DAYS } from '../core/facts/attempts.ts';
import { TEST } from '../core/facts/facts.ts';
import { messageOf } from '../core/facts/message.ts';
import type { Log } from '../core/log.ts';
import { closeAlert, raiseAlert } from '../store/alerts.ts';
import type { Database, Sql } from '../store/database.ts';
import {
  type DispatchInHand,
  endAttempt,
  type InHand,
  type Shares,
  setAsideWaiting,
  takeDispatches,
} from '../store/dispatches.ts';
import { deleteReceiver, endReceiver, lockReceiver, noteNotTaken, noteTaken } from '../store/receivers.ts';
import { type Sent, sendTo, type Way } from './send.ts';
import { signedHeaders } from './sign.ts';
import { alertOf, errorOf } from './words.ts';

export interface DispatcherParts {
  readonly database: Database;
  readonly way: Way;
  /** Those that sign for a receiver now, newest first. */
  readonly secrets: (receiverId: string) => Promise<readonly string[]>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly random: () => number;
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly log: Log;
  readonly onError: (error: unknown) => void;
}

const SHARES: Shares = { most: 16, ofReceiver: 3, ofOrganisation: 6, ofFailing: 4, leaseSeconds: 40 };
/** How long nothing is asked for where nothing was due. */
const IDLE_MS = 1_000;

/**
 * Sends what receivers are to be told, as much at once as this process has hands for: of no receiver and no organisation
 * more than its share, so that one that is slow holds up nobody else. Any number of processes may do this.
 */
export function startDispatcher(parts: DispatcherParts): { stop(patienceMs: number): Promise<void> } {
  const { database, pause, onError } = parts;
  const ending = new AbortController();
  const inHand = new Map<string, Promise<void>>();
  const held = new Map<string, InHand>();
  let wake = new AbortController();

  function note({ receiverId, organisationId }: DispatchInHand, by: 1 | -1): void {
    const count = (held.get(receiverId)?.count ?? 0) + by;
    if (count === 0) held.delete(receiverId);
    else held.set(receiverId, { receiverId, organisationId, count });
  }

  function begin(dispatch: DispatchInHand): void {
    note(dispatch, 1);
    const work = attempt(parts, dispatch, ending.signal)
      .catch((error: unknown) => {
        if (!ending.signal.aborted) onError(error);
      })
      .finally(() => {
        note(dispatch, -1);
        inHand.delete(dispatch.id);
        wake.abort();
      });
    inHand.set(dispatch.id, work);
  }

  const rounds = (async () => {
    while (!ending.signal.aborted) {
      wake = new AbortController();
      const free = SHARES.most - inHand.size;
      const taken =
        free <= 0
          ? []
          : await takeDispatches(database, [...held.values()], { ...SHARES, most: free }).catch((error) => {
              onError(error);
              return [];
            });
      for (const dispatch of taken) if (!inHand.has(dispatch.id)) begin(dispatch);
      if (taken.length === 0) await pause(IDLE_MS, AbortSignal.any([ending.signal, wake.signal]));
    }
  })();

  return {
    async stop(patienceMs) {
      ending.abort();
      await Promise.race([Promise.allSettled([rounds, ...inHand.values()]), pause(patienceMs)]);
    },
  };
}

/** One attempt, and what becomes of it. */
async function attempt(parts: DispatcherParts, dispatch: DispatchInHand, signal: AbortSignal): Promise<void> {
  const body = messageOf(dispatch);
  const timestamp = Math.floor(parts.now() / 1_000);
  const secrets = await parts.secrets(dispatch.receiverId);
  const headers = signedHeaders({ id: dispatch.id, timestamp, body }, secrets);
  const sent = await sendTo(parts.way, { url: dispatch.url, headers, body, signal, now: parts.now() });
  // A process that ends leaves it as a crash would: it is due again when the lease is over.
  if (signal.aborted) return;
  await parts.database.transaction((sql) => settle(sql, parts, dispatch, sent));
}

async function settle(
  sql: Sql,
  { random, log }: DispatcherParts,
  dispatch: DispatchInHand,
  sent: Sent,
): Promise<void> {
  const isTest = dispatch.fact === TEST;
  const verdict = judgeAttempt(sent.attempt, dispatch.attempts + 1, isTest, random());
  const { receiverId, organisationId } = dispatch;
  // First: what sets all of them aside, and what settles one of them, must not wait for each other.
  await lockReceiver(sql, receiverId);
  await endAttempt(sql, {
    id: dispatch.id,
    state: verdict.kind === 'done' ? 'done' : verdict.kind === 'again' ? 'waiting' : 'failed',
    inMs: verdict.kind === 'again' ? verdict.inMs : 0,
    status: sent.attempt.kind === 'answered' ? sent.attempt.status : null,
    answer: sent.answer,
    error: verdict.kind === 'done' ? null : errorOf(sent),
  });
  if (verdict.kind === 'done') return noteTaken(sql, receiverId);
  // It asked for it by itself, and by this answer asks for the end: nobody has to hear of it.
  if (verdict.kind === 'ended' && dispatch.isApplications) {
    await closeAlert(sql, organisationId, `receiver ${receiverId}`);
    await deleteReceiver(sql, organisationId, receiverId);
    return;
  }
  const hasEnded = verdict.kind === 'ended' && (await endReceiver(sql, receiverId));
  // A test is somebody's look at it: it does not count against the receiver.
  const hasFailed = !hasEnded && !isTest && (await noteNotTaken(sql, receiverId, PATIENCE_DAYS));
  log.info({ receiver: receiverId, dispatch: dispatch.id, verdict: verdict.kind }, 'a receiver took nothing');
  if (!hasEnded && !hasFailed) return;
  await setAsideWaiting(sql, receiverId);
  await raiseAlert(sql, {
    organisationId,
    integration: null,
    cause: `receiver ${receiverId}`,
    sentence: alertOf(dispatch.url, hasEnded ? 'ended' : 'failed'),
  });
}
