import type { Connector } from '../core/connector.ts';
import {
  type Automation,
  type EventTrigger,
  type FlowEvent,
  heardTopics,
  triggerRole,
} from '../core/flow.ts';
import type { SyncFlow } from '../core/sync-flow.ts';
import { type KnownTrigger, sidesOf, sourceOf, triggerAt } from '../core/trigger-of.ts';
import { type CursorSide, cursorOf, heardSince } from '../store/cursors.ts';
import type { Database, Sql } from '../store/database.ts';
import { type InboxRow, markDispatched, undispatchedEvents } from '../store/inbox.ts';
import type { IntegrationRow } from '../store/integrations.ts';
import { insertLeft, type LeftEvent } from '../store/left-events.ts';
import { tryLockUntilEnd } from '../store/locks.ts';
import { addHeardNames, type HeardNames } from '../store/record-names.ts';
import { insertRuns, joinRuns, lockWaitingRuns, type NewRun } from '../store/runs.ts';
import type { CrashPoints } from './crash-point.ts';
import { parseBody } from './event-body.ts';
import { hears } from './hears.ts';
import { namedInBody } from './named-in-body.ts';
import { announceRuns } from './notify.ts';
import type { World } from './ports.ts';
import { hint } from './sync/hint.ts';

const BATCH = 500;
// Any constant: events are given their runs by one process at a time, so that their order is the inbox's.
const DISPATCH_LOCK = 0x4c_69_64;

interface Match {
  readonly integration: string;
  readonly trigger: KnownTrigger;
  readonly event: InboxRow;
  readonly object: string;
  readonly recordId: string;
}

const asEvent = (row: InboxRow): FlowEvent => ({
  id: row.id,
  connector: row.connector,
  topic: row.topic,
  recordId: row.recordId,
  body: parseBody(row.contentType, row.body),
  receivedAt: row.receivedAt,
});

/** Says of which events some flow or sync may want to hear, by connector and topic. */
export function listening(
  flows: readonly Automation[],
  syncs: readonly SyncFlow[],
  connectors: ReadonlyMap<string, Connector>,
): (event: Pick<InboxRow, 'connector' | 'topic'>) => boolean {
  const objects = syncs.flatMap((sync) => sync.objects);
  const sides = flows.flatMap((flow) => sidesOf(flow).map((side) => side.flow));
  const triggers = sides.flatMap((flow) => {
    const { id, trigger } = flow;
    const known =
      trigger.kind === 'offered'
        ? [...connectors.values()].map((connector) => triggerAt(flow, connector))
        : [trigger];
    return known.flatMap((one) => (one === null ? [] : [{ id, trigger: one }]));
  });
  const named = new Set([
    ...triggers.flatMap(({ id, trigger }) =>
      (trigger.kind === 'event' ? trigger.topics : [id]).map((topic) => `${trigger.connector} ${topic}`),
    ),
    ...objects.flatMap(({ connector, topics }) => topics.map((topic) => `${connector.id} ${topic}`)),
  ]);
  const open = triggers.flatMap(({ trigger }) =>
    trigger.kind === 'event' && trigger.mayBeginBy !== undefined ? [trigger] : [],
  );
  return ({ connector, topic }) =>
    named.has(`${connector} ${topic}`) ||
    open.some((trigger) => trigger.connector === connector && trigger.mayBeginBy?.(topic) === true);
}

/**
 * How an event begins something of an integration: what it polled itself (then its own id is the topic), or a topic of
 * its flow's, from the account that it listens to. Null: it does not.
 */
const begunBy = (
  flow: Automation,
  integration: IntegrationRow,
  row: InboxRow,
  connectors: World['connectors'],
): KnownTrigger | null => {
  if (sourceOf(flow, integration.roles) !== row.connector) return null;
  const connector = connectors.get(row.connector);
  const trigger =
    flow.trigger.kind !== 'offered' ? flow.trigger : connector ? triggerAt(flow, connector) : null;
  if (trigger?.kind !== 'event') return row.topic === integration.id ? trigger : null;
  const settings = settingsFor(flow, trigger, integration);
  const topics = heardTopics(trigger, settings, Boolean(integration.filter));
  if (!topics.includes(row.topic)) return null;
  return hears(integration, triggerRole(flow), row) ? trigger : null;
};

/** The same of any side of it that it may be begun from. */
function begunOnASide(
  declared: Automation,
  integration: IntegrationRow,
  row: InboxRow,
  connectors: World['connectors'],
): { readonly flow: Automation; readonly trigger: KnownTrigger; readonly side: CursorSide } | null {
  for (const { flow, side } of sidesOf(declared)) {
    const trigger = begunBy(flow, integration, row, connectors);
    if (trigger !== null) return { flow, trigger, side };
  }
  return null;
}

/** Read only where a flow's topics hang on them; where what is stored cannot be read, what the flow brings along. */
function settingsFor(
  { settings }: Automation,
  { topicsOf, editTopicsOf, reachMs, isElsewhere }: EventTrigger,
  integration: IntegrationRow,
): unknown {
  const needsNone = [reachMs, topicsOf, isElsewhere].every((asks) => asks === undefined);
  if (needsNone && (editTopicsOf === undefined || !integration.filter)) return undefined;
  const read = settings.safeParse(integration.settings);
  return read.success ? read.data : settings.parse({});
}

const reachOf = (flow: Automation | undefined, trigger: KnownTrigger, integration: IntegrationRow): number =>
  flow === undefined || trigger.kind !== 'event' || trigger.reachMs === undefined
    ? 0
    : trigger.reachMs(settingsFor(flow, trigger, integration));

/** How far the vendor's clock, which says when something happened, may be behind ours. */
const CLOCK_SKEW_MS = 5_000;

/**
 * Whether something that a look found happened when the integration was on, or in the time before that it reaches back:
 * a look of another one may have found it.
 */
async function wasOn(
  sql: Sql,
  row: InboxRow,
): Promise<(integration: IntegrationRow, reachMs: number) => boolean> {
  const { happenedAt } = row;
  if (!happenedAt) return () => true;
  const since = await heardSince(sql, row.organisationId);
  return ({ id }, reachMs) =>
    (since.get(id)?.getTime() ?? 0) - reachMs <= happenedAt.getTime() + CLOCK_SKEW_MS;
}

/**
 * Whether an event is certainly about nothing that an integration follows. Its cursor is read once for all events that
 * are looked at together, and only where the vendor tells of more than one integration asked for.
 */
function elsewhere(sql: Sql) {
  const cursors = new Map<string, Promise<unknown>>();
  return async (
    flow: Automation,
    trigger: KnownTrigger,
    side: CursorSide,
    { organisationId, id, ...more }: IntegrationRow,
    event: FlowEvent,
  ): Promise<boolean> => {
    if (trigger.kind !== 'event' || trigger.isElsewhere === undefined) return false;
    const key = `${organisationId} ${id} ${side}`;
    const cursor = cursors.get(key) ?? cursorOf(sql, organisationId, id, side);
    cursors.set(key, cursor);
    const settings = settingsFor(flow, trigger, { organisationId, id, ...more });
    return trigger.isElsewhere(event, settings, await cursor);
  };
}

/** What events begin, and what they would have begun of integrations that are off or were not on when it happened. */
async function match(
  sql: Sql,
  world: World,
  rows: readonly InboxRow[],
): Promise<{ readonly matches: Match[]; readonly left: LeftEvent[] }> {
  const flows = new Map(world.flows.map((flow) => [flow.id, flow]));
  const matches: Match[] = [];
  const left: LeftEvent[] = [];
  const isElsewhere = elsewhere(sql);
  for (const row of rows) {
    let event: FlowEvent | null = null;
    const isInTime = await wasOn(sql, row);
    for (const integration of await world.integrations(row.organisationId)) {
      const declared = flows.get(integration.flow);
      const begun =
        declared === undefined ? null : begunOnASide(declared, integration, row, world.connectors);
      if (begun === null) continue;
      const { flow, trigger, side } = begun;
      event ??= asEvent(row);
      const record = trigger.record(event);
      if (record === null || (await isElsewhere(flow, trigger, side, integration, event))) continue;
      if (!integration.enabled || !isInTime(integration, reachOf(flow, trigger, integration))) {
        left.push({ organisationId: row.organisationId, integration: integration.id, event: row, record });
        continue;
      }
      matches.push({
        integration: integration.id,
        trigger,
        event: row,
        object: record.object,
        recordId: record.id,
      });
    }
  }
  return { matches, left };
}

/** By what else people find the records that events are about. */
function heardNames(matches: readonly Match[]): HeardNames[] {
  const named = new Map<InboxRow, readonly string[]>();
  return matches.flatMap(({ event, integration, object, recordId }) => {
    const all = named.get(event) ?? [
      ...new Set([...(event.recordId === null ? [] : [event.recordId]), ...namedInBody(event.body)]),
    ];
    named.set(event, all);
    const knownAs = all.filter((name) => name !== recordId);
    if (knownAs.length === 0) return [];
    return [{ organisationId: event.organisationId, integration, object, recordId, knownAs }];
  });
}

const keyOf = (organisationId: string, integration: string, recordId: string): string =>
  `${organisationId} ${integration} ${recordId}`;

async function begin(sql: Sql, matches: readonly Match[], newId: () => string): Promise<void> {
  const joinable = matches.filter(({ trigger }) => trigger.kind === 'event' && trigger.coalesce);
  const waiting = new Map<string, string>();
  if (joinable.length > 0) {
    const locked = await lockWaitingRuns(
      sql,
      joinable.map((m) => ({
        organisationId: m.event.organisationId,
        integration: m.integration,
        recordId: m.recordId,
      })),
    );
    for (const run of locked) waiting.set(keyOf(run.organisationId, run.integration, run.recordId), run.id);
  }
  const joins: { runId: string; eventId: string }[] = [];
  const runs: NewRun[] = [];
  for (const found of matches) {
    const { organisationId } = found.event;
    const key = keyOf(organisationId, found.integration, found.recordId);
    const joined = joinable.includes(found) ? waiting.get(key) : undefined;
    if (joined !== undefined) {
      joins.push({ runId: joined, eventId: found.event.id });
      continue;
    }
    const id = newId();
    waiting.set(key, id);
    runs.push({
      id,
      organisationId,
      integration: found.integration,
      recordObject: found.object,
      recordId: found.recordId,
      eventId: found.event.id,
    });
  }
  if (runs.length > 0) await insertRuns(sql, runs);
  if (joins.length > 0) await joinRuns(sql, joins);
  if (runs.length > 0) await announceRuns(sql, runs, { work: true });
}

/**
 * Gives waiting events their runs: one transaction that marks the events, makes the runs and puts
 * them into the queue, so that none is lost or doubled wherever the process dies.
 *
 * @returns how many events were looked at: 0 when none waits or another process is at it.
 */
export async function dispatchOnce(parts: {
  database: Database;
  world: World;
  newId: () => string;
  crash: CrashPoints;
}): Promise<number> {
  const looked = await parts.database.transaction(
    async (sql) => {
      if (!(await tryLockUntilEnd(sql, DISPATCH_LOCK))) return 0;
      const rows = await undispatchedEvents(sql, BATCH);
      if (rows.length === 0) return 0;
      const { matches, left } = await match(sql, parts.world, rows);
      await begin(sql, matches, parts.newId);
      await addHeardNames(sql, heardNames(matches));
      if (left.length > 0) await insertLeft(sql, left);
      await hint(sql, parts.world, rows);
      await markDispatched(sql, rows);
      return rows.length;
    },
    { repeatable: true },
  );
  if (looked > 0) parts.crash('after-dispatch-commit');
  return looked;
}
