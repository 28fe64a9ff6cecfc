import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { storedPersonServices } from '../api/persons/stored-person-services.ts';
import { storedTemplateServices } from '../api/persons/stored-template-services.ts';
import { sideDescriber } from '../api/syncs/sync-sides.ts';
import { demandNoTwinBegins } from '../api/syncs/sync-twin.ts';
import type { ConnectDeps } from '../connect/deps.ts';
import { connectWithoutConsent } from '../connect/without-consent.ts';
import { type SyncFlow, syncFor } from '../core/sync-flow.ts';
import { lookAtStaff, type StaffParts } from '../engine/personal/look-at-staff.ts';
import { type SettleParts, settlePersonal } from '../engine/personal/settle.ts';
import type { World } from '../engine/ports.ts';
import type { ConnectionRow } from '../store/connections.ts';

export interface PersonalParts {
  readonly syncs: ReadonlyMap<string, SyncFlow>;
  readonly world: Pick<World, 'open' | 'connectors'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly disconnect: (connection: ConnectionRow) => Promise<unknown>;
  readonly onFlowChange: (organisationId: string) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export type Personal = ReturnType<typeof openPersonal>;

/** What persons have of their own under admins' templates, put together. */
export function openPersonal(connect: ConnectDeps, parts: PersonalParts) {
  const { database, connectors, log } = connect;
  const { syncs, world } = parts;
  const settling: SettleParts = {
    database,
    newPassId: uuidv7,
    log,
    async mayBegin(sql, integration) {
      const flow = syncs.get(integration.flow);
      if (flow !== undefined)
        await demandNoTwinBegins(sql, connectors, syncs, { sync: syncFor(flow, integration), integration });
    },
  };
  const settle = (): Promise<void> => settlePersonal(settling);
  const settleSoon = (): void => void settle().catch(parts.onError);
  const staff: StaffParts = { database, ...parts };
  const newId = (): string => randomBytes(6).toString('hex');
  const own = {
    database,
    syncs,
    connectors,
    newId,
    disconnect: parts.disconnect,
    onFlowChange: parts.onFlowChange,
    settle: settleSoon,
  };
  const { describe } = sideDescriber(world, parts.now);
  const { goOn, ...persons } = storedPersonServices({
    ...own,
    now: parts.now,
    lookAtStaff: (organisationId) => lookAtStaff(staff, organisationId),
    async connectOwn(organisationId, owner, id) {
      const connector = connectors.get(id);
      if (connector === undefined) return null;
      return connectWithoutConsent(connect, {
        organisationId,
        connector,
        owner,
        sessionId: '',
        returnTo: '/',
      });
    },
  });
  return {
    templates: storedTemplateServices({ ...own, world, describe }),
    persons,
    /** After an account of a person's was connected. */
    goOn,
    /** Brings on what stands still before its first write. */
    settle,
    /** A sync changed, in any process: one that waits for nothing but this goes on at once. */
    changed: (key: { readonly organisationId: string; readonly integration: string }): void =>
      void settlePersonal(settling, key).catch(parts.onError),
    staff,
  };
}
