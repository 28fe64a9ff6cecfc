import type { ConnectorHttp, VendorAccount } from '../../core/connector.ts';
import { LiaisonError } from '../../core/errors.ts';
import { failureSentence } from '../../core/failure-sentences.ts';
import { readAnswer } from '../../core/read-answer.ts';
import { MAILCHIMP_DATA_CENTRES } from './data-centres.ts';
import { VENDOR } from './failures.ts';
import { metadataSchema } from './shapes.ts';

/**
 * Whose account this is and in which data centre it lives. The address of its API is never taken from the
 * answer: only the data centre's name is, and only one that is listed.
 * https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/#get-a-users-server-prefix
 */
export async function readAccount(http: ConnectorHttp): Promise<VendorAccount> {
  const response = await http.fetch('https://login.mailchimp.com/oauth2/metadata');
  const metadata = readAnswer(metadataSchema, await response.json(), VENDOR);
  const centre = MAILCHIMP_DATA_CENTRES.find(({ id }) => id === metadata.dc);
  if (centre === undefined || centre.apiUrl !== metadata.api_endpoint.replace(/\/+$/, ''))
    throw new LiaisonError('rejected', {
      sentence: failureSentence('unknown', VENDOR),
      vendorMessage: `The account’s data centre is not known: ${metadata.dc.slice(0, 20)}`,
    });
  return {
    id: metadata.user_id,
    name: metadata.accountname === '' ? metadata.user_id : metadata.accountname,
    facts: { dataCentre: centre.id },
  };
}
