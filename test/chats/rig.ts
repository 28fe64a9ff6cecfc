import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import { zohoSalesIq } from '../../server/connectors/zoho-salesiq/connector.ts';
import { portalTopic } from '../../server/connectors/zoho-salesiq/webhooks.ts';
import type { Connector } from '../../server/core/connector.ts';
import type { Automation } from '../../server/core/flow.ts';
import { parseBody } from '../../server/engine/event-body.ts';
import { door } from '../../server/hooks/door.ts';
import type { NewEvent } from '../../server/store/inbox.ts';
import { openFlow, type Row, type Told } from '../desk/flow-rig.ts';

export const TOPICS = [
  'conversation.created',
  'conversation.completed',
  'conversation.missed',
  'conversation.rated',
];

export interface SeenChat {
  readonly id: string;
  readonly reference_id: string;
}

/** The real engine, connectors and door over a sandbox: what happens in chats goes in, the CRM is looked at. */
export async function openChats(flow: Automation<never, never>, usual: Record<string, unknown> = {}) {
  const takers = { source: zohoSalesIq as unknown as Connector, target: zohoCrm as unknown as Connector };
  const rig = await openFlow(flow as never, takers, usual);
  const { sandbox, tables } = rig;
  const accepted: NewEvent[] = [];
  /** Deliveries that were answered since somebody last waited for them. */
  let heard = 0;
  let secrets: readonly string[] = [];
  const handle = door({
    connectors: new Map([[zohoSalesIq.id, takers.source]]),
    find: async (_connector, key) =>
      key === 'own' ? { id: 'c', organisationId: 'o', account: 'a', secrets: () => secrets } : null,
    accept: async (events) => void accepted.push(...events),
    now: Date.now,
    crash: () => {},
    onAnswer: () => {},
    onError: (error) => {
      throw error;
    },
  });
  const server = createServer((request, response) => {
    // An address is looked at with HEAD, which is no delivery.
    if (request.method === 'POST')
      response.on('finish', () => {
        heard += 1;
      });
    void handle(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/zoho-salesiq/own`;
  const { client } = await sandbox.connect(zohoSalesIq);

  /** Has SalesIQ tell of chats, or tell again: a key that changed is taken up. */
  async function subscribe(): Promise<void> {
    const made = await zohoSalesIq.webhooks?.subscribe?.(client, {
      ...{ url, secret: '', topics: [...TOPICS, portalTopic('')] },
    });
    secrets = (made ?? []).flatMap(({ secret }) => secret ?? []);
  }
  await subscribe();
  const ids = async (module: string): Promise<Set<unknown>> =>
    new Set(((await tables('zoho-crm'))[module] ?? []).map(({ id }) => id));
  const before = { Leads: await ids('Leads'), Contacts: await ids('Contacts'), Notes: await ids('Notes') };

  /** What the door accepted since the last call. */
  const taken = (): Told[] =>
    accepted.splice(0).map(({ eventKey, topic, recordId, contentType, body }) => ({
      ...{ key: eventKey, topic, recordId, body: parseBody(contentType, body) },
    }));
  const act = async (wish: object): Promise<SeenChat> =>
    ((await sandbox.act('zoho-salesiq', wish)) as { conversation: SeenChat }).conversation;

  return {
    ...rig,
    client,
    url,
    taken,
    act,
    subscribe,

    /** Whatever has been told so far comes to an end here, once SalesIQ has told so often. */
    async settled(deliveries: number): Promise<void> {
      while (heard < deliveries) await new Promise((resolve) => setImmediate(resolve));
      heard = 0;
      await rig.accept('source', taken());
      await rig.rig.settled();
    },

    /** An outside program delivers by itself. @returns the status of the answer. */
    async deliver(body: string, headers: Record<string, string>): Promise<number> {
      const own = { 'content-type': 'application/json', ...headers };
      const { status } = await fetch(url, { method: 'POST', body, headers: own });
      heard = 0;
      return status;
    },

    /** Records that were made since it was opened. */
    async made(module: 'Leads' | 'Contacts' | 'Notes'): Promise<Row[]> {
      return ((await tables('zoho-crm'))[module] ?? []).filter(({ id }) => !before[module].has(id));
    },

    async close(): Promise<void> {
      await rig.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type OpenChats = Awaited<ReturnType<typeof openChats>>;
