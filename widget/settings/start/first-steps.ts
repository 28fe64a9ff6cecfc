import type { Connection, Flow, RunCounts, SyncSummary } from '../../../server/api/contract.ts';

/** What is true of an organisation: the steps are read off it, nothing is ticked. */
export interface StartFacts {
  readonly connections: readonly Pick<Connection, 'connector' | 'state'>[];
  readonly flows: readonly Pick<Flow, 'enabled' | 'connectors'>[];
  readonly syncs: readonly Pick<SyncSummary, 'phase'>[];
  readonly counts: RunCounts;
  /** Places where alerts go. */
  readonly places: number;
}

export const STEPS = ['crm', 'vendor', 'flow', 'try', 'see', 'alerts'] as const;
export type StepId = (typeof STEPS)[number];

const CRM = 'zoho-crm';
/** A sync in these has been previewed and applied: it was tried. */
const AT_WORK: ReadonlySet<SyncSummary['phase']> = new Set(['applying', 'live']);

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
