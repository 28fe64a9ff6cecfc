import { asLiaisonError, LiaisonError } from '../core/errors.ts';
import { fitText } from '../core/fit-text.ts';
import type { Automation, FlowEvent } from '../core/flow.ts';
import type { Log } from '../core/log.ts';
import { claim } from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import { earlyFacts, forgetEarlyFacts, keepEarlyFact } from '../store/early-facts.ts';
import { linkedRecord, saveLink } from '../store/links.ts';
import { addRunRecord } from '../store/record-history.ts';
import type { RunInHand } from '../store/runs.ts';
import { type StepWrite, saveSteps, stepsOf } from '../store/steps.ts';
import type { CrashPoints } from './crash-point.ts';
import { parseBody } from './event-body.ts';
import type { Exclusively } from './exclusive.ts';
import { Fenced } from './fenced.ts';
import { groupCommit } from './group-commit.ts';
import type { Timing, World } from './ports.ts';
import { judge } from './retry-policy.ts';
import { runContext } from './run-context.ts';
import type { Settlement } from './settle.ts';
import { StepRecorder } from './step-recorder.ts';
import { storedError } from './stored-error.ts';

const LONGEST_LABEL = 200;

interface RunnerParts {
  readonly database: Database;
  readonly world: World;
  readonly timing: Timing;
  readonly log: Log;
  readonly crash: CrashPoints;
  readonly exclusively: Exclusively;
  readonly settle: (settlement: Settlement) => Promise<void>;
}

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
  const saveStep = groupCommit<StepWrite, boolean>((steps) => saveSteps(database, steps), { maxBatch: 200 });

  async function attempt(run: RunInHand, owner: string, signal: AbortSignal, label: (text: string) => void) {
    const flow = world.flows.find((candidate) => candidate.id === run.flow) as Automation | undefined;
    if (flow === undefined) throw flowIsGone(run.flow);
    const organisation = await world.organisation(run.organisationId);
    const row = (await world.flowRows(run.organisationId)).find((candidate) => candidate.flow === flow.id);
    const recorder = new StepRecorder({
      save: saveStep,
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
        exclusively: (key, work) => parts.exclusively(`${run.organisationId} ${run.flow} ${key}`, work),
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

  return async (run, owner, signal) => {
    const about = { organisationId: run.organisationId, owner };
    let label: string | null = null;
    const setLabel = (text: string): void => {
      label = fitText(text, LONGEST_LABEL);
    };
    try {
      const outcome = await attempt(run, owner, signal, setLabel);
      await parts.settle({
        ...about,
        kind: 'ended',
        run: {
          id: run.id,
          state: outcome.state,
          summary: outcome.summary,
          error: null,
          label,
          attempt: run.attempt,
          supersedes: supersedes(run),
        },
      });
    } catch (thrown) {
      // A stopping process leaves its runs as they stand: the next one takes them up at once.
      if (thrown instanceof Fenced || signal.aborted) return;
      const error = asLiaisonError(thrown);
      if (error.kind === 'unknown')
        parts.log.error(
          { run: run.id, flow: run.flow, err: thrown },
          'run failed in a way nobody recognised',
        );
      const verdict = judge(error, run.attempt, timing.now(), timing.random);
      await parts.settle(
        verdict.kind === 'shelve'
          ? {
              ...about,
              kind: 'ended',
              run: {
                id: run.id,
                state: 'shelved',
                summary: null,
                error: storedError(error),
                label,
                attempt: run.attempt + 1,
                supersedes: false,
              },
            }
          : {
              ...about,
              kind: 'postponed',
              run: {
                id: run.id,
                attempt: verdict.attempt,
                dueAt: new Date(verdict.at),
                error: storedError(error),
                label,
              },
            },
      );
    }
  };
}
