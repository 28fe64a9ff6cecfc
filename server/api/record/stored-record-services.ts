import { createHash } from 'node:crypto';
import type { Connector } from '../../core/connector.ts';
import type { Automation } from '../../core/flow.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { CardData, CardSubject } from '../../core/record-card.ts';
import { connectorsOf } from '../../core/roles.ts';
import type { Sentence } from '../../core/sentence.ts';
import type { RunChange } from '../../engine/notify.ts';
import { connectionOf, connectionPerConnector } from '../../store/connections.ts';
import type { CachedEntry } from '../../store/record-cache.ts';
import { actsOf, addAct, recordsConcerned, runsAbout, writesAbout } from '../../store/record-history.ts';
import { addHints } from '../../store/sync-hints.ts';
import { syncOf, wakeSyncs } from '../../store/syncs.ts';
import type { LiveRecord, RecordCard, RecordPage } from '../contract.ts';
import { objectTitles } from './find-records.ts';
import type { RecordAddress, RecordServices } from './record-services.ts';
import { type RecordSourceParts, recordSources, recordsOf } from './record-sources.ts';
import { recordStandings } from './record-standings.ts';
import { actEntry, cardView, failureView, runEntry, writeEntry } from './record-view.ts';
import { linkedCard, toVendors, type VendorLinks } from './vendor-links.ts';
import { uniqueRefs, whyAsker, whyOfRecords } from './why-services.ts';

export interface StoredRecordParts extends RecordSourceParts {
  readonly flows: ReadonlyMap<string, Automation>;
  /** Absent: straight to the vendors' own interfaces. */
  readonly vendorLinks?: VendorLinks | undefined;
  readonly onError: (error: unknown) => void;
}

type Kept = readonly CachedEntry<CardData | CardSubject>[];

const MOST_ENTRIES = 30;
/** Runs that change one after the other are looked up together. */
const GATHER_MS = 50;

/** What stands beside records, over the store and the vendors; `changed` is fed by the engine's announcements. */
export function storedRecordServices(
  parts: StoredRecordParts,
): RecordServices & { changed(change: RunChange): void } {
  const { database, connectors, flows, syncs, vendorLinks: lead = toVendors } = parts;
  const sources = recordSources(parts);
  const listeners = new Map<string, Set<(record: LiveRecord) => void>>();
  const gathered = new Map<string, Set<string>>();

  function keptCard(connector: Connector, kept: Kept, state: 'active' | 'reconnect' | undefined): RecordCard {
    const held = kept.find((one) => one.connector === connector.id);
    const data = held === undefined ? null : linkedCard(held.data as CardData, lead);
    const at = held?.seenAt ?? null;
    if (state === undefined)
      return cardView(connector, connectors, { state: 'absent', data: null, at: null });
    if (state === 'reconnect') return cardView(connector, connectors, { state, data, at });
    return cardView(connector, connectors, { state: held === undefined ? 'unknown' : 'cached', data, at });
  }

  async function freshCard(
    organisationId: string,
    connector: Connector,
    subject: CardSubject,
    kept: Kept,
  ): Promise<RecordCard> {
    const row = await connectionOf(database, organisationId, connector.id);
    if (row?.state !== 'active') return keptCard(connector, kept, row?.state);
    const answer = await sources.ask(organisationId, connector, subject);
    if ('data' in answer)
      return cardView(connector, connectors, {
        state: 'fresh',
        ...answer,
        data: linkedCard(answer.data, lead),
      });
    const before = keptCard(connector, kept, 'active');
    const { error } = answer;
    return {
      ...before,
      state: error.kind === 'reconnect' ? 'reconnect' : 'failing',
      error: failureView(error),
    };
  }

  /** The record of an address and a connector with a card for it, or null. */
  async function found(organisationId: string, record: RecordAddress, id: string) {
    const connector = sources.cardsFor(record.module).find((one) => one.id === id);
    const kept = await sources.kept(organisationId, record);
    const known = connector && (await sources.subject(organisationId, record, kept));
    return connector === undefined || !known ? null : { connector, kept, subject: known.subject };
  }

  async function tell(organisationId: string, runIds: readonly string[]): Promise<void> {
    const told = new Map<string, LiveRecord>();
    for (const { module, id, flow } of await recordsConcerned(database, organisationId, runIds)) {
      const before = told.get(`${module} ${id}`)?.connectors ?? [];
      const concerned = new Set([...before, ...connectorsOf(flows.get(flow)?.roles ?? {})]);
      told.set(`${module} ${id}`, { module, id, connectors: [...concerned] });
    }
    for (const listener of listeners.get(organisationId) ?? []) {
      for (const record of told.values()) listener(record);
    }
  }

  return {
    async page(organisationId, record, fresh) {
      const kept = await sources.kept(organisationId, record);
      const found = await sources.subject(organisationId, record, kept, fresh ? 0 : null);
      if (found === null) return null;
      const rows = await connectionPerConnector(database, organisationId);
      const states = new Map(rows.map((row) => [row.connector, row.state]));
      const { subject, seenAt, stale } = found;
      return {
        module: subject.module,
        id: subject.id,
        title: subject.title,
        emails: [...subject.emails],
        facts: structuredClone(subject.facts) as RecordPage['facts'],
        url: subject.url === null ? null : lead(subject.url),
        at: seenAt.toISOString(),
        stale: stale === null ? null : failureView(stale),
        cards: sources
          .cardsFor(record.module)
          .map((connector) => keptCard(connector, kept, states.get(connector.id))),
      };
    },

    async card(organisationId, record, id) {
      const one = await found(organisationId, record, id);
      return one && freshCard(organisationId, one.connector, one.subject, one.kept);
    },

    async act(organisationId, record, id, action, userName) {
      const one = await found(organisationId, record, id);
      if (one?.connector.card?.act === undefined) return null;
      const { connector, subject, kept } = one;
      const key = { organisationId, ...record };
      const identity = JSON.stringify([organisationId, record.module, record.id, connector.id, action]);
      const marker = `liaison-${createHash('sha256').update(identity).digest('hex')}`;
      const request = await sources.request(organisationId, connector, subject);
      const sentence = await connector.card?.act?.(request, action, marker);
      if (!sentence) return null;
      await addAct(database, key, { connector: connector.id, action, userName, sentence });
      return freshCard(organisationId, connector, subject, kept);
    },

    async activity(organisationId, record, hidden) {
      const kept = await sources.kept(organisationId, record);
      const known = await sources.subject(organisationId, record, kept, null);
      if (known === null) return null;
      const { subject } = known;
      const isShown = ({ integration }: { readonly integration: string }) => !hidden.has(integration);
      const synced = (await sources.syncedAs(organisationId, subject)).filter(isShown);
      const refs = [subject.ref, ...kept.flatMap((one) => one.refs)];
      const key = { organisationId, ...record };
      const [runs, writes, acts, stands] = await Promise.all([
        runsAbout(database, organisationId, refs, { limit: MOST_ENTRIES, hidden }),
        writesAbout(database, organisationId, recordsOf(synced), MOST_ENTRIES),
        actsOf(database, key, MOST_ENTRIES),
        recordStandings(database, organisationId, synced, syncs, lead),
      ]);
      const named = (id: string) => ({ en: id, fr: id });
      const entries = [
        ...runs.map((run) => runEntry(run, integrationTitle(run, flows))),
        ...writes.map((write) => {
          const one = synced.find(({ integration }) => integration === write.integration);
          return writeEntry(
            write,
            one === undefined ? named(write.integration) : integrationTitle(one.of, syncs),
            one?.sync[write.side].object.titles ?? named(''),
          );
        }),
        ...acts.map((act) => actEntry(act, connectors.get(act.connector)?.titles ?? named(act.connector))),
      ];
      const newest = entries.sort((one, other) => other.at.localeCompare(one.at));
      return { entries: newest.slice(0, MOST_ENTRIES), syncs: stands };
    },

    async why(asker, record, hidden) {
      const { organisationId } = asker;
      const kept = await sources.kept(organisationId, record);
      const known = await sources.subject(organisationId, record, kept, null);
      if (known === null) return null;
      const { ref, title } = known.subject;
      const about = {
        ...ref,
        titles: objectTitles(connectors, ref.object),
        label: title,
        integrations: [],
        at: null,
      };
      return whyOfRecords(
        {
          database,
          connectors,
          syncs,
          titles: new Map<string, { readonly titles: Sentence }>([...flows, ...syncs]),
          now: parts.now,
        },
        whyAsker(asker, hidden),
        { refs: uniqueRefs([ref, ...kept.flatMap((one) => one.refs)]), about: [about], whole: true },
      );
    },

    async sync(organisationId, record) {
      const kept = await sources.kept(organisationId, record);
      const known = await sources.subject(organisationId, record, kept, null);
      if (known === null) return null;
      const synced = await sources.syncedAs(organisationId, known.subject);
      const rows = await Promise.all(
        synced.map(({ integration }) => syncOf(database, organisationId, integration)),
      );
      const live = synced.filter(
        (_, index) => rows[index]?.phase === 'live' || rows[index]?.phase === 'applying',
      );
      const hints = live.map(({ integration, side, id }) => ({
        organisationId,
        integration,
        side,
        recordId: id,
      }));
      if (hints.length > 0) await addHints(database, hints);
      await wakeSyncs(database, hints);
      return { asked: hints.length };
    },

    live(organisationId, onRecord) {
      const group = listeners.get(organisationId) ?? new Set();
      listeners.set(organisationId, group.add(onRecord));
      return () => {
        group.delete(onRecord);
        if (group.size === 0) listeners.delete(organisationId);
      };
    },

    changed({ organisationId, id }) {
      if (!listeners.has(organisationId)) return;
      const waiting = gathered.get(organisationId);
      if (waiting !== undefined) {
        waiting.add(id);
        return;
      }
      const ids = new Set([id]);
      gathered.set(organisationId, ids);
      const timer = setTimeout(() => {
        gathered.delete(organisationId);
        tell(organisationId, [...ids]).catch(parts.onError);
      }, GATHER_MS);
      timer.unref();
    },
  };
}
