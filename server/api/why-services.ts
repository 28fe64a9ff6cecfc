import { integrationTitle } from '../core/integration-title.ts';
import type { Sentence } from '../core/sentence.ts';
import type { Database } from '../store/database.ts';
import { type Turn, turnsOf } from '../store/integration-changes.ts';
import { integrationNames, integrationsOf } from '../store/integrations.ts';
import { leftLines } from '../store/left-events.ts';
import { organisationById } from '../store/organisations.ts';
import { loggedRuns } from '../store/run-log.ts';
import type { Why } from './contract.ts';
import { NEVER, type OffSpan, offSentence, offThen, runSentence, silentSince } from './why-words.ts';

export interface WhyParts {
  readonly database: Database;
  readonly titles: ReadonlyMap<string, { readonly titles: Sentence }>;
  readonly now: () => number;
}

type Line = Why['lines'][number];
const MOST_LINES = 100;

/** Spans in which an integration was off. */
function offSpans(turns: readonly Turn[]): OffSpan[] {
  return turns.flatMap(({ enabled, at }, index) =>
    enabled ? [] : [{ from: at, until: turns[index + 1]?.at ?? null }],
  );
}

const covers = ({ from, until }: OffSpan, at: Date): boolean =>
  from.getTime() <= at.getTime() && (until === null || at.getTime() < until.getTime());

/**
 * Why something was done of a record, and why not: each thing that arrived about it with what became of it, for the
 * integrations that the asker may know of.
 *
 * @param hidden integrations of which nothing is told.
 */
export async function whyOf(
  { database, titles, now }: WhyParts,
  organisationId: string,
  record: string,
  hidden: ReadonlySet<string>,
): Promise<Why> {
  const [organisation, runs, names, integrations] = await Promise.all([
    organisationById(database, organisationId),
    loggedRuns(database, organisationId, { record, hidden, limit: MOST_LINES }),
    integrationNames(database, organisationId),
    integrationsOf(database, organisationId),
  ]);
  const clock = { timeZone: organisation?.timeZone ?? 'UTC' };
  const known = new Map(names.map((one) => [one.id, integrationTitle(one, titles)]));
  const named = (id: string): Line['integration'] => ({ id, titles: known.get(id) ?? { en: id, fr: id } });
  const records = [...new Set([record, ...runs.map(({ recordId }) => recordId)])];
  const open = integrations.filter(({ id }) => !hidden.has(id));
  const [left, turns] = await Promise.all([
    leftLines(database, organisationId, records, { limit: MOST_LINES, hidden }),
    turnsOf(
      database,
      organisationId,
      open.map(({ id }) => id),
    ),
  ]);
  const spansOf = (id: string) => offSpans(turns.filter(({ integration }) => integration === id));
  const labels = new Map(runs.map(({ recordId, recordLabel }) => [recordId, recordLabel]));
  const arrivals = [...runs.map(({ createdAt }) => createdAt), ...left.map(({ at }) => at)];
  const times = arrivals.map((at) => at.getTime());
  const line = (at: Date, integration: string | null, more: Omit<Line, 'at' | 'integration'>): Line => ({
    at: at.toISOString(),
    integration: integration === null ? null : named(integration),
    ...more,
  });
  const lines: Line[] = [
    ...runs.map((run) =>
      line(run.createdAt, run.integration, {
        record: run.recordLabel ?? run.recordId,
        outcome: run.state,
        sentence: runSentence(run, clock),
        run: run.id,
      }),
    ),
    ...left.map(({ integration, recordId, at }) => {
      const span = spansOf(integration).find((one) => covers(one, at));
      return line(at, integration, {
        record: labels.get(recordId) ?? recordId,
        outcome: 'off' as const,
        sentence: span === undefined ? offThen(at, clock) : offSentence(span, at, clock),
        run: null,
      });
    }),
  ];
  // An integration that was off while the record was heard of, of which nothing else is told.
  const told = new Set(lines.map(({ integration }) => integration?.id));
  const isConcerned = new Set(
    open
      .filter(({ flow }) => titles.has(flow) && runs.some((run) => run.flow === flow))
      .map(({ id }) => id)
      .filter((id) => !told.has(id)),
  );
  for (const id of isConcerned)
    for (const span of spansOf(id))
      if (times.some((at) => covers(span, new Date(at))))
        lines.push(
          line(span.from, id, {
            record: null,
            outcome: 'off',
            sentence: offSentence(span, null, clock),
            run: null,
          }),
        );
  lines.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const sentence = times.length === 0 ? NEVER : silentSince(new Date(Math.max(...times)), clock);
  const silence = line(new Date(now()), null, { record: null, outcome: 'nothing', sentence, run: null });
  return { lines: [silence, ...lines.slice(0, MOST_LINES)] };
}
