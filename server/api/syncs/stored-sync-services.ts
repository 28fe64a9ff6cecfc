import type { Side } from '../../core/sync/mapping.ts';
import { OWN_SIDE, type SyncFilter } from '../../core/sync/side-filter.ts';
import { type Sync, type SyncFlow, type SyncSettings, syncFor } from '../../core/sync-flow.ts';
import { accountOf } from '../../engine/integration-of.ts';
import { announce, announceSync } from '../../engine/notify.ts';
import type { World } from '../../engine/ports.ts';
import * as control from '../../engine/sync/control.ts';
import { linkByHand } from '../../engine/sync/link-by-hand.ts';
import { settingsOf } from '../../engine/sync/open-sync.ts';
import type { Sample } from '../../engine/sync/preview.ts';
import { previewUndo, startUndo } from '../../engine/sync/undo.ts';
import { listConnections } from '../../store/connections.ts';
import type { Database, Sql } from '../../store/database.ts';
import {
  type IntegrationRow,
  integrationById,
  integrationsOf,
  lockIntegration,
  saveIntegration,
} from '../../store/integrations.ts';
import { organisationById } from '../../store/organisations.ts';
import { chooseForAll } from '../../store/sync-choices.ts';
import { companionsOfPasses, companionsToUndo } from '../../store/sync-companions.ts';
import { leftOutOf } from '../../store/sync-left-out.ts';
import { countLinks, linksById, type SyncKey } from '../../store/sync-links.ts';
import { latestPreview, passesOf, passOf } from '../../store/sync-passes.ts';
import { countPreviewItems, previewItems } from '../../store/sync-preview-items.ts';
import { countRecords, recordsById } from '../../store/sync-records.ts';
import {
  countMet,
  failedSides,
  historyOf,
  linkedRecords,
  nextLook,
  unitsOf,
  wasApplied,
  writesOfPasses,
} from '../../store/sync-views.ts';
import { saveSync, syncOf } from '../../store/syncs.ts';
import { ownerOf } from '../../store/users.ts';
import type { LiveSync, SyncDetail, SyncSettingsChange, SyncSummary } from '../contract.ts';
import { demandUnchanged, versionOf } from '../flows/settings-version.ts';
import { unmadeRow } from '../integrations/filter-services.ts';
import { placeOf } from '../integrations/filter-view.ts';
import { connectionOfRole, integrationFactsView } from '../integrations/integration-view.ts';
import { Problem } from '../problem.ts';
import { toVendors, type VendorLinks } from '../record/vendor-links.ts';
import { undoneCompanions } from './sync-companions-view.ts';
import { syncFilterView } from './sync-filter-view.ts';
import {
  checkSyncFilter,
  type SidesToFilter,
  type SideToFilter,
  sideCountAnswer,
  sideFieldsAnswer,
} from './sync-filters.ts';
import { wishesFor } from './sync-new-fields.ts';
import {
  demandAccounts,
  demandUnlinked,
  forOtherRecords,
  otherPlace,
  otherRecords,
  withOptions,
} from './sync-other-records.ts';
import { readPlace, readPreviewPlace, writePlace, writePreviewPlace } from './sync-place.ts';
import { refuse, rulesFrom } from './sync-rules.ts';
import type { SyncServices } from './sync-services.ts';
import { fieldsView, optionMisfits, sideClient, sideDescriber } from './sync-sides.ts';
import { demandNoTwin, demandNoTwinBegins } from './sync-twin.ts';
import {
  linkView,
  passView,
  previewView,
  recordView,
  STANDS,
  type SyncFacts,
  sampleView,
  summaryView,
} from './sync-view.ts';

export interface StoredSyncParts {
  readonly database: Database;
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly world: Pick<World, 'open' | 'connectors'>;
  /** Absent: straight to the vendors' own interfaces. */
  readonly vendorLinks?: VendorLinks | undefined;
  readonly newId: () => string;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

const PASSES = 50;
const HISTORY = 400;
const SKIPPED = 100;

/** An integration of a sync. */
export interface SetUpSync {
  readonly flow: SyncFlow;
  /** As the integration has it. */
  readonly sync: Sync;
  readonly integration: IntegrationRow;
}

/** What an integration that is not made yet has not. */
const UNMADE = { id: '', name: null, enabled: false, settings: {}, known: {}, owner: null } as const;

/** The syncs' services over the store and the engine; `changed` is fed by the engine's announcements. */
export function storedSyncServices(parts: StoredSyncParts): SyncServices & { changed(key: SyncKey): void } {
  const { database } = parts;
  const { describe, make } = sideDescriber(parts.world, parts.now);
  const alike = { database, connectors: parts.world.connectors };
  const listeners = new Map<string, Set<(change: LiveSync) => void>>();

  /** Null: it is no sync's. */
  function setUp(integration: IntegrationRow): SetUpSync | null {
    const flow = parts.syncs.get(integration.flow);
    return flow === undefined ? null : { flow, sync: syncFor(flow, integration), integration };
  }

  async function factsOf(one: SetUpSync): Promise<SyncFacts> {
    const { flow, sync, integration } = one;
    const { roles } = flow;
    const connections = await listConnections(database, integration.organisationId);
    const { connectors } = parts.world;
    const held = { connections, connectors };
    const connectionOf = (side: Side) => connectionOfRole(integration, side, roles[side], held);
    return {
      sync,
      facts: integrationFactsView(integration, { flow, roles, connectors, connections }),
      url(side, id) {
        const { object } = sync[side];
        const account = connectionOf(side)?.account;
        const url = account === undefined ? undefined : object.url?.(id, account);
        return url ? (parts.vendorLinks ?? toVendors)(url) : null;
      },
      companionUrl(side, id) {
        const { object } = sync[side];
        const account = connectionOf(side)?.account;
        const url = account === undefined ? undefined : object.companions?.url?.(id, account);
        return url ? (parts.vendorLinks ?? toVendors)(url) : null;
      },
    };
  }

  async function summary(one: SetUpSync): Promise<SyncSummary> {
    const { organisationId, id } = one.integration;
    const key = { organisationId, integration: id };
    const row = await syncOf(database, organisationId, id);
    const [facts, counts, leftOut, pass, next, begun, met] = await Promise.all([
      factsOf(one),
      countRecords(database, key),
      leftOutOf(database, key),
      row?.passId ? passOf(database, key, row.passId) : null,
      nextLook(database, key),
      wasApplied(database, key),
      row?.phase === 'previewing'
        ? countMet(database, key, { left: row.left.sweep, right: row.right.sweep })
        : null,
    ]);
    const kept = one.integration.sideFilters ?? null;
    const organisation = kept === null ? null : await organisationById(database, organisationId);
    const filter = syncFilterView(kept, placeOf(organisation, new Date(parts.now())));
    return summaryView(facts, { row, filter, counts, leftOut, pass, next, begun, met });
  }

  async function settings({ sync, integration }: SetUpSync, sql: Sql = database): Promise<SyncSettings> {
    const { organisationId, id } = integration;
    const organisation = await organisationById(sql, organisationId);
    if (organisation === null) throw new Error(`organisation ${organisationId} does not exist`);
    const stored = await integrationById(sql, organisationId, id);
    return settingsOf(sync, organisation, stored?.settings ?? {});
  }

  /** Its sides under settings that are not saved yet, as conditions are asked about their records. */
  async function sidesOf(one: SetUpSync, form: Readonly<Record<string, unknown>>): Promise<SidesToFilter> {
    const now = await settings(one);
    const sent = (form.options ?? {}) as Partial<SyncSettings['options']>;
    const options = withChoices(now.options, { left: sent.left ?? {}, right: sent.right ?? {} });
    const sync = withOptions(one, options);
    const sideOf = (side: Side): SideToFilter => ({
      object: sync[side].object,
      options: options[side],
      client: () => sideClient(parts.world, accountOf(one.integration, side), sync[side]),
    });
    return { left: sideOf('left'), right: sideOf('right') };
  }

  /** As the flow brings them along for this organisation. */
  async function newSettings({ sync, integration }: SetUpSync): Promise<SyncSettings> {
    const organisation = await organisationById(database, integration.organisationId);
    return organisation === null ? sync.defaults : settingsOf(sync, organisation, {});
  }

  async function detail(set: SetUpSync): Promise<SyncDetail> {
    const { sync } = set;
    const [one, now, defaults] = await Promise.all([summary(set), settings(set), newSettings(set)]);
    const view = settingsView(sync, now);
    return { ...one, settings: view, version: versionOf(view), defaults: settingsView(sync, defaults) };
  }

  /** Does something to a sync that exists, and tells every page of it. Null: no such sync. */
  async function on<T>(
    organisationId: string,
    id: string,
    work: (one: SetUpSync, key: SyncKey) => Promise<T | null>,
  ): Promise<T | null> {
    const integration = await integrationById(database, organisationId, id);
    const one = integration === null ? null : setUp(integration);
    return one === null ? null : work(one, { organisationId, integration: id });
  }

  async function change<T>(
    organisationId: string,
    id: string,
    work: (one: SetUpSync, key: SyncKey) => Promise<T | null>,
  ): Promise<T | null> {
    const done = await on(organisationId, id, work);
    if (done !== null) await announceSync(database, { organisationId, integration: id });
    return done;
  }

  /** The mapping and options that are sent, as they would be stored; refused with every reason at once. */
  async function checked(
    { sync, integration }: SetUpSync,
    sent: SyncSettingsChange,
    now: SyncSettings,
  ): Promise<Pick<SyncSettings, 'rules' | 'options'>> {
    const chosen = (sent.options ?? settingsView(sync, now).options) as SyncSettings['options'];
    const options = withChoices(now.options, chosen);
    const [left, right] = await Promise.all([
      describe(accountOf(integration, 'left'), sync, 'left', options.left),
      describe(accountOf(integration, 'right'), sync, 'right', options.right),
    ]);
    refuse([...optionMisfits('left', chosen.left, left), ...optionMisfits('right', chosen.right, right)]);
    for (const side of [left, right]) if (side.error !== null) throw side.error;
    // Another audience has other fields: what is mapped already is checked too.
    const wished = sent.rules ?? settingsView(sync, now).rules;
    const fields = { left: left.fields ?? new Map(), right: right.fields ?? new Map() };
    const { rules, misfits } = rulesFrom(sync, wished, fields);
    refuse(misfits);
    const country = sent.rules?.country ?? now.rules.country;
    return { rules: { ...now.rules, ...rules, country }, options };
  }

  /**
   * What is to be set, and over which settings: a choice of other records, on the side that is told, begins with what
   * the flow brings along for them.
   */
  async function aboutRecords(
    one: SetUpSync,
    sent: SyncSettingsChange,
    now: SyncSettings,
  ): Promise<{ side: Side | undefined; wish: SetUpSync; sent: SyncSettingsChange; base: SyncSettings }> {
    const chosen = (sent.options ?? { left: {}, right: {} }) as SyncSettings['options'];
    const sync = withOptions(one, withChoices(now.options, chosen));
    const side = otherRecords(one.sync, sync);
    if (side === undefined) return { side, wish: one, sent, base: now };
    const wish = { ...one, sync };
    const base = await newSettings(wish);
    return { side, wish, sent: forOtherRecords(sent, settingsView(one.sync, now), sync), base };
  }

  /** Under a template, one that is on goes on by itself; whoever stopped it does not find it begun again. */
  async function turnPersonal(
    { integration: { organisationId, id, template } }: SetUpSync,
    enabled: boolean,
  ) {
    if (template == null) return;
    await database.transaction(async (sql) => {
      const row = await lockIntegration(sql, { organisationId, integration: id });
      if (row !== null) await saveIntegration(sql, { ...row, enabled });
    });
    await announce(database, 'directory');
  }

  /** Refuses a filter that was made looking at another one than holds. */
  async function demandFilter(organisationId: string, kept: SyncFilter | null, basedOn: string | undefined) {
    const organisation = await organisationById(database, organisationId);
    const held = syncFilterView(kept, placeOf(organisation, new Date(parts.now())));
    demandUnchanged(basedOn, { version: held.filterVersion, ...held });
  }

  return {
    async list(organisationId) {
      const rows = await integrationsOf(database, organisationId);
      return Promise.all(rows.flatMap((row) => setUp(row) ?? []).map(summary));
    },

    get: (organisationId, id) => on(organisationId, id, detail),

    set: (organisationId, id, sent) =>
      change(organisationId, id, async (one, key) => {
        // What is stored is about the records of an account.
        demandAccounts(one.sync);
        const now = await settings(one);
        const isMeant = (held: SyncSettings, basedOn = sent.basedOn) => {
          const view = settingsView(one.sync, held);
          demandUnchanged(basedOn, { version: versionOf(view), settings: view });
        };
        isMeant(now);
        const { side, wish, sent: wished, base } = await aboutRecords(one, sent, now);
        const asksVendors = wished.rules !== undefined || wished.options !== undefined;
        const fitting = asksVendors ? await checked(wish, wished, base) : {};
        const next: SyncSettings = {
          ...base,
          ...fitting,
          everySeconds: sent.everySeconds ?? now.everySeconds,
          sweepHours: sent.sweepHours ?? now.sweepHours,
          brake: sent.brake ?? now.brake,
        };
        const { options } = settingsView(wish.sync, next);
        await database.transaction(async (sql) => {
          const row = await lockIntegration(sql, key);
          // While the vendors were asked, somebody else may have saved.
          isMeant(await settings(one, sql), versionOf(settingsView(one.sync, now)));
          const moved = side ?? otherPlace(one.sync, now.options, next.options);
          if (moved !== undefined) demandUnlinked(moved, one.sync, await countLinks(sql, key));
          if (row !== null) await saveIntegration(sql, { ...row, settings: { ...next, options } });
          if (isOtherWork(now, next)) await control.settingsChanged(sql, key);
          else if (next.everySeconds !== now.everySeconds) await saveSync(sql, key, { nextIn: 0 });
        });
        await announce(database, 'directory');
        return detail(wish);
      }),

    fields: (organisationId, id, text) =>
      on(organisationId, id, async (one) => {
        const now = await settings(one);
        const options = withChoices(now.options, readOptions(text) ?? { left: {}, right: {} });
        const sync = withOptions(one, options);
        const [left, right] = await Promise.all([
          describe(accountOf(one.integration, 'left'), sync, 'left', options.left),
          describe(accountOf(one.integration, 'right'), sync, 'right', options.right),
        ]);
        return { left: fieldsView(left), right: fieldsView(right) };
      }),

    makeFields: (organisationId, id, side, holding) =>
      on(organisationId, id, async (one) => {
        const { sync } = one;
        demandAccounts(sync);
        const now = await settings(one);
        const organisation = await organisationById(database, organisationId);
        const other = side === 'left' ? 'right' : 'left';
        const { fields, error } = await describe(
          accountOf(one.integration, other),
          sync,
          other,
          now.options[other],
        );
        if (error !== null) throw error;
        const { wishes, misfits } = wishesFor(sync, side, holding, fields ?? new Map(), organisation?.locale);
        refuse(misfits);
        const ids = await make(accountOf(one.integration, side), sync, side, wishes);
        if (ids === null) return null;
        return { fields: holding.map((field, index) => ({ holding: field, id: ids[index] ?? '' })) };
      }),

    async checkFilter(organisationId, id, wish, form, basedOn) {
      const integration = await integrationById(database, organisationId, id);
      const one = integration === null ? null : setUp(integration);
      if (integration === null || one === null) return null;
      const kept = integration.sideFilters ?? null;
      await demandFilter(organisationId, kept, basedOn);
      const hasOwner = integration.owner !== null;
      const filter = await checkSyncFilter(await sidesOf(one, form), kept, wish, hasOwner);
      return { filter, over: versionOf(kept) };
    },

    async keepFilter(organisationId, id, { filter, over }) {
      await change(organisationId, id, (_, key) =>
        database.transaction(async (sql) => {
          const row = await lockIntegration(sql, key);
          const kept = row?.sideFilters ?? null;
          if (row === null || versionOf(kept) === versionOf(filter)) return true;
          // While the vendors were asked, somebody else may have saved: what is left out here is as it was then.
          if (versionOf(kept) !== over) await demandFilter(organisationId, kept, over);
          await control.filterChanged(sql, key, kept, filter);
          return true;
        }),
      );
    },

    filterFields: (organisationId, id, side = OWN_SIDE, form) =>
      on(organisationId, id, async (one) => sideFieldsAnswer((await sidesOf(one, form))[side])),

    countFiltered: (organisationId, id, { side = OWN_SIDE, filter, settings: form }) =>
      on(organisationId, id, async (one) => {
        const [sides, organisation, me] = await Promise.all([
          sidesOf(one, form ?? {}),
          organisationById(database, organisationId),
          ownerOf(database, organisationId, one.integration.owner),
        ]);
        const place = placeOf(organisation, new Date(parts.now()));
        const saved = one.integration.sideFilters ?? null;
        return sideCountAnswer(sides[side], side, filter, { saved, place, me });
      }),

    async countFilteredOfFlow(organisationId, id, wish, asker) {
      const flow = parts.syncs.get(id);
      const organisation = await organisationById(database, organisationId);
      if (flow === undefined || organisation === null) return null;
      const { side = OWN_SIDE, filter, settings: form } = wish;
      const held = { database, connectors: parts.world.connectors };
      const chosen = await unmadeRow(held, organisation, flow, wish.connections ?? {});
      const integration = { ...UNMADE, ...chosen, flow: id };
      const sides = await sidesOf({ flow, sync: syncFor(flow, integration), integration }, form ?? {});
      const me = await ownerOf(database, organisationId, wish.owner === 'me' ? asker : null);
      const place = placeOf(organisation, new Date(parts.now()));
      return sideCountAnswer(sides[side], side, filter, { saved: null, place, me });
    },

    preview: (organisationId, id) =>
      on(organisationId, id, async (one, key) => {
        const pass = await latestPreview(database, key);
        const writes = pass === null ? [] : await writesOfPasses(database, [pass.id]);
        const row = await syncOf(database, organisationId, id);
        return previewView(await factsOf(one), pass, writes, row);
      }),

    previewRecords: (organisationId, id, query) =>
      on(organisationId, id, async (one, key) => {
        const pass = await latestPreview(database, key);
        if (pass === null) return { total: 0, kinds: [], records: [], next: null };
        const after = query.cursor === undefined ? null : readPreviewPlace(query.cursor);
        const [facts, counts, found] = await Promise.all([
          factsOf(one),
          countPreviewItems(database, pass.id),
          previewItems(database, pass.id, { ...query, after, limit: query.limit + 1 }),
        ]);
        const page = found.slice(0, query.limit);
        const last = page.at(-1);
        return {
          ...counts,
          records: page.map(({ item }) => sampleView(facts, item as Sample)),
          next: found.length > query.limit && last !== undefined ? writePreviewPlace(last) : null,
        };
      }),

    startPreview: (organisationId, id) =>
      change(organisationId, id, async (one, key) => {
        demandAccounts(one.sync);
        await demandNoTwin(alike, parts.syncs, one);
        return { pass: await control.startPreview(parts, key) };
      }),

    apply: (organisationId, id) =>
      change(organisationId, id, async (one, key) => {
        demandAccounts(one.sync);
        const alone = (sql: Sql) => demandNoTwinBegins(sql, parts.world.connectors, parts.syncs, one);
        return { pass: await control.apply(parts, key, alone) };
      }),

    stop: (organisationId, id) =>
      change(organisationId, id, async (one, key) => {
        await control.stop(parts, key, one.integration.owner);
        await turnPersonal(one, false);
        return summary(one);
      }),

    resume: (organisationId, id, deletes) =>
      change(organisationId, id, async (one, key) => {
        await control.resume(parts, key, deletes);
        await turnPersonal(one, true);
        return summary(one);
      }),

    records: (organisationId, id, query) =>
      on(organisationId, id, async (one, key) => {
        const { state, reason, search, unlinked, limit } = query;
        const after = query.cursor === undefined ? null : readPlace(query.cursor);
        const found = await unitsOf(database, key, {
          state,
          reason,
          search,
          unlinked,
          after,
          limit: limit + 1,
        });
        const page = found.slice(0, limit);
        const linkIds = page.flatMap((unit) => (unit.state === 'failing' ? (unit.linkId ?? []) : []));
        const [facts, now, refusing] = await Promise.all([
          factsOf(one),
          settings(one),
          failedSides(database, linkIds),
        ]);
        const last = page.at(-1);
        return {
          records: page.map((unit) => recordView(facts, now, unit, refusing)),
          next: found.length > limit && last !== undefined ? writePlace(last) : null,
        };
      }),

    retryShelf: (organisationId, id) =>
      change(organisationId, id, async (_, key) => ({
        records: await control.retry(parts, key, 'shelf'),
      })),

    retryRecord: (organisationId, id, side, record) =>
      change(organisationId, id, async (_, key) => {
        const [row] = await recordsById(database, key, side, [record]);
        if (row === undefined) return null;
        // A pair fails as one: its other record waits for the same.
        const ids = { [side]: record } as Partial<Record<Side, string>>;
        if (row.linkId !== null) {
          const [link] = await linksById(database, key, [row.linkId]);
          if (link !== undefined) Object.assign(ids, { left: link.leftId, right: link.rightId });
        }
        for (const [name, one] of Object.entries(ids) as [Side, string][]) {
          await control.retry(parts, key, { side: name, id: one });
        }
        return { records: 1 };
      }),

    includeRecord: (organisationId, id, side, record) =>
      change(organisationId, id, async (_, key) => {
        const [row] = await recordsById(database, key, side, [record]);
        if (row === undefined) return null;
        if (row.excluded?.code === 'vendor') throw keptOutByVendor(row.excluded);
        if (row.excluded && STANDS.has(row.excluded.code)) throw keptOutByFilter(row.excluded);
        const taken = await control.include(parts, key, { side, id: record });
        return { records: taken };
      }),

    includeAll: (organisationId, id, reason) =>
      change(organisationId, id, async (_, key) => ({
        records: await control.include(parts, key, { reason }),
      })),

    decideAll: (organisationId, id, winner) =>
      change(organisationId, id, async (_, key) =>
        database.transaction(async (sql) => {
          const records = await chooseForAll(sql, key, winner);
          if (records > 0) await saveSync(sql, key, { nextIn: 0 });
          return { records };
        }),
      ),

    linkByHand: (organisationId, id, records) =>
      change(organisationId, id, async (_, key) => {
        const link = await linkByHand(parts, key, records);
        return link === null ? null : { link };
      }),

    link: (organisationId, id, linkId) =>
      on(organisationId, id, async (one, key) => {
        const [link] = await linksById(database, key, [linkId]);
        const [unit] = await unitsOf(database, key, { link: linkId, limit: 1 });
        if (link === undefined || unit === undefined) return null;
        const ids = { left: link.leftId, right: link.rightId };
        const [facts, now, rows, history, refusing] = await Promise.all([
          factsOf(one),
          settings(one),
          linkedRecords(database, key, linkId),
          historyOf(database, key, ids, HISTORY),
          failedSides(database, [linkId]),
        ]);
        return linkView(facts, now, linkId, { unit, refusing, base: link.base, rows, history });
      }),

    decide: (organisationId, id, linkId, choices) =>
      change(organisationId, id, async (_, key) =>
        (await control.decide(parts, key, linkId, choices)) ? { records: 1 } : null,
      ),

    passes: (organisationId, id) =>
      on(organisationId, id, async (one, key) => {
        const [row, rows] = await Promise.all([
          syncOf(database, organisationId, id),
          passesOf(database, key, PASSES),
        ]);
        const ids = rows.map((one) => one.id);
        const [facts, writes, companions] = await Promise.all([
          factsOf(one),
          writesOfPasses(database, ids),
          companionsOfPasses(database, ids),
        ]);
        return { passes: rows.map((one) => passView(facts, one, { writes, companions, row })) };
      }),

    previewUndo: (organisationId, id, passId) =>
      on(organisationId, id, async (one, key) => {
        if ((await passOf(database, key, passId)) === null) return null;
        const { sync } = one;
        const now = await settings(one);
        const { fields } = await describe(accountOf(one.integration, 'left'), sync, 'left', now.options.left);
        const titles = Object.fromEntries([...(fields ?? [])].map(([field, one]) => [field, one.titles]));
        const outlook = await previewUndo(parts, key, passId, { ...now.rules, titles });
        const shown = outlook.skipped.slice(0, SKIPPED);
        const labels = new Map<string, string>();
        for (const side of ['left', 'right'] as const) {
          const ids = shown.filter((one) => one.side === side).map((one) => one.recordId);
          for (const row of await recordsById(database, key, side, ids)) {
            labels.set(`${side} ${row.id}`, row.label);
          }
        }
        return {
          operations: outlook.operations,
          skipped: shown.map((one) => ({ ...one, label: labels.get(`${one.side} ${one.recordId}`) ?? '' })),
          companions: undoneCompanions(sync, await companionsToUndo(database, key, passId)),
          skippedTotal: outlook.skipped.length,
        };
      }),

    undo: (organisationId, id, passId) =>
      change(organisationId, id, async (_, key) => {
        if ((await passOf(database, key, passId)) === null) return null;
        return { pass: await startUndo(parts, key, passId) };
      }),

    live(organisationId, onSync) {
      const group = listeners.get(organisationId) ?? new Set();
      listeners.set(organisationId, group);
      group.add(onSync);
      return () => {
        group.delete(onSync);
        if (group.size === 0) listeners.delete(organisationId);
      };
    },

    changed({ organisationId, integration }) {
      const group = listeners.get(organisationId);
      if (group === undefined) return;
      syncOf(database, organisationId, integration)
        .then((row) => {
          for (const listener of group) listener({ sync: integration, phase: row?.phase ?? 'new' });
        })
        .catch(parts.onError);
    },
  };
}

/** How often it looks and when it brakes may change under way; what it carries over may not. */
export const isOtherWork = (before: SyncSettings, after: SyncSettings): boolean =>
  JSON.stringify([before.rules, before.options]) !== JSON.stringify([after.rules, after.options]);

/** What an admin may see and choose of the settings; what a flow sets for itself is none of it. */
export function settingsView(sync: Sync, settings: SyncSettings) {
  const { rules, options, everySeconds, sweepHours, brake } = settings;
  const declared = (side: Side) =>
    Object.fromEntries(
      sync[side].options.flatMap(({ id }) =>
        options[side][id] === undefined ? [] : [[id, options[side][id]]],
      ),
    );
  return {
    rules: { ...rules, fields: [...rules.fields], matchBy: rules.matchBy.map((key) => [...key]) },
    options: { left: declared('left'), right: declared('right') },
    everySeconds,
    sweepHours,
    brake: { ...brake },
  };
}

const withChoices = (
  now: SyncSettings['options'],
  chosen: SyncSettings['options'],
): SyncSettings['options'] => ({
  left: { ...now.left, ...chosen.left },
  right: { ...now.right, ...chosen.right },
});

function readOptions(text: string | undefined): SyncSettings['options'] | null {
  if (text === undefined) return null;
  try {
    const { left, right } = Object(JSON.parse(text)) as { left?: object; right?: object };
    return { left: { ...left }, right: { ...right } } as SyncSettings['options'];
  } catch {
    return null;
  }
}

const keptOutByFilter = ({ en, fr }: { en: string; fr: string }): Problem =>
  new Problem({
    status: 409,
    type: 'kept-out',
    title: { en: 'Kept out by a filter', fr: 'Écartée par un filtre' },
    detail: { en, fr },
    action: {
      en: 'Change the record or the filter; it is taken in by itself.',
      fr: 'Modifiez la fiche ou le filtre\u00a0; elle sera reprise d’elle-même.',
    },
  });

const keptOutByVendor = ({ en, fr }: { en: string; fr: string }): Problem =>
  new Problem({
    status: 409,
    type: 'kept-out',
    title: { en: 'Kept out by its vendor', fr: 'Écartée par son service' },
    detail: { en, fr },
    action: {
      en: 'Change the record there; it is taken in by itself.',
      fr: 'Modifiez la fiche là-bas\u00a0; elle sera reprise d’elle-même.',
    },
  });
