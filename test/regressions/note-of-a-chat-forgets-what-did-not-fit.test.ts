import { chatNotes } from '../../server/flows/chat-notes/flow.ts';
import { type OpenChats, openChats } from '../chats/rig.ts';

/** The note of a chat said what did not fit the record, until the chat was rated: the note written anew said it no more. */

let chats: OpenChats;
beforeAll(async () => {
  chats = await openChats(chatNotes as never);
});
afterAll(() => chats.close());

it('a note that is written anew still says what of the visitor did not fit the record', async () => {
  const phone = `+33${'6398877'.repeat(6)}`;
  const one = await chats.act({ act: 'begin', phone, email: 'zoe@longue.example', question: 'Bonjour ?' });
  await chats.act({ act: 'end', conversation: one.id });
  await chats.settled(2);
  const notes = async () => (await chats.made('Notes')).map(({ Note_Content: content }) => String(content));
  expect(await notes()).toEqual([expect.stringContaining('«\u00a0Phone\u00a0» dépasse')]);
  await chats.act({ act: 'rate', conversation: one.id, rating: 4 });
  await chats.settled(1);
  const [note, ...others] = await notes();
  expect(others).toEqual([]);
  expect(note).toContain('4/5');
  expect(note).toContain('«\u00a0Phone\u00a0» dépasse');
});
