import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../../../server/core/connector.ts';
import { readAnswer } from '../../../../server/core/read-answer.ts';
import { jsonApi } from '../../../../server/kit/json-api.ts';
import { tokenList } from '../../../../server/kit/token-list.ts';
import { VENDOR } from './failures.ts';

export type NewThingClient = ReturnType<typeof newThingClient>;

// To fill in: what of the vendor's answers Liaison relies on, and no more.
const account = z.object({ id: z.string(), name: z.string() });
const item = z.object({ id: z.string(), name: z.string() });

/** New Thing's REST API. To fill in: the address of its documentation. */
export function newThingClient(http: ConnectorHttp) {
  const call = jsonApi(http, () => 'https://api.new-thing.example');
  return {
    // To fill in: the call that tells whose account it is.
    async account(): Promise<VendorAccount> {
      const { body } = await call({ path: '/v1/me' });
      return readAnswer(account, body, VENDOR);
    },

    // To fill in: the calls that flows need; `server/kit/pages.ts` walks through lists of other forms.
    items: () =>
      tokenList(call, VENDOR, {
        path: '/v1/items',
        member: 'items',
        row: item,
        size: { name: 'limit', most: 100 },
        token: 'next',
      }),
  };
}
