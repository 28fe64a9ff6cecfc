import type { Connector } from '../../core/connector.ts';
import { ownedByMe } from '../../core/owner-filter.ts';
import { canTake } from '../../core/roles.ts';
import type { SyncFlow, SyncSettings } from '../../core/sync-flow.ts';
import { announce } from '../../engine/notify.ts';
import { endPersonal } from '../../engine/personal/end-personal.ts';
import { sharedConnection } from '../../engine/personal/join.ts';
import type { World } from '../../engine/ports.ts';
import { settingsChanged } from '../../engine/sync/control.ts';
import { settingsOf } from '../../engine/sync/open-sync.ts';
import { type ConnectionRow, connectionById } from '../../store/connections.ts';
import type { Database, Sql } from '../../store/database.ts';
import { integrationById, lockIntegration, saveIntegration } from '../../store/integrations.ts';
import { organisationById } from '../../store/organisations.ts';
import { syncOf } from '../../store/syncs.ts';
import {
  deleteTemplate,
  followTemplate,
  integrationsUnder,
  lockTemplate,
  saveTemplate,
  type TemplateRow,
  templateById,
  templatesOf,
} from '../../store/templates.ts';
import type { Template, TemplateWish } from '../contract.ts';
import { demandUnchanged } from '../flows/settings-version.ts';
import { takerTitles } from '../flows/taker-titles.ts';
import {
  doesNotFit,
  NO_SUCH_FLOW,
  noSuchAccount,
  noSuchRole,
  refuseAll,
} from '../integrations/integration-refusals.ts';
import { isOtherWork, settingsView } from '../syncs/stored-sync-services.ts';
import type { SideDescriber } from '../syncs/sync-sides.ts';
import type { TemplateServices } from './template-services.ts';
import { templateSettings } from './template-settings.ts';
import { type TemplateFlow, templateFlow, templateVersion, templateView } from './template-view.ts';

export interface StoredTemplateParts {
  readonly database: Database;
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly world: Pick<World, 'open' | 'connectors'>;
  readonly describe: SideDescriber['describe'];
  /** A short id that was never given before. */
  readonly newId: () => string;
  readonly disconnect: (connection: ConnectionRow) => Promise<unknown>;
  readonly onFlowChange: (organisationId: string) => Promise<void>;
  /** After integrations under a template were to go on by other rules. */
  readonly settle: () => void;
}

export const WAS_ENDED = {
  en: 'Not done: the integration was ended.',
  fr: 'Non fait\u00a0: l’intégration a été arrêtée.',
};

/** What admins prepare for persons, over the store. */
export function storedTemplateServices(parts: StoredTemplateParts): TemplateServices {
  const { database, syncs, connectors } = parts;

  async function settingsFor(row: Pick<TemplateRow, 'organisationId' | 'settings'>, of: TemplateFlow) {
    const organisation = await organisationById(database, row.organisationId);
    if (organisation === null) throw new Error(`organisation ${row.organisationId} does not exist`);
    return settingsOf(of.sync, organisation, row.settings);
  }

  async function shared(row: TemplateRow, { flow, other }: TemplateFlow): Promise<ConnectionRow | null> {
    const { connector } = flow.roles[other];
    return connector === undefined ? null : sharedConnection(database, row, other, connector);
  }

  async function view(row: TemplateRow): Promise<Template | null> {
    const of = templateFlow(syncs.get(row.flow), row);
    if (of === null) return null;
    const [settings, account, under] = await Promise.all([
      settingsFor(row, of),
      shared(row, of),
      integrationsUnder(database, row.organisationId, row.id),
    ]);
    return templateView({ row, of, settings, shared: account, connectors, persons: under.length });
  }

  async function get(organisationId: string, id: string): Promise<Template | null> {
    const row = await templateById(database, organisationId, id);
    return row === null ? null : view(row);
  }

  /** The connections that are sent, each one of the organisation's that can take its role. */
  async function checked(
    organisationId: string,
    { flow, other }: TemplateFlow,
    sent: Readonly<Record<string, string>>,
  ): Promise<Record<string, string>> {
    for (const [role, id] of Object.entries(sent)) {
      if (role !== other) refuseAll([noSuchRole(role)]);
      const row = /^[0-9a-f-]{36}$/.test(id) ? await connectionById(database, id) : null;
      if (row?.organisationId !== organisationId || row.owner !== null) throw noSuchAccount(role);
      const connector = connectors.get(row.connector) ?? { id: row.connector };
      if (!canTake(flow.roles[other], connector))
        refuseAll([doesNotFit(role, takerTitles(flow.roles[other], connectors))]);
    }
    return { ...sent };
  }

  /** The only connector whose accounts can take the persons' role, or the one that is named. */
  function connectorOf(flow: SyncFlow, wished: string | undefined): string {
    const role = flow.personal?.role ?? 'left';
    const declared = flow.roles[role];
    const fitting = [...connectors.values()].filter(
      (one) => canTake(declared, one) && one.authorisation.kind === 'oauth',
    );
    const found = fitting.find(({ id }) => id === (wished ?? declared.connector)) ?? null;
    if (found === null && (wished !== undefined || fitting.length !== 1))
      refuseAll([{ field: 'connector', detail: doesNotFit(role, takerTitles(declared, connectors)).detail }]);
    return found?.id ?? fitting[0]?.id ?? '';
  }

  /** The stored settings of an integration of the same flow; what is another person's is as if there were none. */
  async function settingsFrom(organisationId: string, userId: string | undefined, wish: TemplateWish) {
    if (wish.from === undefined) return {};
    const row = await integrationById(database, organisationId, wish.from);
    const isOpen = row !== null && (row.owner === null || row.owner === userId);
    if (row === null || !isOpen || row.flow !== wish.flow) refuseAll([NO_SUCH_SOURCE]);
    return row?.settings ?? {};
  }

  /** What is stored of settings: what admins may choose, in full. */
  const stored = ({ sync }: TemplateFlow, settings: SyncSettings): Record<string, unknown> => ({
    ...settings,
    options: settingsView(sync, settings).options,
  });

  /** Everybody's goes by what the template says now; other work is previewed first. */
  async function reach(sql: Sql, row: Omit<TemplateRow, 'createdAt'>, isOther: boolean): Promise<void> {
    await followTemplate(sql, row);
    if (!isOther) return;
    for (const { id } of await integrationsUnder(sql, row.organisationId, row.id)) {
      const key = { organisationId: row.organisationId, integration: id };
      const sync = await syncOf(sql, key.organisationId, id);
      if (sync === null) continue;
      // What stands still until a person has looked is not begun again by somebody else's change.
      const standing = sync.phase === 'paused' ? await lockIntegration(sql, key) : null;
      if (standing !== null) await saveIntegration(sql, { ...standing, enabled: false });
      await settingsChanged(sql, key);
    }
  }

  const sidesOf = (organisationId: string, of: TemplateFlow, account: ConnectionRow | null) => ({
    sync: of.sync,
    own: of.personal.role,
    shared: { organisationId, connectionId: account?.id },
    connectors,
    describe: parts.describe,
  });

  return {
    get,

    async list(organisationId) {
      const rows = await templatesOf(database, organisationId);
      const all = await Promise.all(rows.map(view));
      return {
        templates: all.filter((one) => one !== null),
        offered: [...syncs.values()]
          .filter(({ personal }) => personal !== undefined)
          .map(({ id, titles, direction }) => ({ id, titles, direction })),
      };
    },

    async make({ organisationId, user }, wish) {
      const flow = syncs.get(wish.flow);
      if (flow?.personal === undefined) refuseAll([NO_SUCH_FLOW]);
      const connector = connectorOf(flow as SyncFlow, wish.connector);
      const settings = await settingsFrom(organisationId, user?.id, wish);
      const of = templateFlow(flow, { connector, settings }) as TemplateFlow;
      const row: TemplateRow = {
        organisationId,
        id: parts.newId(),
        flow: wish.flow,
        name: wish.name,
        open: wish.open,
        connector,
        connections: await checked(organisationId, of, wish.connections),
        settings,
        filter: ownedByMe(of.other, of.personal.owner),
        approves: wish.approves,
        createdAt: new Date(0),
      };
      const now = await settingsFor(row, of);
      const account = await shared(row, of);
      const next = await templateSettings(sidesOf(organisationId, of, account), wish.settings ?? {}, now);
      await saveTemplate(database, { ...row, settings: stored(of, next) });
      const made = await get(organisationId, row.id);
      if (made === null) throw new Error('the template was not stored');
      return made;
    },

    async set(organisationId, id, change) {
      const before = await templateById(database, organisationId, id);
      const of = before === null ? null : templateFlow(syncs.get(before.flow), before);
      if (before === null || of === null) return null;
      const now = await settingsFor(before, of);
      const versionNow = async (row: TemplateRow) =>
        templateVersion(row, of.sync, await settingsFor(row, of));
      const demand = async (row: TemplateRow, basedOn: string | undefined) =>
        demandUnchanged(basedOn, { version: await versionNow(row), template: await view(row) });
      await demand(before, change.basedOn);
      const connections = {
        ...before.connections,
        ...(await checked(organisationId, of, change.connections ?? {})),
      };
      const account = await shared({ ...before, connections }, of);
      const next = await templateSettings(sidesOf(organisationId, of, account), change.settings ?? {}, now);
      const seen = await versionNow(before);
      await database.transaction(async (sql) => {
        const row = await lockTemplate(sql, organisationId, id);
        if (row === null) return;
        // While the vendor was asked, somebody else may have saved.
        await demand(row, seen);
        const saved: TemplateRow = {
          ...row,
          connections,
          name: change.name === undefined ? row.name : change.name,
          open: change.open ?? row.open,
          approves: change.approves ?? row.approves,
          settings: stored(of, next),
        };
        await saveTemplate(sql, saved);
        await reach(sql, saved, isOtherWork(now, next));
      });
      await announce(database, 'directory');
      parts.settle();
      return get(organisationId, id);
    },

    async remove(organisationId, id) {
      const row = await templateById(database, organisationId, id);
      if (row === null) return null;
      // Nobody joins any more.
      await database.transaction(async (sql) => {
        const held = await lockTemplate(sql, organisationId, id);
        if (held !== null) await saveTemplate(sql, { ...held, open: false });
      });
      const under = await integrationsUnder(database, organisationId, id);
      const owners = new Set(under.flatMap(({ owner }) => owner ?? []));
      for (const userId of owners)
        await endPersonal(parts, { organisationId, userId }, ({ template }) => template === id, {
          why: WAS_ENDED,
          everything: false,
        });
      await deleteTemplate(database, organisationId, id);
      return { id, ended: under.length };
    },
  };
}

const NO_SUCH_SOURCE = {
  field: 'from',
  detail: {
    en: 'There is no such integration of this flow. Choose one of the organisation’s.',
    fr: 'Il n’existe pas de telle intégration de ce flux. Choisissez-en une de l’organisation.',
  },
};
