import { createHash } from 'node:crypto';
import type { Connector } from '../../core/connector.ts';
import type { Automation } from '../../core/flow.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import { languageOf, type Sentence } from '../../core/sentence.ts';
import type { SyncFlow } from '../../core/sync-flow.ts';
import { accountOf } from '../../engine/integration-of.ts';
import type { World } from '../../engine/ports.ts';
import { connectionById } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import type { NewEvent } from '../../store/inbox.ts';
import {
  type IntegrationKey,
  type IntegrationRow,
  integrationById,
  integrationsOf,
} from '../../store/integrations.ts';
import { loggedRun } from '../../store/run-log.ts';
import { lookNow, runOfEvent } from '../../store/run-of-event.ts';
import { type SaidMessage, settleSaidMessage, takeSaidMessage } from '../../store/said-messages.ts';
import { addHints, SOMETHING } from '../../store/sync-hints.ts';
import { syncOf, wakeSyncs } from '../../store/syncs.ts';
import type { Handed } from '../contract.ts';
import { failureOf } from '../log/run-view.ts';
import { invalid, notNow } from '../problem.ts';
import * as says from './action-refusals.ts';
import type { ActionServices } from './action-services.ts';

export interface StoredActionParts {
  readonly database: Database;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly world: Pick<World, 'open' | 'organisation'>;
  /** Resolves when the events are on disk. */
  readonly accept: (events: readonly NewEvent[]) => Promise<void>;
  readonly newMarker: () => string;
  /** Where people reach Liaison. */
  readonly publicUrl: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

/** Somebody's program waits. */
const VENDOR_PATIENCE_MS = 15_000;
const RUN_PATIENCE_MS = 15_000;
const SAYING_PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 150;
const LEASE_SECONDS = 60;
const OVER: ReadonlySet<string> = new Set(['done', 'skipped', 'shelved', 'superseded']);

/** What other applications have done here, over the store, the engine and the vendors. */
export function storedActionServices(parts: StoredActionParts): ActionServices {
  const { database, flows, syncs, connectors, world } = parts;
  const titled = new Map<string, { readonly titles: Sentence }>([...flows, ...syncs]);

  /** One that belongs to the organisation: what is one person's own no application of another's touches. */
  async function found(organisationId: string, id: string): Promise<IntegrationRow | null> {
    const row = await integrationById(database, organisationId, id);
    return row?.owner === null ? row : null;
  }

  const view = (row: IntegrationRow) => ({ id: row.id, titles: integrationTitle(row, titled) });
  const open = (row: IntegrationRow, role: string, connector: Connector) =>
    world.open(accountOf(row, role), connector, {
      onExchange: () => undefined,
      signal: AbortSignal.timeout(VENDOR_PATIENCE_MS),
    });

  /** Where a form that is only received comes in; null: it is none. */
  function intakeOf(row: IntegrationRow) {
    const flow = flows.get(row.flow);
    if (flow?.trigger.kind !== 'offered') return null;
    const { role } = flow.trigger;
    const bound = row.roles.find((one) => one.role === role);
    const connector = connectors.get(bound?.connector ?? '');
    if (connector?.deliversOnly !== true || connector.webhooks === undefined) return null;
    return { connector, read: connector.webhooks.read, connectionId: bound?.connectionId ?? null };
  }

  function postingOf(row: IntegrationRow) {
    const flow = flows.get(row.flow);
    if (flow?.posts === undefined) return null;
    const { role } = flow.posts;
    const id = row.roles.find((one) => one.role === role)?.connector ?? flow.roles[role]?.connector;
    const connector = connectors.get(id ?? '');
    const offer = connector?.offers?.messages;
    const settings = flow.settings.safeParse(row.settings);
    const place = settings.success ? flow.posts.place(settings.data) : '';
    return connector === undefined || offer === undefined ? null : { role, connector, offer, place };
  }

  const canStart = ({ flow }: IntegrationRow): boolean => {
    const trigger = flows.get(flow)?.trigger;
    return (
      syncs.has(flow) || trigger?.kind === 'poll' || trigger?.kind === 'event' || trigger?.kind === 'offered'
    );
  };

  /** What became of an event, as far as it got in a while. */
  async function outcomeOf(
    key: { readonly organisationId: string; readonly integration: string },
    event: Parameters<typeof runOfEvent>[2],
  ): Promise<Handed> {
    for (const until = parts.now() + RUN_PATIENCE_MS; ; await parts.pause(LOOK_EVERY_MS)) {
      const begun = await runOfEvent(database, key, event);
      const whole = begun && (await loggedRun(database, key.organisationId, begun.id));
      if (whole !== null && begun !== null && OVER.has(whole.run.state))
        return {
          state: whole.run.state,
          run: begun.id,
          summary: whole.run.summary,
          error: whole.run.error === null ? null : failureOf(whole.run.error),
          records: [...begun.about],
        };
      if (parts.now() >= until)
        return { state: 'waiting', run: begun?.id ?? null, summary: null, error: null, records: [] };
    }
  }

  /** Takes a message in hand; where another call has it, what becomes of it is waited for. */
  async function inHand(key: IntegrationKey, name: string): Promise<SaidMessage> {
    const marker = parts.newMarker();
    for (const until = parts.now() + SAYING_PATIENCE_MS; ; await parts.pause(LOOK_EVERY_MS)) {
      const held = await takeSaidMessage(database, key, { key: name, marker, leaseSeconds: LEASE_SECONDS });
      if (held.state !== 'busy' || parts.now() >= until) return held;
    }
  }

  return {
    async offered(organisationId) {
      const rows = (await integrationsOf(database, organisationId)).filter(
        ({ owner, enabled }) => owner === null && enabled,
      );
      return {
        hand: rows
          .filter((row) => intakeOf(row) !== null)
          .map((row) => ({ ...view(row), fields: namesIn(row) })),
        start: rows.filter(canStart).map(view),
        post: rows.filter((row) => (postingOf(row)?.place ?? '') !== '').map(view),
      };
    },

    async hand(organisationId, id, { values }, onceBy) {
      const row = await found(organisationId, id);
      if (row === null) return null;
      const intake = intakeOf(row);
      if (intake === null) throw notNow(says.TAKES_NO_RECORDS);
      if (!row.enabled) throw notNow(says.OFF);
      const connection =
        intake.connectionId === null ? null : await connectionById(database, intake.connectionId);
      if (connection === null) throw notNow(says.NO_ACCOUNT);
      const [event] = intake.read(values as Record<string, unknown>, {}) ?? [];
      if (event === undefined)
        throw invalid('body', (language) => [{ path: ['values'], message: says.EMPTY[language] }]);
      const eventKey = onceBy === null ? (event.key ?? '') : named(onceBy);
      const { connector } = intake;
      const account = connection.account.id;
      await parts.accept([
        {
          ...{ organisationId, connectionId: connection.id, connector: connector.id, account, eventKey },
          topic: event.topic,
          recordId: onceBy === null ? event.recordId : eventKey,
          contentType: 'application/json',
          body: event.body ?? JSON.stringify(values),
        },
      ]);
      return outcomeOf({ organisationId, integration: id }, { connector: connector.id, account, eventKey });
    },

    async start(organisationId, id) {
      const row = await found(organisationId, id);
      if (row === null) return null;
      const key = { organisationId, integration: id };
      if (syncs.has(row.flow)) {
        const sync = await syncOf(database, organisationId, id);
        if (sync?.phase === 'paused') throw notNow(says.PAUSED);
        if (sync?.phase !== 'live' && sync?.phase !== 'applying') throw notNow(says.NOT_LIVE);
        const sides = ['left', 'right'] as const;
        await addHints(
          database,
          sides.map((side) => ({ ...key, side, recordId: SOMETHING })),
        );
        await wakeSyncs(database, [key]);
        return { started: true };
      }
      if (!row.enabled) throw notNow(says.OFF);
      if (!(await lookNow(database, key))) throw notNow(says.NOTHING_TO_START);
      return { started: true };
    },

    async post(organisationId, id, text, onceBy) {
      const row = await found(organisationId, id);
      if (row === null) return null;
      const posting = postingOf(row);
      if (posting === null) throw notNow(says.POSTS_NOTHING);
      if (!row.enabled) throw notNow(says.OFF);
      const { role, connector, offer, place } = posting;
      if (place === '') throw notNow(says.NO_PLACE);
      const { longest } = offer;
      if (text.length > longest)
        throw invalid('body', (language) => [
          { path: ['text'], message: says.tooLong(longest, offer.titles)[language] },
        ]);
      const key = { organisationId, integration: id };
      const name = named(onceBy ?? parts.newMarker());
      const held = await inHand(key, name);
      if (held.state === 'said') return { message: held.messageId, isNew: false };
      if (held.state === 'busy') throw notNow(says.BUSY);
      let message: string | null = null;
      let isNew = true;
      try {
        const client = connector.client(await open(row, role, connector));
        const { marker, begunAt } = held;
        if (held.isAgain) message = (await offer.find?.(client, { place, marker, since: begunAt })) ?? null;
        isNew = message === null;
        const { locale } = await world.organisation(organisationId);
        // It leads here: where a message has no other room for its mark, the mark goes into that address.
        const whole = { ...says.LEADS_HERE[languageOf(locale)], address: parts.publicUrl };
        const lines = [offer.compose([{ value: text }], whole)];
        message ??= await offer.post(client, { place, marker, lines });
        return { message, isNew };
      } finally {
        await settleSaidMessage(database, key, name, message);
      }
    },

    async people(organisationId, email) {
      const crm = [...connectors.values()].find(({ records }) => records !== undefined);
      if (crm?.records === undefined) return { people: [] };
      const http = await world.open({ organisationId }, crm, {
        onExchange: () => undefined,
        signal: AbortSignal.timeout(VENDOR_PATIENCE_MS),
      });
      return { people: [...(await crm.records.byEmail(crm.client(http), email, http.account))] };
    },
  };
}

/** What its mapping names fields of what comes by, where its settings have one. */
function namesIn({ settings }: IntegrationRow): string[] {
  const { columns } = settings as { readonly columns?: unknown };
  if (!Array.isArray(columns)) return [];
  const names = columns.flatMap((one: unknown) => {
    const { header } = Object(one) as { readonly header?: unknown };
    return typeof header === 'string' && header !== '' ? [header] : [];
  });
  return [...new Set(names)];
}

/** A caller's own name for what it asks, as it is stored: of any length, and never a vendor's. */
const named = (name: string): string =>
  createHash('sha256').update(`asked ${name}`).digest('hex').slice(0, 32);
