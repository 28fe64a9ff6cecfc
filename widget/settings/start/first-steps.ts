import type { Connection, Flow, RunCounts, SyncSummary } from '../../../server/api/contract.ts';

/** What is true of an organisation: the steps are read off it, nothing is ticked. */
export interface StartFacts {
  readonly connections: readonly Pick<Connection, 'connector' | 'state'>[];
  readonly flows: readonly Pick<Flow, 'enabled' | 'connectors'>[];
  readonly syncs: readonly Pick<SyncSummary, 'phase'>[];
  /** Of the runs that people caused: see `ownRuns`. */
  readonly counts: RunCounts;
  /** Places where alerts go. */
  readonly places: number;
}

export const STEPS = ['crm', 'vendor', 'flow', 'try', 'see', 'alerts'] as const;
export type StepId = (typeof STEPS)[number];

const CRM = 'zoho-crm';
/** A sync in these has been previewed and applied: it was tried. */
const AT_WORK: ReadonlySet<SyncSummary['phase']> = new Set(['applying', 'live']);

/**
 * For how long a flow that reads a source may be at work on what stood there when the sandbox first started. What
 * vendors announce is never its own work, however early it comes.
 */
const FIRST_READING_MS = 60_000;

/**
 * The runs that nobody caused: the sandbox connects its accounts when it first starts, and its first reading takes
 * up the rows that are there. Null where there are none: in production, and before anything is connected.
 */
export function ownRuns(
  connections: readonly Pick<Connection, 'since'>[],
  flows: readonly Pick<Flow, 'id' | 'looks'>[],
  inSandbox: boolean,
): { readonly integration: string; readonly to: string } | null {
  const begun = connections.map(({ since }) => Date.parse(since));
  // What is never announced is read: nothing of it is ever found in place of a webhook.
  const reading = flows.find(({ looks }) => looks !== null && looks.found === null);
  if (!inSandbox || begun.length === 0 || reading === undefined) return null;
  return { integration: reading.id, to: new Date(Math.min(...begun) + FIRST_READING_MS).toISOString() };
}

/** What of all runs people caused. */
export function runsOfPeople(all: RunCounts, own: RunCounts): RunCounts {
  const less = Object.entries(all).map(([state, count]) => [
    state,
    Math.max(0, count - own[state as keyof RunCounts]),
  ]);
  return Object.fromEntries(less) as RunCounts;
}

/** What the sandbox has ready when it first starts, without anybody's doing. */
const READY_IN_SANDBOX: ReadonlySet<StepId> = new Set(['crm', 'vendor', 'flow']);

export const isReadyInSandbox = (step: StepId): boolean => READY_IN_SANDBOX.has(step);

/** Which of the first steps are done. */
export function stepsDone(facts: StartFacts): ReadonlySet<StepId> {
  const { connections, flows, syncs, counts, places } = facts;
  const isActive = (isCrm: boolean) =>
    connections.some(({ connector, state }) => state === 'active' && (connector.id === CRM) === isCrm);
  const isReady = ({ enabled, connectors }: StartFacts['flows'][number]) =>
    enabled && connectors.every(({ connected }) => connected);
  const isLive = syncs.some(({ phase }) => phase === 'live');
  const runs =
    counts.waiting + counts.running + counts.done + counts.skipped + counts.shelved + counts.superseded;
  const done: Record<StepId, boolean> = {
    crm: isActive(true),
    vendor: isActive(false),
    flow: flows.some(isReady) || syncs.some(({ phase }) => AT_WORK.has(phase)),
    try: runs > 0 || isLive,
    see: counts.done > 0 || isLive,
    alerts: places > 0,
  };
  return new Set(STEPS.filter((step) => done[step]));
}
