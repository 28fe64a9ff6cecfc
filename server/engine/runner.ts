import { asLiaisonError, LiaisonError } from '../core/errors.ts';
import { fitText } from '../core/fit-text.ts';
import type { Automation, FlowEvent } from '../core/flow.ts';
import type { Log } from '../core/log.ts';
import { claim } from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import { passingFailure } from '../store/database-failure.ts';
import { earlyFacts, forgetEarlyFacts, keepEarlyFact } from '../store/early-facts.ts';
import { linkedRecord, saveLink } from '../store/links.ts';
import { addRunRecord } from '../store/record-history.ts';
import type { EndedRun, RunInHand, StoredError } from '../store/runs.ts';
import { type StepWrite, saveSteps, stepsOf } from '../store/steps.ts';
import type { CrashPoints } from './crash-point.ts';
import { parseBody } from './event-body.ts';
import type { Exclusively } from './exclusive.ts';
import { Fenced } from './fenced.ts';
import { groupCommit } from './group-commit.ts';
import { asRunError, isOwnTrouble, ownTrouble } from './own-trouble.ts';
import type { Timing, World } from './ports.ts';
import { judge } from './retry-policy.ts';
import { runContext } from './run-context.ts';
import type { Settlement } from './settle.ts';
import { StepRecorder } from './step-recorder.ts';
import type { StoreTrouble } from './store-trouble.ts';
import { storedError } from './stored-error.ts';
import { untilStored } from './until-stored.ts';

const LONGEST_LABEL = 200;

interface RunnerParts {
  readonly database: Database;
  readonly world: World;
  readonly timing: Timing;
  readonly log: Log;
  readonly crash: CrashPoints;
  readonly exclusively: Exclusively;
  readonly settle: (settlement: Settlement) => Promise<void>;
  readonly trouble: StoreTrouble;
}

/** Before a run is tried again that our own database, and not a vendor, kept from going on. */
const OWN_TROUBLE_PAUSE_MS = 2_000;

const flowIsGone = (flow: string): LiaisonError =>
  new LiaisonError('rejected', {
    sentence: {
      en: `The flow “${flow}” is no longer part of Liaison; nothing was done.`,
      fr: `Le flux « ${flow} » ne fait plus partie de Liaison ; rien n’a été fait.`,
    },
  });

export function flowEvent(run: RunInHand): FlowEvent {
  const { event } = run;
  return {
    id: event.id,
    connector: event.connector,
    topic: event.topic,
    recordId: event.recordId,
    body: parseBody(event.contentType, event.body),
    receivedAt: event.receivedAt,
  };
}

/**
 * Executes runs: one attempt each, from where the last one stopped, ending in a settlement. Rejects with
 * nothing: a run that is no longer ours is dropped in silence, its new holder settles it.
 */
export function runner(
  parts: RunnerParts,
): (run: RunInHand, owner: string, signal: AbortSignal) => Promise<void> {
  const { database, world, timing } = parts;
  const saveStep = groupCommit<StepWrite, boolean>((steps) => saveSteps(database, steps), {
    maxBatch: 200,
    isOfOne: (error) => passingFailure(error) === undefined,
  });

  async function attempt(
    run: RunInHand,
    owner: string,
    held: AbortSignal,
    lost: AbortController,
    label: (text: string) => void,
  ) {
    const signal = AbortSignal.any([held, lost.signal]);
    const flow = world.flows.find((candidate) => candidate.id === run.flow) as Automation | undefined;
    if (flow === undefined) throw flowIsGone(run.flow);
    const organisation = await world.organisation(run.organisationId);
    const row = (await world.flowRows(run.organisationId)).find((candidate) => candidate.flow === flow.id);
    const recorder = new StepRecorder({
      save: (step) => untilStored(parts, () => saveStep(step), signal),
      run: { id: run.id, owner },
      stored: run.begun ? await stepsOf(database, run.id) : [],
      now: timing.now,
    });
    const clients = new Map<string, unknown>();
    for (const id of flow.connectors) {
      const connector = world.connectors.get(id);
      if (connector === undefined) throw new Error(`flow ${flow.id} names the unknown connector ${id}`);
      const http = await world.open(run.organisationId, connector, {
        onExchange: recorder.onExchange,
        signal,
      });
      clients.set(connector.id, connector.client(http));
    }
    const left = { organisationId: run.organisationId, flow: run.flow };
    return flow.run(
      runContext({
        runId: run.id,
        event: flowEvent(run),
        settings: flow.settings.parse(row?.settings ?? {}),
        organisation,
        declared: flow.steps,
        recorder,
        crash: parts.crash,
        client: (connector) => clients.get(connector.id) as never,
        exclusively: (key, work) =>
          parts.exclusively(`${run.organisationId} ${run.flow} ${key}`, work, () => lost.abort()),
        once: (identity) =>
          claim(database, { organisationId: run.organisationId, flow: run.flow, identity, runId: run.id }),
        linked: (leftId) => linkedRecord(database, { ...left, leftId }),
        link: (leftId, rightId) => saveLink(database, { ...left, leftId }, rightId),
        keep: (fact) => keepEarlyFact(database, left, fact),
        kept: (subjects) => earlyFacts(database, left, subjects),
        forget: (facts) => forgetEarlyFacts(database, left, facts),
        about: (record) => addRunRecord(database, run, record),
        label,
      }),
    );
  }

  function supersedes(run: RunInHand): boolean {
    const trigger = world.flows.find((flow) => flow.id === run.flow)?.trigger;
    return trigger?.kind === 'poll' || trigger?.coalesce === true;
  }

  /** One attempt; what is to be stored of how it ended, or null when it is no longer ours to say. */
  async function settlementOf(
    run: RunInHand,
    owner: string,
    signal: AbortSignal,
    setLabel: (text: string) => void,
    label: () => string | null,
  ): Promise<Settlement | null> {
    const about = { organisationId: run.organisationId, owner };
    const lost = new AbortController();
    try {
      const outcome = await attempt(run, owner, signal, lost, setLabel);
      return {
        ...about,
        kind: 'ended',
        run: {
          id: run.id,
          state: outcome.state,
          summary: outcome.summary,
          error: null,
          label: label(),
          attempt: run.attempt,
          supersedes: supersedes(run),
        },
      };
    } catch (thrown) {
      // A stopping process leaves its runs as they stand: the next one takes them up at once.
      if (thrown instanceof Fenced || signal.aborted) return null;
      const error = asRunError(thrown);
      // Our own database was away, or let go of what the run held: no attempt of the record's.
      if (lost.signal.aborted || isOwnTrouble(thrown)) {
        const stored = storedError(lost.signal.aborted ? ownTrouble(thrown) : error);
        const inMs = OWN_TROUBLE_PAUSE_MS * (0.5 + timing.random());
        return {
          ...about,
          kind: 'postponed',
          run: { id: run.id, attempt: run.attempt, inMs, error: stored, label: label() },
        };
      }
      if (error.kind === 'unknown')
        parts.log.error(
          { run: run.id, flow: run.flow, err: thrown },
          'run failed in a way nobody recognised',
        );
      const now = timing.now();
      const verdict = judge(error, run.attempt, now, timing.random);
      return verdict.kind === 'shelve'
        ? { ...about, kind: 'ended', run: shelved(run, storedError(error), label()) }
        : {
            ...about,
            kind: 'postponed',
            run: {
              id: run.id,
              attempt: verdict.attempt,
              inMs: verdict.at - now,
              error: storedError(error),
              label: label(),
            },
          };
    }
  }

  return async (run, owner, signal) => {
    let label: string | null = null;
    const setLabel = (text: string): void => {
      label = fitText(text, LONGEST_LABEL);
    };
    const settlement = await settlementOf(run, owner, signal, setLabel, () => label);
    if (settlement === null) return;
    const settle = (one: Settlement) => untilStored(parts, () => parts.settle(one), signal);
    await settle(settlement).catch(async (error: unknown) => {
      if (signal.aborted) return;
      // The database cannot hold what there is to say of this run: that much is said, and the run is set aside.
      parts.log.error(
        { run: run.id, flow: run.flow, err: error },
        'the end of a run could not be stored as it was',
      );
      const { organisationId } = run;
      await settle({
        organisationId,
        owner,
        kind: 'ended',
        run: shelved(run, storedError(asLiaisonError(error)), null),
      });
    });
  };
}

const shelved = (run: RunInHand, error: StoredError, label: string | null): EndedRun => ({
  id: run.id,
  state: 'shelved',
  summary: null,
  error,
  label,
  attempt: run.attempt + 1,
  supersedes: false,
});
