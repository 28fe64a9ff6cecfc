import type { ConnectorHttp } from '../../core/connector.ts';
import { readAccount } from './account.ts';
import { audienceCalls } from './audiences.ts';
import { campaignCalls } from './campaigns.ts';
import { memberCalls } from './members.ts';
import { mailchimpApi } from './request.ts';

export type MailchimpClient = ReturnType<typeof mailchimpClient>;

/** Mailchimp's Marketing API 3.0. Rejects with LiaisonErrors only. */
export function mailchimpClient(http: ConnectorHttp) {
  const api = mailchimpApi(http);
  return {
    account: () => readAccount(http),
    ...audienceCalls(api),
    ...memberCalls(api),
    ...campaignCalls(api),
  };
}
