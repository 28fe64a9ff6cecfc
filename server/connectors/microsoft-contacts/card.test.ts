import type { CardRequest } from '../../core/record-card.ts';
import { card } from './card.ts';
import type { MicrosoftContactsClient } from './client.ts';

/** An account with contacts in its usual folder, in another one and in the bin, found by their ids wherever they lie. */
const client = {
  getContacts: async (ids: readonly string[]) =>
    ids.map((id) => ({ id, displayName: `Somebody ${id}`, parentFolderId: id })),
  folders: async () => ({ usual: 'usual', others: new Set(['family']) }),
  findByAddress: async () => [],
} as unknown as MicrosoftContactsClient;

const shown = async (...linked: string[]) => {
  const subject = { emails: ['somebody@clients.example'], phones: [] };
  const read = await card.read({
    client,
    linked,
    subject,
  } as unknown as CardRequest<MicrosoftContactsClient>);
  return read.refs.map(({ id }) => id);
};

it('a contact in the deleted items is not shown, though its id still finds it', async () => {
  expect(await shown('usual', 'bin', 'family')).toEqual(['usual', 'family']);
  expect(await shown('bin')).toEqual([]);
});
