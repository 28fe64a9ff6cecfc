import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../../core/connector.ts';
import { readAnswer } from '../../../core/read-answer.ts';
import { GRAPH } from './graph.ts';

const userSchema = z.object({
  id: z.string().min(1),
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  displayName: z.string().nullish(),
});

/**
 * Whose account it is: by the mailbox's address, which a guest's or a private account's sign-in name is not.
 * https://learn.microsoft.com/graph/api/user-get
 */
export async function microsoftUser(http: ConnectorHttp): Promise<VendorAccount> {
  const response = await http.fetch(`${GRAPH}/me?$select=id,mail,userPrincipalName,displayName`);
  const user = readAnswer(userSchema, await response.json(), 'Microsoft 365');
  return { id: user.id, name: user.mail || user.userPrincipalName || user.displayName || user.id };
}
