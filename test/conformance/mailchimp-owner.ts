import { createHash } from 'node:crypto';
import { AUDIENCE_ID } from '../../sandbox/mailchimp/account.ts';

const CLIENT_ID = 'sandbox-mailchimp';
const REDIRECT = 'http://127.0.0.1:3000/api/v1/oauth/callback';

async function tokenAt(sandboxUrl: string): Promise<string> {
  const post = async (path: string, body: BodyInit) =>
    (await (await fetch(`${sandboxUrl}${path}`, { method: 'POST', body })).json()) as Record<string, string>;
  const { code = '' } = await post(
    '/_sandbox/consents/mailchimp',
    JSON.stringify({ clientId: CLIENT_ID, redirectUri: REDIRECT, scope: '' }),
  );
  const { access_token = '' } = await post(
    '/mailchimp/oauth2/token',
    new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      client_secret: 'sandbox-secret-mailchimp',
      redirect_uri: REDIRECT,
      code,
    }),
  );
  return access_token;
}

async function asOwner(
  sandboxUrl: string,
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body: object,
): Promise<void> {
  const answer = await fetch(`${sandboxUrl}/mailchimp/3.0/lists/${AUDIENCE_ID}/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await tokenAt(sandboxUrl)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** The audience's owner makes a merge field, of any of Mailchimp's types and options. */
export const addMergeField = (
  sandboxUrl: string,
  field: { readonly tag: string; readonly type: string; readonly options?: object },
): Promise<void> => asOwner(sandboxUrl, 'POST', 'merge-fields', { name: field.tag, ...field });

/** The audience's owner deletes a webhook in Mailchimp. */
export const deleteWebhook = (sandboxUrl: string, id: string): Promise<void> =>
  asOwner(sandboxUrl, 'DELETE', `webhooks/${id}`, {});

/** The audience's owner takes from a webhook some of what it is told. */
export const quietenWebhook = (sandboxUrl: string, id: string, events: readonly string[]): Promise<void> =>
  asOwner(sandboxUrl, 'PATCH', `webhooks/${id}`, {
    events: Object.fromEntries(events.map((event) => [event, false])),
  });

/** The audience's owner gives a member a tag, or takes it off. */
export const setTag = (
  sandboxUrl: string,
  email: string,
  tag: { readonly name: string; readonly status: 'active' | 'inactive' },
): Promise<void> => {
  const hash = createHash('md5').update(email.toLowerCase()).digest('hex');
  return asOwner(sandboxUrl, 'POST', `members/${hash}/tags`, { tags: [tag] });
};
