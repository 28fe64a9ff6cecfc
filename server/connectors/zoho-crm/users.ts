import { z } from 'zod';
import { readAnswer } from '../../core/read-answer.ts';
import type { ZohoApi } from '../families/zoho/request.ts';
import { VENDOR } from './failures.ts';

export interface CrmUser {
  readonly id: string;
  readonly name: string;
}

const PAGE = 200;
/** Bounds the walk: 2,000 users. */
const MOST_PAGES = 10;

const usersSchema = z.object({
  users: z.array(z.object({ id: z.string(), full_name: z.string().nullish(), email: z.string().nullish() })),
  info: z.object({ more_records: z.boolean() }).nullish(),
});

export function userCalls(api: ZohoApi) {
  return {
    /** Users who may be given records, by name. */
    async activeUsers(): Promise<CrmUser[]> {
      const found: CrmUser[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const query = { type: 'ActiveUsers', per_page: PAGE, page };
        const { body } = await api({ path: '/crm/v8/users', query });
        if (body === null) break;
        const { users, info } = readAnswer(usersSchema, body, VENDOR);
        found.push(...users.map(({ id, full_name, email }) => ({ id, name: full_name ?? email ?? id })));
        if (info?.more_records !== true) break;
      }
      return found.sort((left, right) => left.name.localeCompare(right.name));
    },
  };
}
