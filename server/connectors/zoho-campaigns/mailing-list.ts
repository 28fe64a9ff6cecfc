import { LiaisonError } from '../../core/errors.ts';
import type { ZohoCampaignsClient } from './client.ts';
import type { MailingList } from './shapes.ts';

/**
 * The list that a key names, and when that was answered, by Campaigns' own clock (epoch milliseconds).
 *
 * @throws LiaisonError `rejected` where it is not there (any more).
 */
export async function listOf(
  client: ZohoCampaignsClient,
  key: string,
): Promise<{ list: MailingList; at: number | null }> {
  const { lists, at } = await client.lists();
  const list = lists.find((one) => one.key === key);
  if (list === undefined)
    throw new LiaisonError('rejected', {
      sentence: {
        en: 'The chosen mailing list is not there any more in Zoho Campaigns. Choose another one in the flow’s settings.',
        fr: 'La liste de diffusion choisie n’est plus dans Zoho Campaigns. Choisissez-en une autre dans les réglages du flux.',
      },
    });
  return { list, at };
}

/** What a list counts, in two calls: its own numbers, and how many of those who left called it spam. */
export async function countsOf(
  client: ZohoCampaignsClient,
  key: string,
): Promise<{ list: MailingList; left: [number, number, number]; at: number | null }> {
  const { list, at } = await listOf(client, key);
  return { list, at, left: [list.unsubscribed, list.bounced, await client.count(key, 'spam')] };
}
