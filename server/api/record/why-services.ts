import type { RecordRef } from '../../core/flow.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { Label } from '../../core/label.ts';
import { type Turn, turnsOf } from '../../store/integration-changes.ts';
import { type IntegrationRow, integrationNames, integrationsOf } from '../../store/integrations.ts';
import { type LeftLine, leftLines } from '../../store/left-events.ts';
import { organisationById } from '../../store/organisations.ts';
import { refsBeside } from '../../store/record-cache.ts';
import { type LoggedRun, loggedRuns } from '../../store/run-log.ts';
import { runsOfRecords } from '../../store/runs-of-records.ts';
import type { FoundRecords, Why } from '../contract.ts';
import type { Asker } from '../integrations/integration-services.ts';
import { type FindRecordsParts, findRecords, objectTitles } from './find-records.ts';
import { syncedRecords, syncLines } from './why-syncs.ts';
import { NEVER, NO_RUN, type OffSpan, offSentence, offThen, runSentence, silentSince } from './why-words.ts';

export interface WhyParts extends FindRecordsParts {
  readonly now: () => number;
}

/** What is told to whom. */
export interface WhyAsker {
  readonly organisationId: string;
  /** Integrations of which nothing is told. */
  readonly hidden: ReadonlySet<string>;
  /** Whether this person may take up again what the integration set aside. */
  readonly mayReplay: (of: Pick<IntegrationRow, 'owner'> | undefined) => boolean;
}

/** What a person may be told, and may do. @param hidden integrations of which nothing is told. */
export const whyAsker = ({ organisationId, role, user }: Asker, hidden: ReadonlySet<string>): WhyAsker => ({
  organisationId,
  hidden,
  mayReplay: (of) => role === 'admin' || (of?.owner != null && of.owner === user?.id),
});

type Line = Why['lines'][number];
const MOST_LINES = 100;
/** Of what came for integrations that were off, the latest so many are counted. */
const MOST_MISSED = 2_000;
/** Of what no index finds, only the latest so many runs are looked through. */
const LOOKED_THROUGH = 500;

/** Each once. */
export const uniqueRefs = (refs: readonly RecordRef[]): RecordRef[] => [
  ...new Map(refs.map((ref) => [`${ref.object} ${ref.id}`, ref])).values(),
];

/** Spans in which an integration was off. */
function offSpans(turns: readonly Turn[]): OffSpan[] {
  return turns.flatMap(({ enabled, at }, index) =>
    enabled ? [] : [{ from: at, until: turns[index + 1]?.at ?? null }],
  );
}

const covers = ({ from, until }: OffSpan, at: Date): boolean =>
  from.getTime() <= at.getTime() && (until === null || at.getTime() < until.getTime());

/** What came of one record while an integration was off. */
interface Missed extends LeftLine {
  /** How often it came; `at` is the last time. */
  readonly times: number;
  /** Null: from when to when it was off is not known. */
  readonly span: OffSpan | null;
}

/** One for each span in which an integration was off: of sixty that are off, each edit would be told sixty times. */
function missed(left: readonly LeftLine[], spansOf: (integration: string) => readonly OffSpan[]): Missed[] {
  const found = new Map<string, Missed>();
  for (const one of left) {
    const span = spansOf(one.integration).find((spanned) => covers(spanned, one.at)) ?? null;
    const key = `${one.integration} ${span?.from.getTime() ?? ''} ${one.recordObject} ${one.recordId}`;
    const before = found.get(key);
    if (before === undefined) found.set(key, { ...one, times: 1, span });
    else found.set(key, { ...before, times: before.times + 1 });
  }
  return [...found.values()];
}

/** Why something was done of whatever goes by a name, an address or an id, and why not. @param object of one record alone. */
export async function whyOf(
  parts: WhyParts,
  asker: WhyAsker,
  { record, object }: { readonly record: string; readonly object?: string | undefined },
): Promise<Why> {
  const { organisationId, hidden } = asker;
  const found = await findRecords(parts, organisationId, record, hidden);
  if (object !== undefined) {
    const refs = await refsBeside(parts.database, organisationId, { object, id: record });
    const own = found.find((one) => one.object === object && one.id === record);
    return whyOfRecords(parts, asker, {
      refs,
      about: [own ?? unknown(parts, { object, id: record })],
      whole: true,
    });
  }
  // What a flow made has links only: of which object it is, nobody wrote down.
  const refs = [...found.map((one) => ({ object: one.object, id: one.id })), { object: '', id: record }];
  return whyOfRecords(parts, asker, { refs, about: found, whole: found.length === 1, sought: record });
}

const unknown = ({ connectors }: WhyParts, { object, id }: RecordRef): FoundRecords['records'][number] => ({
  object,
  id,
  titles: objectTitles(connectors, object),
  label: null,
  integrations: [],
  at: null,
});

export interface WhyWish {
  /** The record under every name that flows and syncs have for it. */
  readonly refs: readonly RecordRef[];
  readonly about: FoundRecords['records'];
  /** It is one record: what knows nothing of it says so, too. */
  readonly whole: boolean;
  /** Looked for in what was sent, where nothing goes by it. */
  readonly sought?: string;
}

/**
 * Each thing that arrived about these records with what became of it, and how they stand in their syncs, for the
 * integrations that the asker may know of.
 */
export async function whyOfRecords(
  parts: WhyParts,
  { organisationId, hidden, mayReplay }: WhyAsker,
  { refs, about, whole, sought }: WhyWish,
): Promise<Why> {
  const { database, titles, now } = parts;
  const [organisation, byRecord, names, integrations] = await Promise.all([
    organisationById(database, organisationId),
    runsOfRecords(database, organisationId, refs, { limit: MOST_LINES, hidden }),
    integrationNames(database, organisationId),
    integrationsOf(database, organisationId),
  ]);
  const timeZone = organisation?.timeZone ?? 'UTC';
  const clock = { timeZone };
  const open = integrations.filter(({ id }) => !hidden.has(id));
  const known = new Map(names.map((one) => [one.id, integrationTitle(one, titles)]));
  const rows = new Map(integrations.map((one) => [one.id, one]));
  const named = (id: string): Line['integration'] => ({ id, titles: known.get(id) ?? { en: id, fr: id } });
  const line = (
    at: Date,
    integration: string | null,
    more: Pick<Line, 'record' | 'outcome' | 'sentence'> & Partial<Line>,
  ): Line => ({
    at: at.toISOString(),
    integration: integration === null ? null : named(integration),
    kind: 'automation',
    run: null,
    mayReplay: false,
    ...more,
  });
  const synced = syncedRecords(open, parts.syncs, refs);
  const { standing, written } = await syncLines(parts, organisationId, synced, { timeZone, absent: whole });
  const isKnown = byRecord.length + standing.length + about.length > 0;
  const runs: LoggedRun[] =
    isKnown || sought === undefined
      ? byRecord
      : await loggedRuns(database, organisationId, {
          record: sought,
          hidden,
          limit: MOST_LINES,
          among: LOOKED_THROUGH,
        });
  const ids = [...new Set([...refs.map(({ id }) => id), ...runs.map(({ recordId }) => recordId)])];
  const [leftOfIds, turns] = await Promise.all([
    leftLines(database, organisationId, ids, { limit: MOST_MISSED, hidden }),
    turnsOf(
      database,
      organisationId,
      open.map(({ id }) => id),
    ),
  ]);
  // The ids of one vendor may be those of another, too.
  const left = leftOfIds.filter(({ recordId, recordObject }) => {
    const known = refs.filter(({ id }) => id === recordId);
    return known.length === 0 || known.some(({ object }) => object === '' || object === recordObject);
  });
  const spansOf = (id: string) => offSpans(turns.filter(({ integration }) => integration === id));
  const labels = new Map<string, Label | null>([
    ...about.map(({ id, label }) => [id, label] as const),
    ...runs.map(({ recordId, recordLabel }) => [recordId, recordLabel] as const),
  ]);
  const arrivals = [...runs.map(({ createdAt }) => createdAt), ...left.map(({ at }) => at)];
  const times = arrivals.map((at) => at.getTime());
  const lines: Line[] = [
    ...written,
    ...runs.map((run) =>
      line(run.createdAt, run.integration, {
        record: run.recordLabel ?? run.recordId,
        outcome: run.state,
        sentence: runSentence(run, clock),
        run: run.id,
        mayReplay: run.state === 'shelved' && mayReplay(rows.get(run.integration)),
      }),
    ),
    ...missed(left, spansOf).map(({ integration, recordId, at, times, span }) =>
      line(at, integration, {
        record: labels.get(recordId) ?? recordId,
        outcome: 'off',
        sentence: span === null ? offThen({ at, times }, clock) : offSentence(span, { at, times }, clock),
      }),
    ),
  ];
  // An integration that was off while the record was heard of, of which nothing else is told.
  const told = new Set(lines.map(({ integration }) => integration?.id));
  const concerned = new Set(
    open
      .filter(({ flow }) => titles.has(flow) && runs.some((run) => run.flow === flow))
      .map(({ id }) => id)
      .filter((id) => !told.has(id)),
  );
  for (const id of concerned)
    for (const span of spansOf(id))
      if (times.some((at) => covers(span, new Date(at))))
        lines.push(
          line(span.from, id, { record: null, outcome: 'off', sentence: offSentence(span, null, clock) }),
        );
  lines.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  // What is off never pushes out what was done, nor the other way round.
  const isOff = ({ outcome }: Line) => outcome === 'off';
  const shown = new Set([
    ...lines.filter(isOff).slice(0, MOST_LINES),
    ...lines.filter((one) => !isOff(one)).slice(0, MOST_LINES),
  ]);
  const never = standing.length > 0 || about.length > 0 ? NO_RUN : NEVER;
  const sentence = times.length === 0 ? never : silentSince(new Date(Math.max(...times)), clock);
  const silence = line(new Date(now()), null, { record: null, outcome: 'nothing', sentence });
  return { about: [...about], lines: [silence, ...standing, ...lines.filter((one) => shown.has(one))] };
}
