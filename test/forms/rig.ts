import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { zohoCrm } from '../../server/connectors/zoho-crm/connector.ts';
import type { Connector } from '../../server/core/connector.ts';
import { parseBody } from '../../server/engine/event-body.ts';
import { formAnswers } from '../../server/flows/form-answers/flow.ts';
import { door } from '../../server/hooks/door.ts';
import type { NewEvent } from '../../server/store/inbox.ts';
import { openFlow, type Row, type Told } from '../desk/flow-rig.ts';

export const SECRET = 'the-secret-of-this-form-1';
export const FORM = 'devisLum1';

/** The real engine, connectors and door over a sandbox: what a form tool delivers goes in, the CRM is looked at. */
export async function openForm(source: Connector<never>, usual: Record<string, unknown> = {}) {
  const takers = { source: source as unknown as Connector, target: zohoCrm as unknown as Connector };
  const flow = await openFlow(formAnswers as never, takers, usual);
  const { sandbox, tables } = flow;
  const accepted: NewEvent[] = [];
  const answers: string[] = [];
  let heard = 0;
  const handle = door({
    connectors: new Map([[source.id, takers.source]]),
    find: async (_connector, key) =>
      key === 'own' ? { id: 'c', organisationId: 'o', account: 'a', secrets: () => [SECRET] } : null,
    accept: async (events) => void accepted.push(...events),
    now: Date.now,
    crash: () => {},
    onAnswer: (_connector, result) => {
      heard += 1;
      answers.push(result);
    },
    onError: (error) => {
      throw error;
    },
  });
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/${source.id}/own`;
  const ids = async (module: string): Promise<Set<unknown>> =>
    new Set(((await tables('zoho-crm'))[module] ?? []).map(({ id }) => id));
  const before = { Leads: await ids('Leads'), Contacts: await ids('Contacts'), Notes: await ids('Notes') };

  /** What the door accepted since the last call. */
  const taken = (): Told[] =>
    accepted.splice(0).map(({ eventKey, topic, recordId, contentType, body, files = [] }) => ({
      ...{ key: eventKey, topic, recordId, body: parseBody(contentType, body) },
      files,
    }));

  return {
    ...flow,
    url,
    answers,
    taken,

    /** Something happens at the tool, and what it delivers is handled. */
    async happens(wish: object, deliveries = 1): Promise<void> {
      const wanted = heard + deliveries;
      await sandbox.act(source.id, wish);
      while (heard < wanted) await new Promise((resolve) => setImmediate(resolve));
      await flow.accept('source', taken());
      await flow.rig.settled();
    },

    /** An outside program delivers by itself. */
    deliver: (body: string, headers: Record<string, string>): Promise<Response> =>
      fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }),

    /** The same of a form with its files, as a browser parts it; what is accepted is handled. */
    async sends(body: FormData, headers: Record<string, string> = {}): Promise<Response> {
      const answered = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'x-liaison-secret': SECRET, ...headers },
      });
      await flow.accept('source', taken());
      await flow.rig.settled();
      return answered;
    },

    /** Files that stand beside records, in the order in which they came. */
    attached: async (): Promise<Row[]> => (await tables('zoho-crm')).attachments ?? [],

    /** Records that were made since the form opened. */
    async made(module: 'Leads' | 'Contacts' | 'Notes'): Promise<Row[]> {
      return ((await tables('zoho-crm'))[module] ?? []).filter(({ id }) => !before[module].has(id));
    },
    record: async (module: string, id: unknown): Promise<Row | undefined> =>
      ((await tables('zoho-crm'))[module] ?? []).find((row) => row.id === id),

    async close(): Promise<void> {
      await flow.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type OpenForm = Awaited<ReturnType<typeof openForm>>;
