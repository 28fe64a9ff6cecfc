import type { Connector } from '../../core/connector.ts';
import { asLiaisonError, type LiaisonError } from '../../core/errors.ts';
import type { Automation, RecordRef } from '../../core/flow.ts';
import type { CardData, CardRequest, CardSubject } from '../../core/record-card.ts';
import { type Sync, type SyncFlow, syncFor } from '../../core/sync-flow.ts';
import type { World } from '../../engine/ports.ts';
import { type ConnectionRow, connectionOf } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { type IntegrationRow, integrationsOf, isBoundTo } from '../../store/integrations.ts';
import { linkedRecords } from '../../store/links.ts';
import {
  type CachedEntry,
  cachedOf,
  forgetOldRecords,
  forgetRecord,
  saveCached,
} from '../../store/record-cache.ts';
import { type SyncedRecord, standingsOf } from '../../store/record-history.ts';
import type { RecordAddress } from './record-services.ts';

export interface RecordSourceParts {
  readonly database: Database;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly flows: ReadonlyMap<string, Automation>;
  readonly world: Pick<World, 'open'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A person waits: a vendor that has not answered by then is told of as down. */
const PATIENCE_MS = 8_000;
/** What the CRM said this short a time ago is not asked again for each card. */
const SUBJECT_GOOD_MS = 60_000;

export interface Subject {
  readonly subject: CardSubject;
  readonly seenAt: Date;
  /** Why the CRM could not be asked now. */
  readonly stale: LiaisonError | null;
}

export type CardAnswer = { readonly data: CardData; readonly at: Date } | { readonly error: LiaisonError };

/** A record of the CRM's as a sync has it. */
export interface SyncedAs extends SyncedRecord {
  readonly sync: Sync;
  readonly of: IntegrationRow;
}

/** What the store is asked by. */
export const recordsOf = (synced: readonly SyncedAs[]): SyncedRecord[] =>
  synced.map(({ integration, side, id }) => ({ integration, side, id }));

/** Where what stands beside a record comes from: the CRM, the vendors, and what is kept of both. */
export function recordSources(parts: RecordSourceParts) {
  const { database, connectors } = parts;
  const crm = [...connectors.values()].find(({ records }) => records !== undefined);

  async function clientOf(organisationId: string, connector: Connector): Promise<unknown> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const http = await parts.world.open({ organisationId }, connector, {
      signal,
      onExchange: () => undefined,
    });
    return connector.client(http);
  }

  async function readSubject(
    organisationId: string,
    { module, id }: RecordAddress,
    connector: Connector,
  ): Promise<CardSubject | null> {
    const key = { organisationId, module, id };
    const askedAt = new Date(parts.now());
    const [client, row] = await Promise.all([
      clientOf(organisationId, connector),
      connectionOf(database, organisationId, connector.id),
    ]);
    if (row === null || connector.records === undefined) return null;
    const subject = await connector.records.read(client, module, id, row.account);
    if (subject === null) {
      await forgetRecord(database, key);
      return null;
    }
    const entry = {
      connectionId: row.id,
      connector: connector.id,
      data: subject,
      refs: [subject.ref],
      askedAt,
    };
    await saveCached(database, key, entry);
    await forgetOldRecords(database, organisationId);
    return subject;
  }

  return {
    /** Connectors with a card for records of this module: in the order of the registry, a group's own first. */
    cardsFor: (module: string): Connector[] =>
      [...connectors.values()]
        .filter(({ card }) => card?.modules.includes(module) === true)
        .sort((one, other) => Number(other.card?.group === other.id) - Number(one.card?.group === one.id)),

    kept: (organisationId: string, { module, id }: RecordAddress) =>
      cachedOf(database, { organisationId, module, id }),

    /**
     * The record, from what is kept or from the CRM. Null when the organisation has no such record.
     *
     * @param goodMs how old what is kept may be; null: of any age.
     * @throws LiaisonError when the CRM cannot be asked and nothing is kept.
     */
    async subject(
      organisationId: string,
      record: RecordAddress,
      kept: readonly CachedEntry<CardData | CardSubject>[],
      goodMs: number | null = SUBJECT_GOOD_MS,
    ): Promise<Subject | null> {
      if (crm?.records?.modules.includes(record.module) !== true) return null;
      const known = kept.find(({ connector }) => connector === crm.id);
      const held = known && { subject: known.data as CardSubject, seenAt: known.seenAt };
      const isGood = held !== undefined && (goodMs === null || parts.now() - held.seenAt.getTime() < goodMs);
      if (isGood) return { ...held, stale: null };
      const seenAt = new Date(parts.now());
      try {
        const subject = await readSubject(organisationId, record, crm);
        return subject === null ? null : { subject, seenAt, stale: null };
      } catch (thrown) {
        const error = asLiaisonError(thrown);
        if (held === undefined) throw error;
        return { ...held, stale: error };
      }
    },

    /** Records of syncs that stand for the CRM's record. */
    async syncedAs(organisationId: string, { ref }: CardSubject): Promise<SyncedAs[]> {
      return (await integrationsOf(database, organisationId)).flatMap((integration) => {
        const flow = parts.syncs.get(integration.flow);
        if (flow === undefined) return [];
        const sync = syncFor(flow, integration);
        return (['left', 'right'] as const)
          .filter((side) => sync[side].object.id === ref.object)
          .map((side) => ({ integration: integration.id, side, id: ref.id, sync, of: integration }));
      });
    },

    /** Asks the vendor now, and keeps what it says. Rejects with nothing. */
    async ask(organisationId: string, connector: Connector, subject: CardSubject): Promise<CardAnswer> {
      const { card } = connector;
      const askedAt = new Date(parts.now());
      try {
        const request = await this.request(organisationId, connector, subject);
        const data = (await card?.read(request)) ?? NOTHING;
        const { module, id } = subject;
        const entry = { connectionId: request.connection.id, connector: connector.id, data, askedAt };
        await saveCached(database, { organisationId, module, id }, { ...entry, refs: data.refs });
        return { data, at: askedAt };
      } catch (thrown) {
        return { error: asLiaisonError(thrown) };
      }
    },

    /** What a connector's card is handed. Fails with `reconnect` when it is not connected. */
    async request(
      organisationId: string,
      connector: Connector,
      subject: CardSubject,
    ): Promise<CardRequest<unknown> & { readonly connection: ConnectionRow }> {
      const synced = await this.syncedAs(organisationId, subject);
      const [client, connection, standings] = await Promise.all([
        clientOf(organisationId, connector),
        connectionOf(database, organisationId, connector.id),
        standingsOf(database, organisationId, recordsOf(synced)),
      ]);
      if (connection === null) throw new Error(`${connector.id} was disconnected meanwhile`);
      const made = await this.linkedByFlows(organisationId, connection, subject);
      const linked = standings.flatMap(({ integration, side, otherId }) => {
        const known = synced.find((one) => one.integration === integration);
        const otherSide = side === 'left' ? 'right' : 'left';
        if (otherId === null || known?.sync[otherSide].object.connector.id !== connector.id) return [];
        // Another account's record is none that this one can show.
        return isBoundTo(known.of.roles, otherSide, connection.id) ? [otherId] : [];
      });
      const all = [...linked, ...made];
      return { client, account: connection.account, subject, linked: all, now: parts.now(), connection };
    },

    /** What automations made at an account for the record, where their links say so. */
    async linkedByFlows(
      organisationId: string,
      { id: connectionId, connector }: ConnectionRow,
      { id: leftId }: CardSubject,
    ): Promise<string[]> {
      const linking = (await integrationsOf(database, organisationId)).flatMap(({ id, flow, roles }) => {
        const { links, roles: declared } = parts.flows.get(flow) ?? {};
        if (links === undefined || declared?.[links.role]?.connector !== connector) return [];
        return isBoundTo(roles, links.role, connectionId) ? [{ integration: id, links }] : [];
      });
      if (linking.length === 0) return [];
      const lefts = linking.map(({ integration }) => ({ organisationId, integration, leftId }));
      const rights = await linkedRecords(database, lefts);
      return linking.flatMap(({ links }, at) => links.recordId(rights[at] ?? '') ?? []);
    },
  };
}

const NOTHING: CardData = { sections: [], refs: [] as RecordRef[], actions: [] };
