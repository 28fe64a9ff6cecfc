import type { VendorDesk } from '../../../../sandbox/core/simulator.ts';
import type { Api, Endpoint, Incoming } from '../../../../sandbox/kit/api.ts';
import { type BodyFields, readFields } from '../../../../sandbox/kit/body-fields.ts';
import { pageOr } from '../../../../sandbox/kit/cursor-pages.ts';
import type { Members } from '../../../../sandbox/kit/json-body.ts';
import { lockingLimit } from '../../../../sandbox/kit/locking-limit.ts';
import { Refusal, type Reply } from '../../../../sandbox/kit/refusal.ts';
import { keyOf, newThingTables } from './rows.ts';

type Call = Incoming & { readonly body: Members };

interface Operation extends Endpoint {
  /** What its body may hold. */
  readonly takes: BodyFields;
  run(call: Call): Reply;
}

/** To fill in: the vendor's own form of a refusal, and the address where it documents it. */
export const refusal = (status: number, code: string, message: string): Refusal =>
  new Refusal(status, message, { error: { code, message } });

const LISTED = { size: 'limit', token: 'next', most: 100 };

// To fill in: the operations that the vendor documents, not those that the connector happens to call.
const operations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/me',
    takes: {},
    run: () => ({ body: { id: 'atelier-lumen', name: 'Atelier Lumen' } }),
  },
  {
    method: 'GET',
    path: '/items',
    takes: {},
    run({ desk, query }) {
      const items = newThingTables(desk).items.all();
      const { rows, next } = pageOr([items, ({ id }) => id, query, LISTED], () =>
        refusal(400, 'invalid_page', 'There is no such page.'),
      );
      return { body: { items: rows, ...next } };
    },
  },
  {
    method: 'POST',
    path: '/items',
    takes: { name: { is: 'text', required: true, most: 200 } },
    run({ desk, body }) {
      const id = desk.id('item-', 12);
      const record = newThingTables(desk).items.put(id, { id, name: String(body.name) });
      // To fill in: what the vendor knows a repeated write by; null: nothing.
      const marker = null;
      desk.wrote({ operation: 'POST /items', object: 'item', id, action: 'create', marker, record });
      return { status: 201, body: record };
    },
  },
];

/** New Thing's REST API: key, limit, body, work. */
export function newThingApi(desk: VendorDesk): Api<Operation> {
  // To fill in: the vendor's limits on calls, and how long it keeps out who passes them.
  const limit = lockingLimit(desk, { perMinute: 60, lockMinutes: 1 });
  return {
    base: '/v1',
    operations,
    admit({ request }) {
      if (request.get('authorization') !== `Bearer ${keyOf(desk)}`)
        throw refusal(401, 'unauthorized', 'The key is missing or wrong.');
      const wait = limit.take('account');
      if (wait > 0) throw refusal(429, 'too_many_requests', `Wait ${wait} seconds.`);
    },
    answer(operation, incoming) {
      const body = readFields(incoming.request, operation.takes, (wrong) =>
        refusal(400, 'invalid_body', wrong === null ? 'No JSON object.' : `${wrong.field}: ${wrong.because}`),
      );
      return operation.run({ ...incoming, body });
    },
    unknown: () => refusal(404, 'not_found', 'There is nothing here.'),
    otherMethod: () => refusal(405, 'method_not_allowed', 'Not by this method.'),
  };
}
