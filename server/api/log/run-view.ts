import type { Connector } from '../../core/connector.ts';
import { ERROR_KINDS, type ErrorKind } from '../../core/errors.ts';
import { type Automation, declaredName } from '../../core/flow.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { BoundRole } from '../../store/integrations.ts';
import type { LoggedRun, WholeRun } from '../../store/run-log.ts';
import type { StoredError } from '../../store/runs.ts';
import type { StepRow } from '../../store/steps.ts';
import type { RunDetail, RunSummary } from '../contract.ts';
import { fieldTitles } from '../flows/field-titles.ts';
import type { StoredRun } from '../services.ts';

/** What turns stored rows into what people see: the registries, and the organisation's accounts. */
export interface ViewFacts {
  readonly flows: ReadonlyMap<string, Automation>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly redact: (text: string) => string;
  /** Address of a record in the vendor's interface, where the connector knows one. */
  readonly recordUrl: (object: string, id: string) => string | null;
}

type RunFailure = NonNullable<RunSummary['error']>;
type Failure = Omit<RunFailure, 'fieldTitles'>;

/** A stored failure as people see it. */
export function failureOf(error: StoredError | null): Failure | null {
  if (error === null) return null;
  const kind = (error.kind in ERROR_KINDS ? error.kind : 'unknown') as ErrorKind;
  return {
    kind,
    actor: ERROR_KINDS[kind].actor,
    sentence: error.sentence,
    vendorMessage: error.vendorMessage ?? null,
    field: error.field ?? null,
  };
}

/** With what people call the field, as the connectors that took part know it. */
function runFailure(
  facts: ViewFacts,
  error: StoredError | null,
  connectors: readonly (string | undefined)[],
): RunFailure | null {
  const failure = failureOf(error);
  if (failure === null) return null;
  const known = connectors.map((id) => (id === undefined ? undefined : facts.connectors.get(id)));
  return { ...failure, fieldTitles: fieldTitles(known, failure.field) };
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const between = (start: Date | null, end: Date | null): number | null =>
  start === null || end === null ? null : Math.max(0, end.getTime() - start.getTime());

const unnamed = (id: string) => ({ en: id, fr: id });

export function runSummary(facts: ViewFacts, run: LoggedRun): RunSummary {
  const flow = facts.flows.get(run.flow);
  const titles = flow?.titles ?? unnamed(run.flow);
  const object = [...facts.connectors.values()]
    .flatMap((connector) => connector.objects)
    .find((candidate) => candidate.id === run.recordObject);
  return {
    id: run.id,
    integration: { id: run.integration, titles: integrationTitle(run, facts.flows) },
    flow: { id: run.flow, titles },
    record: {
      object: run.recordObject,
      titles: object?.titles ?? null,
      id: run.recordId,
      knownById: object?.ownIds !== true,
      label: run.recordLabel,
      url: facts.recordUrl(run.recordObject, run.recordId),
    },
    state: run.state,
    attempts: run.attempt,
    nextAttemptAt: run.state === 'waiting' && run.attempt > 0 ? iso(run.dueAt) : null,
    summary: run.summary,
    error: runFailure(
      facts,
      run.error,
      // A step of a role may have been done by any connector that can take it.
      Object.values(flow?.steps ?? {}).flatMap(({ connector }) => connector ?? [...facts.connectors.keys()]),
    ),
    createdAt: run.createdAt.toISOString(),
    startedAt: iso(run.startedAt),
    finishedAt: iso(run.finishedAt),
    durationMs: between(run.startedAt, run.finishedAt),
  };
}

type Step = RunDetail['steps'][number];
type StoredExchange = Partial<Step['exchanges'][number]> & { startedAt: string };

function connectorName(facts: ViewFacts, id: string): Step['connector'] {
  return { id, titles: facts.connectors.get(id)?.titles ?? unnamed(id) };
}

/** A step that was done for several things says for which. */
function ofItem({ en, fr }: Sentence, name: string): Sentence {
  const item = name.slice(declaredName(name).length).trim();
  return item === '' ? { en, fr } : { en: `${en} (${item})`, fr: `${fr} (${item})` };
}

interface RanBy {
  readonly flow: Automation | undefined;
  /** The accounts that its integration uses now. */
  readonly roles: readonly BoundRole[];
}

function stepOf(facts: ViewFacts, { flow, roles }: RanBy, name: string, row: StepRow | undefined): Step {
  const declared = flow?.steps[declaredName(name)];
  const bound = roles.find(({ role }) => role === declared?.role);
  const connector = declared?.connector ?? bound?.connector;
  return {
    name,
    titles: declared === undefined ? unnamed(name) : ofItem(declared.titles, name),
    connector: connectorName(facts, connector ?? 'unknown'),
    effect: declared?.effect ?? 'read',
    state: row?.state ?? 'not-started',
    found: row?.found ?? false,
    attempts: row?.attempts ?? 0,
    startedAt: iso(row?.startedAt ?? null),
    finishedAt: iso(row?.finishedAt ?? null),
    durationMs: between(row?.startedAt ?? null, row?.finishedAt ?? null),
    error: runFailure(facts, row?.error ?? null, [connector]),
    exchanges: ((row?.exchanges ?? []) as StoredExchange[]).map((exchange) => ({
      method: exchange.method ?? '',
      url: exchange.url ?? '',
      status: exchange.status ?? null,
      ms: exchange.ms ?? null,
      startedAt: exchange.startedAt,
      requestBody: exchange.requestBody ?? null,
      responseBody: exchange.responseBody ?? null,
      error: exchange.error ?? null,
    })),
  };
}

/** The steps that ran, in their order, then those that the flow declares and this run has not come to. */
function stepsOf(
  facts: ViewFacts,
  run: LoggedRun,
  rows: readonly StepRow[],
  roles: readonly BoundRole[],
): Step[] {
  const flow = facts.flows.get(run.flow);
  const by = { flow, roles };
  const ran = rows.map((row) => stepOf(facts, by, row.name, row));
  const over = run.state === 'done' || run.state === 'skipped';
  const seen = new Set(rows.map((row) => declaredName(row.name)));
  const ahead = over ? [] : Object.keys(flow?.steps ?? {}).filter((name) => !seen.has(name));
  return [...ran, ...ahead.map((name) => stepOf(facts, by, name, undefined))];
}

export function runDetail(facts: ViewFacts, whole: WholeRun, roles: readonly BoundRole[]): StoredRun {
  const { run, event, steps, droppedAfterDays } = whole;
  return {
    ...runSummary(facts, run),
    steps: stepsOf(facts, run, steps, roles),
    droppedAfterDays,
    event: {
      id: event.id,
      connector: connectorName(facts, event.connector),
      topic: event.topic,
      receivedAt: event.receivedAt.toISOString(),
      body: event.body === null ? null : facts.redact(event.body),
      joined: event.joined,
    },
  };
}
