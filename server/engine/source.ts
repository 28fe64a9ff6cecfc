import {
  type Awaits,
  type ClientOf,
  type EventTrigger,
  type FoundEvent,
  heardTopics,
  type Organisation,
  type OwnEvent,
  type PollSource,
  type PollTrigger,
  type SweepResult,
  topicsOf,
} from '../core/flow.ts';
import type { LookedTrigger } from '../core/trigger-of.ts';
import type { CursorRow } from '../store/cursors.ts';
import type { Sql } from '../store/database.ts';
import { knownKeys, noteFound, type Swept, unheardOf } from '../store/gaps.ts';
import { insertEvents, type NewEvent } from '../store/inbox.ts';
import type { Timing } from './ports.ts';

export interface Look {
  readonly client: ClientOf;
  /** Another application's client, where what was read has to be held against it. */
  readonly open: PollSource<unknown>['open'];
  readonly settings: unknown;
  readonly row: CursorRow;
  /** The vendor's own id of the account that is looked at. */
  readonly account: string;
  /** What the integration's filter waits for; null: it has none. */
  readonly awaits: Awaits | null;
  readonly organisation: Organisation;
  readonly isOpen: PollSource<unknown>['isOpen'];
}

/** What is looked at in turn: what a flow polls, or what it sweeps for lost webhooks. */
export interface Source {
  everySeconds(settings: unknown): number;
  look(about: Look): Promise<Found>;
}

export interface Found {
  readonly cursor: unknown;
  readonly more: boolean;
  /** Stores what was found, in the transaction that moves the cursor. @returns how many events are new. */
  store(sql: Sql): Promise<number>;
}

interface SourceParts {
  readonly timing: Pick<Timing, 'now'>;
  readonly sweepSeconds: number | null;
  readonly graceMs: number;
}

export function lookingAt(trigger: LookedTrigger, parts: SourceParts): Source {
  return trigger.kind === 'poll' ? polled(trigger, parts) : swept(trigger, parts);
}

interface Given {
  readonly key: string;
  readonly topic: string;
  readonly recordId: string | null;
  readonly body: Record<string, unknown>;
  readonly ageSeconds?: number;
}

/** What an integration polled, or what one of its runs tells it: by its own id, and heard by nobody else. */
export const ownEvent = (
  of: Pick<Swept, 'organisationId' | 'connector' | 'account' | 'integration'>,
  { key, recordId, body }: OwnEvent,
): NewEvent => asNew(of, { key: `${of.integration} ${key}`, topic: of.integration, recordId, body });

/** No delivery brought it: it belongs to no connection. */
const asNew = (
  { organisationId, connector, account }: Pick<Swept, 'organisationId' | 'connector' | 'account'>,
  given: Given,
): NewEvent => ({
  organisationId,
  connectionId: null,
  connector,
  account,
  eventKey: given.key,
  topic: given.topic,
  recordId: given.recordId,
  contentType: 'application/json',
  body: JSON.stringify(given.body),
  ...(given.ageSeconds === undefined ? {} : { ageSeconds: given.ageSeconds }),
});

function polled(trigger: PollTrigger<unknown>, { timing }: Pick<SourceParts, 'timing'>): Source {
  return {
    everySeconds: (settings) => trigger.everySeconds(settings),
    async look({ client, open, settings, row, account, organisation, isOpen }) {
      const { organisationId, integration } = row;
      const { connector } = trigger;
      const { events, cursor } = await trigger.poll({
        ...{ client, open, settings, cursor: row.cursor },
        ...{ organisation, isOpen, now: timing.now() },
      });
      return {
        cursor,
        more: false,
        store: (sql) =>
          insertEvents(
            sql,
            events.map((event) => ownEvent({ organisationId, integration, connector, account }, event)),
            [`${connector} ${integration}`],
          ),
      };
    },
  };
}

function swept(trigger: EventTrigger, { timing, sweepSeconds, graceMs }: SourceParts): Source {
  const { sweep, connector } = trigger;
  return {
    everySeconds: () => sweepSeconds ?? sweep.everySeconds,
    async look({ client, settings, row, account, awaits }) {
      const began = timing.now();
      const { onForMs, cursor } = row;
      const found = await sweep.look({ client, settings, cursor, onForMs, graceMs, awaits });
      const { organisationId, integration, side, flow } = row;
      const about: Swept = {
        ...{ organisationId, integration, side, flow, connector, account },
        topics: heardTopics(trigger, settings, awaits !== null),
      };
      const occasions = topicsOf(trigger, settings);
      const reaches = (trigger.reachMs?.(settings) ?? 0) > 0;
      const onForSeconds = reaches ? onForMs / 1_000 : Number.POSITIVE_INFINITY;
      return {
        cursor: found.cursor,
        more: found.more === true,
        store: (sql) =>
          storeFound(
            sql,
            { about, occasions, recognisedBy: sweep.recognisedBy, onForSeconds },
            found,
            timing.now() - began,
          ),
      };
    },
  };
}

async function storeFound(
  sql: Sql,
  {
    about,
    occasions,
    recognisedBy,
    onForSeconds,
  }: {
    readonly about: Swept;
    /** Topics that begin a run of any record; the others do so where the filter waits for it. */
    readonly occasions: readonly string[];
    readonly recognisedBy: 'event' | 'record';
    /** What is older was there before, and is asked for; infinite where nothing of that is. */
    readonly onForSeconds: number;
  },
  { events }: SweepResult,
  tookMs: number,
): Promise<number> {
  const keyOf = ({ key }: FoundEvent): string => (recognisedBy === 'event' ? key : `${about.flow} ${key}`);
  const ageSeconds = ({ ageMs }: FoundEvent): number => (ageMs + tookMs) / 1_000;
  const known = await knownKeys(sql, about, events.map(keyOf));
  let missing = events.filter((event) => !known.has(keyOf(event)));
  if (recognisedBy === 'record' && missing.length > 0) {
    // An edit that was heard of tells nothing of an occasion that was not, nor does an occasion of a later edit.
    const edits = about.topics.filter((topic) => !occasions.includes(topic));
    const unheard = new Set<string>();
    for (const topics of [occasions, edits]) {
      const records = missing
        .filter(({ topic }) => topics.includes(topic))
        .map((event) => ({
          key: event.key,
          recordId: event.recordId ?? '',
          ageSeconds: ageSeconds(event),
        }));
      for (const key of await unheardOf(sql, { ...about, topics }, records)) unheard.add(key);
    }
    missing = missing.filter(({ key }) => unheard.has(key));
  }
  const listened = about.topics.map((topic) => `${about.connector} ${topic}`);
  const rows = missing.map((event) =>
    asNew(about, { ...event, key: keyOf(event), ageSeconds: ageSeconds(event) }),
  );
  // Nobody was to announce what was there before: of that, nothing was lost.
  const isOlder = ({ ageSeconds: age = 0 }: NewEvent): boolean => age > onForSeconds + tookMs / 1_000;
  const unannounced = new Set(missing.filter((one) => one.isUnannounced).map(keyOf));
  const isAsked = (one: NewEvent): boolean => isOlder(one) || unannounced.has(one.eventKey ?? '');
  const asked = rows.filter(isAsked);
  if (asked.length > 0) await insertEvents(sql, asked, listened);
  const announced = rows.filter((one) => !isAsked(one));
  const lost = announced.length === 0 ? 0 : await insertEvents(sql, announced, listened);
  await noteFound(sql, about, { lost, newestAgeSeconds: Math.min(...missing.map(ageSeconds)) });
  return lost;
}
