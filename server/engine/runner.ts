import { asLiaisonError, LiaisonError } from '../core/errors.ts';
import type { Fact } from '../core/facts/facts.ts';
import { fitText } from '../core/fit-text.ts';
import { type Automation, type FlowEvent, type Outcome, triggerRole } from '../core/flow.ts';
import { type Label, mapLabel } from '../core/label.ts';
import type { Log } from '../core/log.ts';
import { ALL_INTEGRATIONS, type ClaimWish, claims } from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import { passingFailure } from '../store/database-failure.ts';
import { earlyFacts, forgetEarlyFacts, keepEarlyFact } from '../store/early-facts.ts';
import { eventFile, filesOfEvent } from '../store/event-files.ts';
import { recalled, topicsOfRun } from '../store/filter-memory.ts';
import { groupCommit } from '../store/group-commit.ts';
import type { NewEvent } from '../store/inbox.ts';
import type { IntegrationRow } from '../store/integrations.ts';
import { type Left, type Link, linkedElsewhere, linkedRecords, saveLinks } from '../store/links.ts';
import { addRunRecord } from '../store/record-history.ts';
import type { EndedRun, RecordKey, RunInHand, StoredError } from '../store/runs.ts';
import { type StepWrite, saveSteps, stepsOf } from '../store/steps.ts';
import { ownerOf } from '../store/users.ts';
import type { CrashPoints } from './crash-point.ts';
import { parseBody } from './event-body.ts';
import type { Exclusively } from './exclusive.ts';
import { Fenced } from './fenced.ts';
import { integrationOf } from './integration-of.ts';
import { openClients } from './open-clients.ts';
import { asRunError, isOwnTrouble, ownTrouble } from './own-trouble.ts';
import type { Timing, World } from './ports.ts';
import { judge } from './retry-policy.ts';
import { runContext } from './run-context.ts';
import { runFilter, runMadeAt } from './run-filter.ts';
import type { Settlement } from './settle.ts';
import { ownEvent } from './source.ts';
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
  /** Stores events, and sees that they get their runs. */
  readonly begin: (events: readonly NewEvent[]) => Promise<void>;
  readonly trouble: StoreTrouble;
}

/** Before a run is tried again that our own database, and not a vendor, kept from going on. */
const OWN_TROUBLE_PAUSE_MS = 2_000;

/** What waited when its integration was deleted. */
const INTEGRATION_IS_GONE: Outcome = {
  state: 'skipped',
  summary: {
    en: 'The integration was deleted; nothing was done.',
    fr: 'L’intégration a été supprimée\u00a0; rien n’a été fait.',
  },
};

const flowIsGone = (flow: string): LiaisonError =>
  new LiaisonError('rejected', {
    sentence: {
      en: `The flow “${flow}” is no longer part of Liaison; nothing was done.`,
      fr: `Le flux «\u00a0${flow}\u00a0» ne fait plus partie de Liaison\u00a0; rien n’a été fait.`,
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
  /** What many runs ask of the database at once goes together; what is one's own fault fails nobody else. */
  const together = <Item, Result>(flush: (items: readonly Item[]) => Promise<readonly Result[]>) =>
    groupCommit(flush, { maxBatch: 200, isOfOne: (error) => passingFailure(error) === undefined });
  const saveStep = together((steps: readonly StepWrite[]) => saveSteps(database, steps));
  const claim = together((wishes: readonly ClaimWish[]) => claims(database, wishes));
  const linkedRecord = together((lefts: readonly Left[]) => linkedRecords(database, lefts));
  const recall = together((records: readonly RecordKey[]) => recalled(database, records));
  const saveLink = together(async (links: readonly Link[]) => {
    await saveLinks(database, links);
    return links.map(() => undefined);
  });

  async function attempt(
    run: RunInHand,
    owner: string,
    held: AbortSignal,
    lost: AbortController,
    label: (label: Label) => void,
    supersedes: (does: boolean) => void,
    remember: (fits: boolean) => void,
  ) {
    const signal = AbortSignal.any([held, lost.signal]);
    const integration = await integrationOf(world, run.organisationId, run.integration);
    if (integration === null) return INTEGRATION_IS_GONE;
    const flow = flowOf(integration);
    if (flow === undefined) throw flowIsGone(integration.flow);
    supersedes(settlesEarlier(flow));
    const organisation = await world.organisation(run.organisationId);
    const recorder = new StepRecorder({
      save: (step) => untilStored(parts, () => saveStep(step), signal),
      run: { id: run.id, owner },
      stored: run.begun ? await stepsOf(database, run.id) : [],
      now: timing.now,
    });
    const { onExchange } = recorder;
    const clients = await openClients(world, integration, flow, { onExchange, signal });
    const left = { organisationId: run.organisationId, integration: run.integration };
    const me = integration.filter ? await ownerOf(database, run.organisationId, integration.owner) : null;
    return flow.run(
      runContext({
        runId: run.id,
        event: flowEvent(run),
        settings: flow.settings.parse(integration.settings),
        organisation,
        declared: flow.steps,
        recorder,
        crash: parts.crash,
        ...clients,
        // Shared by all integrations of the flow: they may write to one and the same account.
        exclusively: (key, work) =>
          parts.exclusively(`${run.organisationId} ${flow.id} ${key}`, work, () => lost.abort()),
        once: (identity) => claim({ ...left, identity, runId: run.id }),
        onceForAll: (identity) => claim({ ...left, integration: ALL_INTEGRATIONS, identity, runId: run.id }),
        files: () => filesOfEvent(database, run.event),
        file: (id) => eventFile(database, run.organisationId, id),
        linked: (leftId) => linkedRecord({ ...left, leftId }),
        linkedElsewhere: (leftId) => linkedElsewhere(database, { ...left, leftId }, triggerRole(flow)),
        link: (leftId, rightId) => saveLink({ ...left, leftId, rightId }),
        keep: (fact) => keepEarlyFact(database, left, fact),
        kept: (subjects) => earlyFacts(database, left, subjects),
        forget: (facts) => forgetEarlyFacts(database, left, facts),
        about: (record) => addRunRecord(database, run, record),
        beginRuns: async (events) => {
          const { connector, account = '' } = run.event;
          const of = { ...left, connector, account };
          await parts.begin(events.map((event) => ownEvent(of, event)));
        },
        isOn: async () =>
          (await world.integrations(run.organisationId, true)).some(
            (one) => one.id === run.integration && one.enabled,
          ),
        topics: () => topicsOfRun(database, run.id),
        filter: runFilter(integration.filter, {
          organisation,
          me,
          now: runMadeAt(run.id),
          recall: () =>
            recall({
              organisationId: run.organisationId,
              integration: run.integration,
              recordId: run.recordId,
            }),
          topics: () => topicsOfRun(database, run.id),
          remember,
        }),
        label,
      }),
    );
  }

  const flowOf = ({ flow }: IntegrationRow): Automation | undefined =>
    world.flows.find((candidate) => candidate.id === flow);

  /** One attempt; what is to be stored of how it ended, or null when it is no longer ours to say. */
  async function settlementOf(
    run: RunInHand,
    owner: string,
    signal: AbortSignal,
    setLabel: (label: Label) => void,
    label: () => Label | null,
  ): Promise<Settlement | null> {
    const about = { organisationId: run.organisationId, owner };
    const lost = new AbortController();
    try {
      let doesSupersede = false;
      let fits: boolean | null = null;
      const outcome = await attempt(
        run,
        owner,
        signal,
        lost,
        setLabel,
        (does) => {
          doesSupersede = does;
        },
        (does) => {
          fits = does;
        },
      );
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
          supersedes: doesSupersede,
          fits,
          facts: [],
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
          { run: run.id, integration: run.integration, err: thrown },
          'run failed in a way nobody recognised',
        );
      const now = timing.now();
      const verdict = judge(error, run.attempt, now, timing.random);
      return verdict.kind === 'shelve'
        ? { ...about, kind: 'ended', run: shelved(run, storedError(error), label(), now) }
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
    let label: Label | null = null;
    const setLabel = (named: Label): void => {
      label = mapLabel(named, (text) => fitText(text, LONGEST_LABEL));
    };
    const settlement = await settlementOf(run, owner, signal, setLabel, () => label);
    if (settlement === null) return;
    const settle = (one: Settlement) => untilStored(parts, () => parts.settle(one), signal);
    await settle(settlement).catch(async (error: unknown) => {
      if (signal.aborted) return;
      // The database cannot hold what there is to say of this run: that much is said, and the run is set aside.
      parts.log.error(
        { run: run.id, integration: run.integration, err: error },
        'the end of a run could not be stored as it was',
      );
      const { organisationId } = run;
      await settle({
        organisationId,
        owner,
        kind: 'ended',
        run: shelved(run, storedError(asLiaisonError(error)), null, timing.now()),
      });
    });
  };
}

/** What receivers are told of a run that was set aside; it may be set aside again. */
const failed = (run: RunInHand, { kind, sentence }: StoredError, label: Label | null, now: number): Fact => ({
  type: 'run.failed',
  key: `failed ${run.id} ${now}`,
  data: {
    run: run.id,
    record: {
      application: run.event.connector,
      object: run.recordObject,
      id: run.recordId,
      name: label === null || typeof label === 'string' ? label : label.en,
    },
    reason: { code: kind, ...sentence },
  },
});

/**
 * Whether what is done for a record settles what was set aside of it before: the newest has all of it. What people ask
 * for is a thing of its own each time (two mails on one contact), and stays set aside.
 */
const settlesEarlier = ({ trigger }: Automation): boolean =>
  trigger.kind === 'event' ? trigger.coalesce : trigger.kind !== 'asked';

const shelved = (run: RunInHand, error: StoredError, label: Label | null, now: number): EndedRun => ({
  id: run.id,
  state: 'shelved',
  summary: null,
  error,
  label,
  attempt: run.attempt + 1,
  supersedes: false,
  fits: null,
  facts: [failed(run, error, label, now)],
});
