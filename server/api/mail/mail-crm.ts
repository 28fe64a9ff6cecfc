import type { Connector } from '../../core/connector.ts';
import type { CorrespondentsDeclaration } from '../../core/mail/correspondents.ts';
import type { StaffMember } from '../../core/staff.ts';
import type { World } from '../../engine/ports.ts';
import { connectionOf } from '../../store/connections.ts';
import type { Database } from '../../store/database.ts';
import { notConnected } from './mail-problems.ts';

export interface MailCrmParts {
  readonly database: Database;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly world: Pick<World, 'open'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A person waits. */
const PATIENCE_MS = 10_000;
/** Who works in the organisation seldom changes, and is asked at every mail. */
const STAFF_GOOD_MS = 300_000;

/** The organisation's CRM, as what stands beside a mail asks it: under the organisation's own account. */
export function mailCrm({ database, connectors, world, now }: MailCrmParts) {
  const connector = [...connectors.values()].find((one) => one.correspondents !== undefined);
  const known = new Map<string, { readonly at: number; readonly staff: readonly StaffMember[] }>();

  return {
    connector,

    /** Fails with `reconnect` where the CRM is not connected. */
    async open(organisationId: string) {
      if (connector?.correspondents === undefined) throw notConnected();
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const http = await world.open({ organisationId }, connector, { signal, onExchange: () => {} });
      const row = await connectionOf(database, organisationId, connector.id);
      if (row === null) throw notConnected();
      const declared: CorrespondentsDeclaration<unknown> = connector.correspondents;
      return { client: connector.client(http), declared, account: row.account };
    },

    /** Everybody who works there, as of a few minutes ago. */
    async staff(organisationId: string, client: unknown): Promise<readonly StaffMember[]> {
      const held = known.get(organisationId);
      if (held !== undefined && now() - held.at < STAFF_GOOD_MS) return held.staff;
      const staff = (await connector?.staff?.all(client)) ?? [];
      known.set(organisationId, { at: now(), staff });
      return staff;
    },
  };
}
