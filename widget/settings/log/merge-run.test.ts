import fc from 'fast-check';
import type { RunSummary, RunsPage } from '../../../server/api/contract.ts';
import { exampleRun, runIdOf, type Story } from '../../../test/browser/memory-api/example-runs.ts';
import { letsThrough, mergeRun } from './merge-run.ts';

const START = Date.parse('2026-11-20T09:00:00Z');
const run = (number: number, story: Story = 'done'): RunSummary =>
  exampleRun(number, story, START + number * 1_000);
const page = (numbers: number[], next: string | null = null): RunsPage => ({
  runs: numbers.map((n) => run(n)),
  next,
});
const ids = (pages: readonly RunsPage[]) =>
  pages.map(({ runs }) => runs.map(({ id }) => Number.parseInt(id.slice(-12), 16)));

describe('a run that changed', () => {
  it('is replaced where it stands', () => {
    const pages = mergeRun([page([4, 3], 'c'), page([1])], run(3, 'shelved'), {});
    expect(ids(pages)).toEqual([[4, 3], [1]]);
    expect(pages[0]?.runs[1]?.state).toBe('shelved');
  });

  it('is put in its place by time when it is new', () => {
    expect(ids(mergeRun([page([4, 2])], run(6), {}))).toEqual([[6, 4, 2]]);
    expect(ids(mergeRun([page([4, 2])], run(3), {}))).toEqual([[4, 3, 2]]);
    expect(ids(mergeRun([{ runs: [], next: null }], run(3), {}))).toEqual([[3]]);
  });

  it('is left to a page that was not asked for yet when it is older than what is held', () => {
    const pages = [page([4, 3], runIdOf(3))];
    expect(ids(mergeRun(pages, run(1), {}))).toEqual([[4, 3]]);
    expect(ids(mergeRun([page([4, 3])], run(1), {}))).toEqual([[4, 3, 1]]);
  });

  it('goes when the filter no longer lets it through, and does not come when it never did', () => {
    expect(ids(mergeRun([page([4, 3])], run(3, 'waiting'), { state: 'done' }))).toEqual([[4]]);
    const pages = [page([4, 3])];
    expect(mergeRun(pages, run(9), { state: 'shelved' })).toBe(pages);
  });

  it('leaves each run once and the list in order, whatever comes in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 }), (numbers) => {
        const pages = numbers.reduce<readonly RunsPage[]>((now, n) => mergeRun(now, run(n), {}), [page([])]);
        const held = ids(pages).flat();
        expect(held).toEqual([...new Set(numbers)].sort((left, right) => right - left));
      }),
    );
  });
});

describe('the filter lets through', () => {
  const deal = run(1);
  it('by flow, state, part of the label or whole id, and time', () => {
    expect(letsThrough({ integration: 'deal-won-to-slack', state: 'done', record: 'SITE' }, deal)).toBe(true);
    expect(letsThrough({ record: deal.record.id }, deal)).toBe(true);
    expect(letsThrough({ record: deal.record.id.slice(0, 5) }, deal)).toBe(false);
    expect(letsThrough({ integration: 'other' }, deal)).toBe(false);
    expect(letsThrough({ from: deal.createdAt }, deal)).toBe(true);
    expect(letsThrough({ to: deal.createdAt }, deal)).toBe(false);
  });

  it('by a label in either language', () => {
    const label = { en: 'Zoé Noël · row 7', fr: 'Zoé Noël · ligne 7' };
    const line: RunSummary = { ...deal, record: { ...deal.record, label } };
    expect(['· ROW 7', 'ligne 7', 'row 8'].map((record) => letsThrough({ record }, line))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
