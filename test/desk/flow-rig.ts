import { randomUUID } from 'node:crypto';
import type { Connector, DeliveredFile } from '../../server/core/connector.ts';
import type { Automation, FlowPreview } from '../../server/core/flow.ts';
import type { Sentence } from '../../server/core/sentence.ts';
import { openSandbox } from '../conformance/sandbox-connection.ts';
import { ORGANISATION, openRig } from '../engine/rig.ts';
import { integrationRow } from '../integration-row.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Run {
  readonly state: string;
  readonly recordId: string;
  readonly summary: Sentence | null;
  readonly error: { readonly kind: string; readonly sentence: Sentence } | null;
}

export interface Told {
  readonly key: string;
  readonly topic: string;
  readonly recordId: string | null;
  readonly body: object;
  readonly files?: readonly DeliveredFile[];
}

/** The real engine and the real connectors over a sandbox of its own, for one flow whose roles are taken as said. */
export async function openFlow(
  flow: Automation,
  takers: Readonly<Record<string, Connector>>,
  usual: Record<string, unknown> = {},
) {
  const used = Object.values(takers);
  const sandbox = await openSandbox(flow.id, {
    only: ['zoho-accounts', 'receiver', ...used.flatMap(({ id, hosts }) => [id, ...Object.values(hosts)])],
    limitFactor: 1_000_000,
  });
  const rig = await openRig();
  const ways = new Map<string, Awaited<ReturnType<typeof sandbox.way>>>();
  const connectors = new Map<string, Connector>();
  for (const declared of used) {
    // The sandbox sets no limits here; ours would only make the tests wait.
    const connector = { ...declared, budgets: [] };
    connectors.set(connector.id, connector);
    ways.set(connector.id, await sandbox.way(connector));
  }
  const roles = Object.entries(takers).map(([role, { id: connector }]) => ({
    role,
    connector,
    accountId: ways.get(connector)?.account.id ?? '',
    connectionId: randomUUID(),
  }));
  let settings = usual;
  let isOn = true;
  const engine = await rig.engine([flow], {
    world: {
      connectors,
      integrations: async () => [
        integrationRow({ organisationId: ORGANISATION.id, flow: flow.id, settings, roles, enabled: isOn }),
      ],
      open: async (_account, connector, options) => {
        const way = ways.get(connector.id);
        if (way === undefined) throw new Error(`no way to ${connector.id}`);
        return way.open(options as never);
      },
    },
  });

  return {
    sandbox,
    rig,

    /** What the admin sets beside what is usual. */
    set(more: Record<string, unknown> = {}): void {
      settings = { ...usual, ...more };
    },

    /** Turns the integration on or off. */
    turn(on: boolean): void {
      isOn = on;
    },

    /** Deliveries of the account that took a role, as the door accepts them. */
    accept(role: string, events: readonly Told[]): Promise<void> {
      const from = roles.find((one) => one.role === role);
      return engine.accept(
        events.map(({ key, topic, recordId, body, files = [] }) => ({
          organisationId: ORGANISATION.id,
          connectionId: from?.connectionId ?? null,
          connector: from?.connector ?? '',
          account: from?.accountId ?? '',
          eventKey: key,
          topic,
          recordId,
          contentType: 'application/json',
          body: JSON.stringify(body),
          files,
        })),
      );
    },

    /** @param recordId only what is about it; absent: all of them. */
    async replayShelved(recordId?: string): Promise<void> {
      const [sql, values] = recordId === undefined ? ['true', []] : ['r.record_id = $2', [recordId]];
      await engine.replay(ORGANISATION.id, { sql: `r.state = 'shelved' and ${sql}`, values });
      await rig.settled();
    },

    tables: (vendor: string) => sandbox.state(vendor) as Promise<Record<string, Row[]>>,

    /** What the flow shows of itself, under the settings as they are set. */
    async preview(): Promise<FlowPreview> {
      const role = (name: string) => {
        const connector = connectors.get(takers[name]?.id ?? '');
        const way = ways.get(connector?.id ?? '');
        if (connector === undefined || way === undefined) throw new Error(`nobody took ${name}`);
        return { connector, client: connector.client(way.open({})) };
      };
      const client = (one: Connector) => one.client(ways.get(one.id)?.open({}) as never);
      const source = { role, client, settings: flow.settings.parse(settings), organisation: ORGANISATION };
      const shown = await flow.preview?.(source as never);
      if (shown === undefined) throw new Error(`${flow.id} shows nothing`);
      return shown;
    },

    /** Oldest first. */
    async runs(): Promise<Run[]> {
      const rows = await rig.database.query<Run>(
        'select state, record_id as "recordId", summary, error from runs order by id',
      );
      return [...rows];
    },

    async close(): Promise<void> {
      await rig.close();
      await sandbox.close();
    },
  };
}
