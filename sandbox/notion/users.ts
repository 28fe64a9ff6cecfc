import { users } from '../company/index.ts';
import type { Operation } from './api.ts';
import { listed } from './paging.ts';
import { botView, personView } from './views.ts';

/** https://developers.notion.com/reference/get-users : guests are none of them. */
export const userOperations: readonly Operation[] = [
  { method: 'GET', path: '/v1/users/me', takes: [], run: () => ({ body: botView() }) },
  {
    method: 'GET',
    path: '/v1/users',
    takes: [],
    run({ query }) {
      const all: readonly { readonly id: string }[] = [...users.map(({ key }) => personView(key)), botView()];
      const asked = {
        size: query.get('page_size') ?? undefined,
        cursor: query.get('start_cursor'),
        kind: 'user',
      };
      return listed(
        all,
        ({ id }) => id,
        asked,
        (one) => one,
      );
    },
  },
];
