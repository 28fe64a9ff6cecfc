import type { ConnectorHttp } from '../../core/connector.ts';
import { zohoApi } from '../families/zoho/request.ts';
import { readAccount } from './account.ts';
import { attachmentCalls } from './attachments.ts';
import { channelCalls } from './channels.ts';
import { convertedCalls } from './converted.ts';
import { coqlCalls } from './coql.ts';
import { emailCalls } from './emails.ts';
import { eventCalls } from './events.ts';
import { fieldCalls } from './fields.ts';
import { noteCalls } from './notes.ts';
import { inTab, tabOf } from './objects.ts';
import { recordCalls } from './records.ts';
import { removalCalls } from './removals.ts';
import { stageHistoryCalls } from './stage-history.ts';
import { userCalls } from './users.ts';
import { ruleCalls } from './workflow-rules.ts';

export type ZohoCrmClient = ReturnType<typeof zohoCrmClient>;

/** Zoho CRM, API version 8. Rejects with LiaisonErrors only. */
export function zohoCrmClient(http: ConnectorHttp) {
  const api = zohoApi(http);
  return {
    account: () => readAccount(http, api),
    /** The organisation's, on whose clocks the CRM repeats meetings. */
    timeZone: http.account.facts?.timeZone ?? 'UTC',
    /** BCP 47: in which language people read what Liaison writes there. */
    locale: http.account.facts?.locale ?? 'en',
    /** Where people read a record. */
    recordAddress: (module: string, id: string): string => inTab(tabOf(module))(id, http.account),
    ...recordCalls(api),
    ...noteCalls(api),
    ...fieldCalls(api),
    ...ruleCalls(api),
    ...channelCalls(api),
    ...coqlCalls(api),
    ...stageHistoryCalls(api),
    ...removalCalls(api),
    ...eventCalls(api),
    ...emailCalls(http, api),
    ...attachmentCalls(http, api),
    ...convertedCalls(api),
    ...userCalls(api),
  };
}
