import { microsoftCalendar } from '../../server/connectors/microsoft-calendar/connector.ts';
import { event } from '../../server/connectors/microsoft-calendar/event-object.ts';
import { EVENTS_CHANGED } from '../../server/connectors/microsoft-calendar/webhooks.ts';
import { CRM_MEETINGS } from '../../server/connectors/zoho-crm/event-ability.ts';
import { MEETING_FIELDS } from '../../server/core/calendar/fields.ts';
import { asLiaisonError } from '../../server/core/errors.ts';
import type { FieldMapping, Side } from '../../server/core/sync/mapping.ts';
import type {
  Changes,
  FieldValue,
  SideRecord,
  SyncObject,
  WriteOutcome,
} from '../../server/core/sync-object.ts';
import type { Subscription } from '../../server/core/webhooks.ts';
import { noCrash } from '../../server/engine/crash-point.ts';
import { dispatchOnce } from '../../server/engine/dispatch.ts';
import { door } from '../../server/hooks/door.ts';
import { failure } from '../../server/kit/failures.ts';
import { insertEvents, type NewEvent } from '../../server/store/inbox.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';
import { type MemoryVendor, memoryVendor } from '../sync/memory-object.ts';
import { openSyncRig, type SharedDatabase } from '../sync/rig.ts';
import { openPost } from './post.ts';

export const VENDOR = 'microsoft-calendar';
const RIGHT_TOPIC = 'changed';
const HOOK = '/hooks/microsoft-calendar/calendar';
const SECRET = 'a-state-of-the-calendar';
/** What Graph would throttle is no part of what is shown here, save where it is asked for. */
const LIMITS = 100;
const MOST_LOOKS = 6;
const options = {
  counterpart: CRM_MEETINGS as unknown as FieldValue,
  counterpartZone: 'Europe/Paris',
  mailParticipants: true,
};
const fields = ['title', 'schedule', 'location'];

const both = (id: string, kind: FieldMapping['kind'], master: Side): FieldMapping => ({
  left: id,
  right: id,
  kind,
  direction: 'both',
  master,
  blank: 'clear',
});

class Died extends Error {}

/** The same object, of whose failures it is noted which they were. */
function noting(failures: Map<string, number>, object: SyncObject): SyncObject {
  const note = (error: unknown): void => {
    const { kind } = asLiaisonError(error);
    failures.set(kind, (failures.get(kind) ?? 0) + 1);
  };
  const noted =
    <Args extends readonly unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      try {
        const result = await work(...args);
        if (Array.isArray(result))
          for (const one of result as Partial<WriteOutcome & { ok: false }>[])
            if (one.ok === false) note(one.error);
        return result;
      } catch (error) {
        note(error);
        throw error;
      }
    };
  const { changes, read, create, update, remove } = object;
  return {
    ...object,
    changes: noted(changes),
    read: noted(read),
    create: noted(create),
    update: noted(update),
    remove: noted(remove),
  };
}

/**
 * A calendar of Outlook (its simulator, through Graph, with Graph's notifications through the door) kept equal with
 * another side in memory, by the engine that the server runs.
 */
export async function openLife(
  shared: SharedDatabase,
  { random = Math.random, master = 'right' }: { random?: () => number; master?: Side } = {},
) {
  const sandbox = await openSandbox('outlook-calendar-property', {
    only: [VENDOR, 'microsoft-accounts'],
    limitFactor: LIMITS,
    random,
  });
  // Nobody looks at exchanges one by one here, so that none is kept.
  const outlook = microsoftCalendar.client((await sandbox.way(microsoftCalendar)).open({}));
  let failsDelete: () => boolean = () => false;
  const client: typeof outlook = {
    ...outlook,
    async deleteEvent(id, etag) {
      if (failsDelete()) throw failure('retry-later', 'Microsoft');
      await outlook.deleteEvent(id, etag);
    },
  };
  const failures = new Map<string, number>();
  const object = noting(failures, {
    ...event,
    lagMs: 0,
    connector: { ...microsoftCalendar, client: () => client },
  } as unknown as SyncObject);
  const right = memoryVendor('right', { fields: MEETING_FIELDS, topics: [RIGHT_TOPIC] });

  let toDie: number[] = [];
  let deaths = 0;
  const rig = await openSyncRig(shared, {
    left: { object } as MemoryVendor,
    right,
    rules: {
      fields: [
        both('title', 'text', master),
        both('schedule', 'json', master),
        both('location', 'text', master),
      ],
      matchBy: [['title', 'schedule']],
    },
    settings: { options: { left: options, right: {} } },
    crash() {
      const [left] = toDie;
      if (left === undefined) return;
      toDie[0] = left - 1;
      if (left > 0) return;
      toDie.shift();
      deaths += 1;
      throw new Died();
    },
  });
  const { database, world, key } = rig;

  async function accept(events: readonly NewEvent[]): Promise<void> {
    const known = [`${VENDOR} ${EVENTS_CHANGED}`, `right ${RIGHT_TOPIC}`];
    await insertEvents(
      database,
      events.map((one) => ({ ...one, connectionId: null })),
      known,
    );
  }
  let lapsed = false;
  const post = await openPost(
    HOOK,
    door({
      connectors: new Map([[VENDOR, microsoftCalendar as never]]),
      find: async () => ({
        id: 'calendar',
        organisationId: key.organisationId,
        account: '',
        secrets: () => [SECRET],
      }),
      accept,
      onLapsing: () => {
        lapsed = true;
      },
      now: Date.now,
      crash: noCrash,
      onAnswer() {},
      onError(error) {
        throw error;
      },
    }),
  );
  let subscriptions: readonly Subscription[] = [];
  const { webhooks } = microsoftCalendar;
  const wish = { url: post.address, secret: SECRET, topics: [EVENTS_CHANGED] };

  /** Turns, and again after the process died in one. */
  async function living(work: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await work();
      } catch (thrown) {
        if (!(thrown instanceof Died)) throw thrown;
      }
    }
  }

  const life = {
    sandbox,
    right,
    rig,
    post,
    /** How Graph's answers failed, by what was concluded from them, since the last time. */
    failed(): ReadonlyMap<string, number> {
      const found = new Map(failures);
      failures.clear();
      return found;
    },
    deaths: () => deaths,
    /** Deletions in Outlook of which this says so fail before they are sent. */
    onDelete(fails: () => boolean): void {
      failsDelete = fails;
    },
    /** Graph delivers from now on. */
    async subscribe(): Promise<void> {
      subscriptions = (await webhooks?.subscribe?.(client, wish)) ?? [];
      lapsed = false;
    },
    /** What of it stands no longer is set up again, as it is where a server looks after it. @returns whether it was. */
    async inspect(): Promise<boolean> {
      const faults = (await webhooks?.inspect?.(client, wish, subscriptions)) ?? [];
      if (faults.length > 0 || lapsed) await life.subscribe();
      return faults.length > 0;
    },
    isLapsing: () => lapsed,
    /** What the other side announces: its records, each as often as it is told. */
    async announce(ids: readonly string[]): Promise<void> {
      const versions = ids.map((id) => `${id} ${right.records.get(id)?.version}`);
      await accept(
        ids.map((recordId, index) => ({
          organisationId: key.organisationId,
          connectionId: null,
          connector: 'right',
          eventKey: versions[index] as string,
          topic: RIGHT_TOPIC,
          recordId,
          contentType: 'application/json',
          body: '{}',
        })),
      );
    },
    /** What was announced is heard, and what is due is done. */
    async heed(): Promise<void> {
      while ((await dispatchOnce({ database, world, newId: rig.control.newId, crash: noCrash })) > 0);
      await living(rig.turns);
    },
    /** The process dies when it has passed so many crash points, and again when it has passed as many as the next says. */
    dieAfter(passes: readonly number[]): void {
      toDie = [...passes];
    },
    /** Both sides are looked at, whatever was announced, so often. */
    async settle(times: number): Promise<void> {
      for (let time = 0; time < times; time += 1) await living(rig.settle);
    },
    /** Looks until one wrote nothing, and a last time; a handful of them at the most. */
    async comeToRest(): Promise<void> {
      const writes = async (): Promise<number> =>
        (await sandbox.ledger(VENDOR)).length + right.written.length;
      for (let look = 0, before = -1; look < MOST_LOOKS; look += 1) {
        const now = await writes();
        if (now === before) return;
        before = now;
        await life.settle(1);
      }
    },
    /** All of Outlook's meetings, read anew. */
    async inOutlook(): Promise<SideRecord[]> {
      const found = new Map<string, SideRecord>();
      for (let cursor: FieldValue = null, more = true; more; ) {
        const page: Changes = await object.changes(client, { cursor, fields, options });
        for (const record of page.records) found.set(record.id, record);
        ({ cursor, more } = page);
      }
      return [...found.values()];
    },
    /** Records that wait for somebody, with what is said of them. */
    aside: () =>
      database.query<{ side: string; id: string; said: string }>(
        `select side, record_id as id, error->'sentence'->>'en' as said from sync_records
         where organisation_id = $1 and error is not null`,
        [key.organisationId],
      ),
    /** What people see in Outlook between two moments, each date of a series by itself; nothing of it is read as a meeting. */
    shown: (from: string, to: string) => outlook.findEvents({ from, to }),
    /** What was written for a pair, in order, and what became of it. */
    writesOf: (ids: readonly (string | null)[]) =>
      database.query<{ side: string; operation: string; state: string; after: unknown; error: unknown }>(
        `select side, operation, state, after_values as after, error->'sentence'->>'en' as error from sync_writes
         where organisation_id = $1 and (record_id = any($2) or from_id = any($2)) order by id`,
        [key.organisationId, ids],
      ),
    links: () =>
      database.query<{ left: string; right: string }>(
        'select left_id as left, right_id as right from sync_links where organisation_id = $1',
        [key.organisationId],
      ),
    async close(): Promise<void> {
      await rig.close();
      await sandbox.close();
      await post.close();
    },
  };
  return life;
}

export type ServerLife = Awaited<ReturnType<typeof openLife>>;
