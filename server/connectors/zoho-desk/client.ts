import type { ConnectorHttp } from '../../core/connector.ts';
import { answerCalls } from './answers.ts';
import { deskApi } from './api.ts';
import { settingsCalls } from './settings-calls.ts';
import { ticketCalls } from './tickets.ts';
import { webhookCalls } from './webhook-calls.ts';

export type ZohoDeskClient = ReturnType<typeof zohoDeskClient>;

/** Zoho Desk's REST API, as the agent who connected it. Rejects with LiaisonErrors only. */
export function zohoDeskClient(http: ConnectorHttp) {
  const call = deskApi(http);
  return {
    ...settingsCalls(call, http),
    ...ticketCalls(call, http),
    ...answerCalls(call),
    ...webhookCalls(call, http),
  };
}
