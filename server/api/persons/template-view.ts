import type { Connector } from '../../core/connector.ts';
import { integrationTitle } from '../../core/integration-title.ts';
import type { Side } from '../../core/sync/mapping.ts';
import {
  type PersonalUse,
  type Sync,
  type SyncFlow,
  type SyncSettings,
  syncFor,
} from '../../core/sync-flow.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import type { TemplateRow } from '../../store/templates.ts';
import type { Template } from '../contract.ts';
import { versionOf } from '../flows/settings-version.ts';
import { settingsView } from '../syncs/stored-sync-services.ts';

/** A flow that can be personal, as a template has it. */
export interface TemplateFlow {
  readonly flow: SyncFlow;
  readonly personal: PersonalUse;
  readonly other: Side;
  readonly sync: Sync;
}

export const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

/** Null: the flow is none that persons can have. */
export function templateFlow(
  flow: SyncFlow | undefined,
  { connector, settings }: Pick<TemplateRow, 'connector' | 'settings'>,
): TemplateFlow | null {
  if (flow?.personal === undefined) return null;
  const { role } = flow.personal;
  const roles = [{ role, connector }];
  return {
    flow,
    personal: flow.personal,
    other: otherSide(role),
    sync: syncFor(flow, { roles, settings }),
  };
}

/** What is said of a template as a whole: by it a change tells what it was made on. */
export const templateVersion = (row: TemplateRow, sync: Sync, settings: SyncSettings): string =>
  versionOf([settingsView(sync, settings), row.name, row.open, row.approves, row.connections]);

export interface TemplateFacts {
  readonly row: TemplateRow;
  readonly of: TemplateFlow;
  readonly settings: SyncSettings;
  /** The organisation's account of the other role; null: none is connected. */
  readonly shared: ConnectionRow | null;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly persons: number;
}

export function templateView({ row, of, settings, shared, connectors, persons }: TemplateFacts): Template {
  const { flow, personal, other, sync } = of;
  const named = (id: string) => ({ id, titles: connectors.get(id)?.titles ?? { en: id, fr: id } });
  const connector = flow.roles[other].connector ?? shared?.connector;
  return {
    id: row.id,
    flow: { id: flow.id, titles: flow.titles },
    name: row.name,
    titles: integrationTitle(row, new Map([[flow.id, flow]])),
    open: row.open,
    account: { role: personal.role, connector: named(row.connector) },
    connections: {
      [other]: {
        connector: connector === undefined ? null : named(connector),
        connection: shared?.id ?? null,
        account: shared === null ? null : { id: shared.account.id, name: shared.account.name },
        state: shared?.state ?? 'absent',
      },
    },
    sides: { left: sync.left.object.titles, right: sync.right.object.titles },
    settings: settingsView(sync, settings),
    version: templateVersion(row, sync, settings),
    filter:
      row.filter === null
        ? null
        : {
            left: row.filter.left?.filter ?? null,
            right: row.filter.right?.filter ?? null,
            leaving: row.filter.leaving,
          },
    approves: row.approves,
    persons,
  };
}
