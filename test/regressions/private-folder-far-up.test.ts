import { microsoftMailClient } from '../../server/connectors/microsoft-mail/client.ts';
import type { ConnectorHttp } from '../../server/core/connector.ts';
import { LiaisonError } from '../../server/core/errors.ts';
import { followConversation } from '../../server/flows/conversation-to-crm/follow-conversation.ts';
import { isPrivateFolder, settings } from '../../server/flows/conversation-to-crm/settings.ts';
import type { Context } from '../../server/flows/conversation-to-crm/steps.ts';

/**
 * A folder was followed outwards ten levels, or to the first that Outlook did not tell, and what was further out counted
 * as not private: a mail of a private folder was logged.
 */

interface Folder {
  readonly id: string;
  readonly displayName: string;
  readonly parentFolderId: string | null;
}
/** A folder within others, the outermost last, in a mailbox whose top lies in a folder that nobody may read. */
const within = (...names: string[]): Folder[] =>
  names.map((displayName, level) => ({
    id: `f${level}`,
    displayName,
    parentFolderId: level + 1 < names.length ? `f${level + 1}` : 'top',
  }));
const TOP: Folder = { id: 'top', displayName: 'Racine', parentFolderId: 'hidden' };

function mailboxOf(folders: readonly Folder[]) {
  const http: ConnectorHttp = {
    received: async () => [],
    account: { id: '1', name: 'claire' },
    apiUrl: null,
    download: async () => ({ refused: { en: '', fr: '' } }),
    async fetch(input) {
      const asked = decodeURIComponent(new URL(String(input)).pathname.split('/').at(-1) ?? '');
      const found = [...folders, TOP].find(({ id }) => id === (asked === 'msgfolderroot' ? 'top' : asked));
      if (found !== undefined) return Response.json(found);
      throw new LiaisonError('gone', { sentence: { en: 'gone', fr: 'parti' } });
    },
  };
  return microsoftMailClient(http);
}
const levels = (count: number) => Array.from({ length: count }, (_, level) => `Niveau ${level}`);

it('a private folder twelve levels up makes private what lies in it', async () => {
  const names = await mailboxOf(within(...levels(12), 'Privé')).folders('f0');
  expect(names).toHaveLength(14);
  expect(isPrivateFolder(settings.parse({}), names as string[])).toBe(true);
});

it('a folder is known to be in none that is private once the top of the mailbox is reached', async () => {
  expect(await mailboxOf(within('Clients')).folders('f0')).toEqual(['Clients', 'Racine']);
});

it.each([
  ['around which one is not told', within('Clients', 'Projets').slice(0, 1)],
  ['that is not told itself', []],
  ['in more than anybody follows', within(...levels(80))],
  [
    'that lies in itself',
    [
      { ...within('a', 'b')[0]!, parentFolderId: 'f1' },
      { ...TOP, id: 'f1', parentFolderId: 'f0' },
    ],
  ],
])('a folder %s is not known to be public', async (_what, folders) => {
  expect(await mailboxOf(folders).folders('f0')).toBe('unclear');
});

it('a mail of which that is not known is not read, and that is said', async () => {
  const offer = {
    head: async () => ({ conversation: 'AAQk', folder: 'f0', isDraft: false }),
    folders: async () => 'unclear',
  };
  const context = {
    event: { recordId: 'm1', receivedAt: new Date(0) },
    settings: settings.parse({}),
    role: () => ({ connector: { id: 'any', offers: { mails: offer } }, client: null }),
    read: async (_step: string, fetch: () => Promise<unknown>) => fetch(),
    linked: async () => JSON.stringify([{ module: 'Contacts', id: '1', name: 'Anne' }]),
  };
  expect(await followConversation(context as unknown as Context)).toMatchObject({
    state: 'skipped',
    summary: { en: expect.stringContaining('may be private') },
  });
});
