import type { RunSummary, RunsPage } from '../../../server/api/contract.ts';
import { labelWords } from '../../../server/core/label.ts';
import type { LogFilter } from './run-queries.ts';

/**
 * The pages of a list with one run as it now is: replaced where it stands, put in its place when it is
 * new, taken out when the filter no longer lets it through. The same pages when nothing changes.
 */
export function mergeRun(
  pages: readonly RunsPage[],
  run: RunSummary,
  filter: LogFilter,
): readonly RunsPage[] {
  const wanted = letsThrough(filter, run);
  const held = pages.findIndex((page) => page.runs.some(({ id }) => id === run.id));
  if (held >= 0) {
    return pages.map((page, index) =>
      index !== held
        ? page
        : {
            ...page,
            runs: wanted
              ? page.runs.map((one) => (one.id === run.id ? run : one))
              : page.runs.filter(({ id }) => id !== run.id),
          },
    );
  }
  if (!wanted) return pages;
  const place = pages.findIndex((page) => page.runs.some((one) => isNewer(run, one)));
  // Older than everything that is held: it belongs to a page that was not asked for, if there is one.
  const target = place >= 0 ? place : pages.at(-1)?.next === null ? pages.length - 1 : -1;
  return pages.map((page, index) => (index === target ? { ...page, runs: inserted(page.runs, run) } : page));
}

function inserted(runs: readonly RunSummary[], run: RunSummary): RunSummary[] {
  const before = runs.findIndex((one) => isNewer(run, one));
  return before < 0 ? [...runs, run] : [...runs.slice(0, before), run, ...runs.slice(before)];
}

function isNewer(left: RunSummary, right: RunSummary): boolean {
  const difference = Date.parse(left.createdAt) - Date.parse(right.createdAt);
  return difference === 0 ? left.id > right.id : difference > 0;
}

/** The server's filter, for runs that arrive live. */
export function letsThrough(filter: LogFilter, run: RunSummary): boolean {
  const { integration, record, state, from, to } = filter;
  const made = Date.parse(run.createdAt);
  const wanted = record?.toLocaleLowerCase();
  return (
    (integration === undefined || run.integration.id === integration) &&
    (state === undefined || run.state === state) &&
    (from === undefined || made >= Date.parse(from)) &&
    (to === undefined || made < Date.parse(to)) &&
    (wanted === undefined ||
      run.record.id === record ||
      Object.values(labelWords(run.record.label ?? '')).some((text) =>
        text.toLocaleLowerCase().includes(wanted),
      ))
  );
}
