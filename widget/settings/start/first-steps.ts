import type { Connection, Flow, RunCounts, SyncSummary } from '../../../server/api/contract.ts';

/** What is true of an organisation: the steps are read off it, nothing is ticked. */
export interface StartFacts {
  readonly connections: readonly Pick<Connection, 'connector' | 'state'>[];
  readonly flows: readonly Pick<Flow, 'enabled' | 'connectors'>[];
  readonly syncs: readonly Pick<SyncSummary, 'phase'>[];
  /** Of the runs that people caused: see `runsOfPeople`. */
  readonly counts: RunCounts;
  /** Places where alerts go. */
  readonly places: number;
}

export const STEPS = ['crm', 'vendor', 'flow', 'try', 'see', 'alerts'] as const;
export type StepId = (typeof STEPS)[number];

const CRM = 'zoho-crm';
/** A sync in these has been previewed and applied: it was tried. */
const AT_WORK: ReadonlySet<SyncSummary['phase']> = new Set(['applying', 'live']);

/** How long the sandbox is at work by itself once its first account is connected: it reads the sheet that is there. */
const OWN_WORK_MS = 15_000;

/**
 * From when on a run was caused by somebody. The sandbox connects its accounts when it first starts and takes
 * up the rows that are there; what comes later, a person played. In production every run counts.
 */
export function runsOfPeople(
  connections: readonly Pick<Connection, 'since'>[],
  inSandbox: boolean,
): { readonly from?: string } {
  const begun = connections.map(({ since }) => Date.parse(since));
  if (!inSandbox || begun.length === 0) return {};
  return { from: new Date(Math.min(...begun) + OWN_WORK_MS).toISOString() };
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
