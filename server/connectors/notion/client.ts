import type { ConnectorHttp } from '../../core/connector.ts';
import { dataSourceCalls } from './data-sources.ts';
import { pageCalls } from './pages.ts';
import { peopleCalls } from './people.ts';
import { notionApi } from './request.ts';

export type NotionClient = ReturnType<typeof notionClient>;

/** Notion's API. Rejects with LiaisonErrors only. */
export function notionClient(http: ConnectorHttp) {
  const api = notionApi(http);
  return { ...dataSourceCalls(api), ...pageCalls(api), ...peopleCalls(api) };
}
