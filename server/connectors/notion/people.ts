import type { z } from 'zod';
import type { VendorAccount } from '../../core/connector.ts';
import { failure } from '../../kit/failures.ts';
import { ifFailed } from '../../kit/if-gone.ts';
import { eachOf } from '../../kit/pages.ts';
import { MOST_PAGES, PAGE } from './data-sources.ts';
import { VENDOR } from './failures.ts';
import type { NotionApi } from './request.ts';
import { listOf, userSchema } from './shapes.ts';

export interface NotionPerson {
  readonly id: string;
  readonly email: string;
}

export function peopleCalls(api: NotionApi) {
  async function everybody(): Promise<NotionPerson[]> {
    const found: NotionPerson[] = [];
    const pages = eachOf<z.output<typeof userSchema>, string>(
      async (cursor) => {
        const query = { page_size: PAGE, start_cursor: cursor ?? undefined };
        const answer = await api({ path: '/v1/users', query }, listOf(userSchema));
        return { items: answer.results, next: answer.next_cursor ?? null };
      },
      { most: MOST_PAGES },
    );
    for await (const { id, person } of pages)
      if (person?.email !== undefined) found.push({ id, email: person.email });
    return found;
  }

  return {
    /** People of the workspace whose addresses Liaison may see: nobody where it may see none. Guests are none of them. */
    people: (): Promise<NotionPerson[]> => ifFailed(['rejected'], everybody, []),

    /** The workspace that was opened, and by whom. */
    async workspace(): Promise<VendorAccount> {
      const { bot } = await api({ path: '/v1/users/me' }, userSchema);
      if (bot?.workspace_id === undefined)
        throw failure('reconnect', VENDOR, 'The token names no workspace.');
      const owner = bot.owner?.user;
      const user = owner?.person?.email ?? owner?.name ?? null;
      return {
        id: bot.workspace_id,
        name: bot.workspace_name || bot.workspace_id,
        ...(user === null ? {} : { user }),
      };
    },
  };
}
