import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import { withMe } from '../../core/filter/me.ts';
import {
  type Automation,
  declaredName,
  type FlowEvent,
  type Outcome,
  STEP_ITEM,
  topicsOf,
  triggerRole,
} from '../../core/flow.ts';
import type { Label } from '../../core/label.ts';
import { languageOf } from '../../core/sentence.ts';
import { standInBook } from '../../core/stand-ins.ts';
import type { TrialRecord, TrialSource, TrialWarning } from '../../core/trial.ts';
import { sourceOf as beginsAt, type KnownTrigger, triggerAt } from '../../core/trigger-of.ts';
import { cursorOf } from '../../store/cursors.ts';
import type { Database } from '../../store/database.ts';
import { eventFile, filesOfRecord } from '../../store/event-files.ts';
import { recalled } from '../../store/filter-memory.ts';
import type { IntegrationRow } from '../../store/integrations.ts';
import type { StepWrite } from '../../store/steps.ts';
import { ownerOf } from '../../store/users.ts';
import { noCrash } from '../crash-point.ts';
import { openClients } from '../open-clients.ts';
import type { World } from '../ports.ts';
import { runContext } from '../run-context.ts';
import { runFilter } from '../run-filter.ts';
import { StepRecorder } from '../step-recorder.ts';
import { ownMemory } from './own-memory.ts';
import type { PlayedRequest, PlayedRun, PlayedStep } from './played.ts';
import { settingWarnings } from './setting-warnings.ts';

export interface TryParts {
  readonly database: Database;
  readonly world: Pick<World, 'open' | 'connectors' | 'organisation'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface TryWish {
  readonly integration: IntegrationRow;
  readonly flow: Automation;
  /** As the flow's own schema reads them; perhaps not saved yet. */
  readonly settings: unknown;
}

/** A person waits for it. */
const PATIENCE_MS = 45_000;
/** Stands for the id of the run that there is none of. */
const NO_RUN = '00000000-0000-0000-0000-000000000000';

/** What a try reads from, with nothing of an effect that could leave. */
async function openTry({ database, world, now }: TryParts, { integration, flow, settings }: TryWish) {
  const { organisationId, id } = integration;
  const organisation = await world.organisation(organisationId);
  const book = standInBook(languageOf(organisation.locale));
  book.add(NO_RUN, { en: 'the id of the run', fr: 'l’identifiant de l’exécution' });
  const steps = new Map<string, StepWrite>();
  const recorder = new StepRecorder({
    save: async (step) => {
      steps.set(step.name, step);
      return true;
    },
    run: { id: NO_RUN, owner: '' },
    stored: [],
    now,
    kept: Number.POSITIVE_INFINITY,
  });
  const clients = await openClients(world, integration, flow, {
    onExchange: recorder.onExchange,
    signal: AbortSignal.timeout(PATIENCE_MS),
    holding: { book },
  });
  const cursor = flow.trigger.kind === 'poll' ? await cursorOf(database, organisationId, id) : null;
  const filter = integration.filter
    ? {
        kept: withMe(integration.filter, await ownerOf(database, organisationId, integration.owner)),
        place: { timeZone: organisation.timeZone, currency: organisation.currency, now: new Date(now()) },
      }
    : null;
  const source: TrialSource<unknown> = { ...clients, settings, organisation, cursor, filter };
  const connector = world.connectors.get(beginsAt(flow, integration.roles) ?? '');
  const begun = connector === undefined ? null : triggerAt(flow, connector);
  return { source, book, recorder, steps, begun };
}

/** What an integration can be tried on, and what stands in its source where that is polled. */
export async function recordsToTry(parts: TryParts, wish: TryWish, search: string | null) {
  const { source } = await openTry(parts, wish);
  const { trial } = wish.flow;
  const records = await trial.records(source, search);
  const standing = trial.standing === undefined ? null : await trial.standing(source);
  return { records, standing };
}

/**
 * Plays an integration on a record by the code of its runs: reads are real, writes are held back, and what later steps
 * need of them is filled in. Stores nothing, whatever comes of it.
 *
 * @param wanted id of a record as `recordsToTry` gives it; null: the latest that fits.
 */
export async function tryIt(parts: TryParts, wish: TryWish, wanted: string | null): Promise<PlayedRun> {
  const { integration, flow } = wish;
  const { organisationId } = integration;
  const opened = await openTry(parts, wish);
  const { source, book, recorder, steps } = opened;
  const nothing = { steps: [], warnings: [], remembers: false, outcome: null, book };
  let record: TrialRecord | null;
  let event: FlowEvent;
  try {
    record =
      wanted === null ? ((await flow.trial.records(source, null))[0] ?? null) : { id: wanted, title: wanted };
    const begun = record === null ? null : await flow.trial.event(source, record.id);
    if (begun === null) return { ...nothing, record: null, error: null };
    event = {
      ...begun,
      id: NO_RUN,
      connector: opened.begun?.connector ?? '',
      topic: begun.topic || firstTopic(opened.begun, wish),
      receivedAt: new Date(parts.now()),
    };
  } catch (thrown) {
    return { ...nothing, record: null, error: asLiaisonError(thrown) };
  }

  const about = { organisationId, integration: integration.id };
  const memory = ownMemory(parts.database, { ...about, role: triggerRole(flow) });
  const { recordId, topic } = event;
  const me = integration.filter ? await ownerOf(parts.database, organisationId, integration.owner) : null;
  let label: Label | null = null;
  let outcome: Outcome | null = null;
  let error: LiaisonError | null = null;
  try {
    outcome = await flow.run(
      runContext({
        ...memory,
        runId: NO_RUN,
        event,
        settings: wish.settings,
        organisation: source.organisation,
        declared: flow.steps,
        recorder,
        crash: noCrash,
        client: source.client,
        role: source.role,
        files: () => filesOfRecord(parts.database, organisationId, event.connector, event),
        file: (id) => eventFile(parts.database, organisationId, id),
        topics: async () => [topic],
        filter: runFilter(integration.filter, {
          organisation: source.organisation,
          me,
          now: event.receivedAt,
          recall: async () =>
            recordId === null
              ? null
              : ((await recalled(parts.database, [{ ...about, recordId }]))[0] ?? null),
          topics: async () => [topic],
          remember() {},
        }),
        label: (named) => {
          label = named;
        },
      }),
    );
  } catch (thrown) {
    error = asLiaisonError(thrown);
  }
  const played = [...steps.values()].sort((one, other) => one.position - other.position).map(asPlayed);
  const output = (name: string): unknown => steps.get(name)?.output;
  const { remembered } = memory;
  const told: TrialWarning[] = [];
  try {
    told.push(...((await flow.trial.warnings?.({ source, event, output, remembered })) ?? []));
  } catch (thrown) {
    told.push({ sentence: asLiaisonError(thrown).details.sentence });
  }
  told.push(...(await settingWarnings(flow, source, integration.known ?? {})));
  const title = label ?? record?.title ?? event.recordId ?? '';
  return {
    record: { ...(record ?? { id: '' }), title },
    steps: played,
    remembers: remembered.size > 0,
    warnings: told,
    ...{ outcome, error, book },
  };
}

const firstTopic = (begun: KnownTrigger | null, { flow, settings }: TryWish): string =>
  begun?.kind === 'event' ? (topicsOf(begun, settings)[0] ?? '') : flow.id;

function asPlayed({ name, state, found, output, exchanges }: StepWrite): PlayedStep {
  return {
    name: declaredName(name),
    item: name.split(STEP_ITEM).slice(1).join(STEP_ITEM) || null,
    state: state === 'done' ? 'done' : 'failed',
    found,
    output,
    requests: exchanges as readonly PlayedRequest[],
  };
}
