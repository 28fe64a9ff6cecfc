import { z } from 'zod';
import type { ConnectorHttp, VendorAccount } from '../../../core/connector.ts';
import { readAnswer } from '../../../core/read-answer.ts';

const userSchema = z.object({ id: z.string(), email: z.string() });

/** Whose account it is: https://developers.google.com/identity/protocols/oauth2/openid-connect */
export async function googleUser(http: ConnectorHttp): Promise<VendorAccount> {
  const response = await http.fetch('https://www.googleapis.com/oauth2/v2/userinfo');
  const user = readAnswer(userSchema, await response.json(), 'Google');
  return { id: user.id, name: user.email };
}
